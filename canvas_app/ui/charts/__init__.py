"""Painters of figures on matplotlib, without Qt."""
