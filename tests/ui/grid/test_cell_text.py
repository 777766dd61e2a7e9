from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pyarrow
import pytest

from canvas_app.ui.grid.cell_text import column_texts, percent, raw_texts, short, text_of

SPACE = "\u00a0"


def column(values: list[Any], type: Any = None) -> pyarrow.ChunkedArray:
    return pyarrow.chunked_array([pyarrow.array(values, type)])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, f"1{SPACE}234{SPACE}567"),
        (-5, "−5"),
        (2.0, "2"),
        (0.1 + 0.2, "0.3"),
        (1234.5, f"1{SPACE}234.5"),
        (-0.0, "0"),
        (1e-9, "1e−09"),
        (1e300, "1e+300"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
        (Decimal("12.50"), "12.5"),
        (True, "true"),
        (b"abc", "3 bytes"),
        ([1, 2], "[1, 2]"),
        ("two\nlines\tx", "two ⏎ lines x"),
    ],
)
def test_values_are_written_for_people(value: Any, shown: str) -> None:
    assert text_of(value) == shown


def test_a_long_text_is_cut_before_it_is_laid_out() -> None:
    assert short("x" * 10_000_000) == "x" * 200 + "…"


@pytest.mark.parametrize(
    ("values", "kind", "shown"),
    [
        ([datetime.date(2020, 1, 2), None], None, ["2020-01-02", None]),
        ([datetime.datetime(2020, 1, 2, 3, 4, 5)], pyarrow.timestamp("us"), ["2020-01-02 03:04:05"]),
        (
            [datetime.datetime(2020, 1, 2, 3, 4, 5, 120000)],
            pyarrow.timestamp("us"),
            ["2020-01-02 03:04:05.12"],
        ),
        ([datetime.time(10, 0)], pyarrow.time64("us"), ["10:00:00"]),
        ([5_000_000], pyarrow.date32(), ["15659-07-15"]),
    ],
)
def test_times_are_written_without_empty_fractions(values: list[Any], kind: Any, shown: list[str]) -> None:
    assert column_texts(column(values, kind)) == shown


def test_blanks_are_told_from_empty_texts() -> None:
    assert column_texts(column(["", None])) == ["", None]


def test_what_is_copied_is_what_another_program_reads() -> None:
    assert raw_texts(column([1234567, None])) == ["1234567", ""]
    assert raw_texts(column([0.5, 1e300])) == ["0.5", "1e+300"]
    assert raw_texts(column([True])) == ["true"]


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (0.0004, "< 0.1 %"), (0.056, "5.6 %"), (0.7, "70 %"), (1, "100 %")]
)
def test_shares_are_told_in_percent(share: float, words: str) -> None:
    assert percent(share) == words
