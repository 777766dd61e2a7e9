"""Any table, written in any usual dialect, is read back to the letter."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from canvas_app.data.engine import Engine
from canvas_app.data.sources.csv_file import CsvFile

WORDS = st.sampled_from(
    [
        *("red", "Rome", "New York", "ok", "x1", "Anna", "naïve", "it's", '5" pipe', "a, b", "c; d", "e|f"),
        *("two\nlines", 'he said "no"', "tab\there", "(none)", "C:\\temp", "http://a.example/?q=1,2", "日本"),
        *("#7", "50 %"),
    ]
)
NUMBERS = st.integers(-10_000, 10_000).map(str)
DECIMALS = st.decimals(-999, 999, places=2).map(str)
DATES = st.dates().map(str)
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(" ", "seconds"))
COLUMNS = st.sampled_from([WORDS, NUMBERS, DECIMALS, DATES, MOMENTS])
NAMES = ["id", "name", "city", "price", "when", "Note", "total_sum", "x y"]


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header and rows of mixed columns, the first of which counts the rows."""
    kinds = draw(st.lists(COLUMNS, min_size=2, max_size=6))
    width = len(kinds) + 1
    rows = [
        [str(number), *(draw(st.one_of(kind, kind, kind, st.just(""))) for kind in kinds)]
        for number in range(draw(st.integers(4, 15)))
    ]
    return [draw(st.permutations(NAMES))[:width], *rows]


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, object]:
    """How a program may write it."""
    return {
        "delimiter": draw(st.sampled_from(",;\t|")),
        "quotechar": draw(st.sampled_from('""\'')),
        "quoting": draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n", "\r"])),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(table=tables(), dialect=dialects())
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_table_comes_back_as_it_was_written(
    engine: Engine, tmp_path: Path, encoding: str, table: list[list[str]], dialect: dict[str, object]
) -> None:
    broken = any("\n" in cell for row in table for cell in row)
    # Python's writer leaves a line feed bare where lines end in another sign: then nobody can tell.
    assume(not broken or "\n" in str(dialect["lineterminator"]) or dialect["quoting"] == csv.QUOTE_ALL)
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(table)  # type: ignore[arg-type]
    path = tmp_path / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    found = CsvFile(path=str(path), as_text=True).scan(engine)
    rows = [
        ["" if cell is None else cell for cell in row.values()]
        for row in engine.fetch(found.table).to_pylist()
    ]

    assert [list(found.table.columns), *rows] == table
