"""What a column is for: guessed from its type and its values, changed by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from canvas_app.data.schema import ColumnType

Role = Literal["number", "category", "text", "date", "identifier", "ignore"]
Roles = Mapping[str, Role] | None
"""What columns are for, by their names; None where nothing is said about it."""
ROLES: tuple[Role, ...] = get_args(Role)

_KEY = re.compile(r"(?:^|[_\W])(?i:id|key|uuid|guid)$|[a-z]I[dD]$", re.ASCII)
_FEW = 0.5
"""The largest share of different values among those of a category."""
_LONG = 40
"""Letters of a text that is no name of a category any more, on average."""
_SURE = 8
"""Values from which on repetition tells something."""


def guessed_role(name: str, kind: ColumnType, values: Sequence[str | None]) -> Role:
    """What a column is probably for, by its name, its type, and some of its values."""
    filled = [value for value in values if value is not None]
    different = len(set(filled))
    if not filled:
        return "ignore"
    if kind == "time":
        return "date"
    if kind in ("whole", "text") and different == len(filled) and _KEY.search(name):
        return "identifier"
    if kind in ("number", "whole"):
        return "number"
    if kind == "switch":
        return "category"
    long = sum(map(len, filled)) > _LONG * len(filled)
    many = len(filled) >= _SURE and different > _FEW * len(filled)
    return "text" if kind == "other" or long or many else "category"
