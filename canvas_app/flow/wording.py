"""Names and counts in a few words, as they fit on a node."""

from __future__ import annotations

from collections.abc import Sequence


def some_names(names: Sequence[str], most: int = 2) -> str:
    """The first names, and how many more there are: ``age, fare and 3 more``."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown


def joined(names: Sequence[str], word: str = "and") -> str:
    """All names as a list in a sentence: ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
