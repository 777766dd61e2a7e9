"""Colours, spacing and type as tokens, and the one style sheet."""
