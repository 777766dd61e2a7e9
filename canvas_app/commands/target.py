"""Looks for the column to predict before a table is brought in, and names those that it may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from canvas_app.base.errors import CanvasError, Where

_FEW = 20
"""So many names can be read at a glance."""
_NEAR = 0.5


def require_column(table: Path, name: str) -> None:
    """Raise ``CanvasError`` unless the file's beginning shows a column of that name."""
    from canvas_app.data.engine import Engine, schema_of
    from canvas_app.data.engine_errors import UnfitRows
    from canvas_app.data.source import source_for

    source = source_for(table)
    with Engine() as engine:
        try:
            names = schema_of(source.scan(engine, quick=True).table).names
        except UnfitRows:
            return  # the import will look closer
    if name not in names:
        raise CanvasError(
            f"There is no column {name} in {table.name}.",
            hint=hint_for(name, names),
            where=Where(field="target"),
        )


def hint_for(name: str, names: Sequence[str]) -> str:
    """The names that come near, or all where they are few."""
    folded = {item.casefold(): item for item in names}
    near = [folded[item] for item in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=_NEAR)]
    meant = f"Did you mean {' or '.join(near)}?" if near else ""
    if len(names) <= _FEW:
        return f"{meant} The columns are: {', '.join(names)}.".strip()
    return meant or f"It has {len(names)} columns, such as {', '.join(names[:_FEW])}."
