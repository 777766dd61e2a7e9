"""Spreadsheets: what may be opened, where their tables stand, and how their cells become rows."""
