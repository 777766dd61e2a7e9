"""When texts count as numbers or dates: the border between a mixed and a mistyped column."""

from __future__ import annotations

MOSTLY = 0.98
"""Share of the texts from which a column is what they read as."""
