"""DuckDB's own reader over a delimited file, where it gives the same table as ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import duckdb

from canvas_app.data.engine import Engine, literal, select, without_patterns
from canvas_app.data.text.grammar import Records
from canvas_app.data.text.understanding import Understanding

_COMPARED = 2_000
"""Rows."""
_LONGEST_DELIMITER = 4


def is_plain(file: Understanding) -> bool:
    """Whether nothing about the file is beyond DuckDB's reader."""
    grammar, layout = file.grammar, file.layout
    plain = 0 < len(grammar.delimiter) <= _LONGEST_DELIMITER and not grammar.escape and not grammar.trim
    whole = layout.tables == 1 and not layout.footer and not layout.comment and not layout.cut
    return plain and whole and layout.width > 1 and layout.body > 0


def reader(file: Understanding, types: Sequence[str], extra: Mapping[str, str] | None = None) -> str:
    """The ``read_csv(...)`` over the rows below the header."""
    columns = ", ".join(f"{literal(n)}: {literal(t)}" for n, t in zip(file.names, types, strict=True))
    options = {
        "auto_detect": "false",
        "delim": literal(file.grammar.delimiter),
        "quote": literal(file.grammar.quote),
        "escape": literal(file.grammar.quote),
        "skip": str(file.layout.body - 1),
        "header": "false",
        "columns": f"{{{columns}}}",
        **(extra or {}),
    }
    given = ", ".join(f"{name} = {value}" for name, value in options.items())
    return f"read_csv({literal(without_patterns(file.path))}, {given})"


def agrees(engine: Engine, file: Understanding) -> bool:
    """Whether DuckDB reads the first rows as we do; only then may it read the others."""
    if not is_plain(file):
        return False
    query = select("*", reader(file, ["VARCHAR"] * len(file.names)), f"LIMIT {_COMPARED}")
    try:
        theirs = engine.raw.execute(query).fetchall()
    except duckdb.Error:
        return False
    body = islice(file.head, file.layout.body - 1, None)
    records = (record for record in Records(body, file.grammar) if record.text.strip())
    ours = [tuple(cell or None for cell in record.cells) for record in islice(records, len(theirs))]
    least = min(len(theirs), len(ours))
    return least > 0 and theirs[: least - 1] == ours[: least - 1]
