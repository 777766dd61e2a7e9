"""Cells and names as people's tables hold them, odd ones above all, for tests that try many."""

from __future__ import annotations

import datetime
import decimal
import math
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

STRANGE = 'it\'s [a] "name" ]]; DROP TABLE t; -- 😀'

LETTERS = st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\0")
WORDS = st.one_of(
    st.text(LETTERS, max_size=8),
    st.sampled_from(
        [
            "",
            " ",
            "a",
            "A",
            "a ",
            "ß",
            "é",
            "e\u0301",
            "😀",
            "NULL",
            "nan",
            "0",
            "-1",
            "1e5",
            "true",
            "2024-02-29",
            '"',
            "'",
            "'; --",
            "a,b",
            "a;b\tc",
            "two\nlines",
            "\\N",
            "%",
            "=1+1",
            "\u00a0",
        ]
    ),
)
WHOLES = st.one_of(
    st.integers(-5, 5),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([2**53, 2**53 + 1, -(2**63), 2**63 - 1, 0]),
)
NUMBERS = st.one_of(
    st.integers(-5, 5).map(float),
    st.floats(-1e6, 1e6),
    st.floats(),
    st.sampled_from([-0.0, 0.1, 0.0232176128063014580, 5e-324, 1e308, -1e308, math.inf, -math.inf, math.nan]),
)
DAYS = st.one_of(
    st.dates(),
    st.sampled_from(
        [datetime.date(1, 1, 1), datetime.date(1969, 12, 31), datetime.date(2024, 2, 29), datetime.date.max]
    ),
)
MOMENTS = st.one_of(
    st.datetimes().map(lambda at: at.replace(fold=0)),
    st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2050, 1, 1)).map(
        lambda at: at.replace(fold=0)
    ),
    st.sampled_from([datetime.datetime(1969, 12, 31, 23, 59, 59, 999_999), datetime.datetime(1970, 1, 1)]),
)
MONEY = st.decimals(decimal.Decimal("-9999.99"), decimal.Decimal("9999.99"), places=2)

CELLS: dict[str, st.SearchStrategy[Any]] = {
    "int64": WHOLES,
    "float64": NUMBERS,
    "string": WORDS,
    "boolean": st.booleans(),
    "date": DAYS,
    "timestamp": MOMENTS,
    "time": st.times().map(lambda at: at.replace(fold=0)),
    "decimal(6, 2)": MONEY,
}
"""Values by the engine's word for their type."""

NAMES = st.one_of(
    st.sampled_from(
        ["a", "b", "file_row_number", "source", "select", " x ", "ü", STRANGE, "[b]", "'", '""', "a.b"]
    ),
    st.text(LETTERS, min_size=1, max_size=8),
)


def quickly(examples: int) -> settings:
    """So many examples, always the same ones, however slow the machine is."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def cells(kind: str, rows: int) -> st.SearchStrategy[list[Any]]:
    """So many cells of one type, some of them blank."""
    return st.lists(st.one_of(st.none(), CELLS[kind]), min_size=rows, max_size=rows)


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 6) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """Columns of any names and types, with blanks: the values by name, and the types by name."""
    rows = draw(st.integers(0, most_rows))
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=str.lower))
    types = {name: draw(st.sampled_from(sorted(CELLS))) for name in names}
    return {name: draw(cells(kind, rows)) for name, kind in types.items()}, types


def is_blank(cell: Any) -> bool:
    """What counts as nothing: no value, not a number, or an empty text."""
    return cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell))


def same(first: Any, second: Any) -> bool:
    """Equal, where not a number equals itself; floats to the last bit, lists and mappings cell by cell."""
    return repr(first) == repr(second)
