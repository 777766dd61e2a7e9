"""Numbers and dates held as text are found."""

import datetime

import pytest

from canvas_app.data.findings.mistyped_column import MistypedColumn
from canvas_app.flow.step import STEPS

DAY = datetime.date


@pytest.mark.parametrize(
    ("cells", "to"),
    [
        (["1", "2.5", "-3e4"], "number"),
        (["2024-01-31", "2024-02-01", "1999-12-31"], "date"),
        (["2024-01-31 10:00", "2024-02-01 11:30", "1999-12-31 00:00"], "moment"),
        (["1", "2", "3", "?"], "number"),
    ],
)
def test_what_reads_as_it_stands_changes_its_type(looked, cells, to):
    (found,) = looked(MistypedColumn(), x=cells)

    assert found.fix.step == "change_type"
    assert found.fix.values == {"columns": ["x"], "to": to}


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["1.234,50", "7,5", "12"], [1234.5, 7.5, 12.0]),
        (["$1,234.50", "$7", "$0.5"], [1234.5, 7.0, 0.5]),
        (["12 %", "7 %", "0.5 %"], [12.0, 7.0, 0.5]),
        (["31.01.2024", "01.02.2024", "15.03.2024"], [DAY(2024, 1, 31), DAY(2024, 2, 1), DAY(2024, 3, 15)]),
        (["01/31/2024", "02/01/2024", "03/15/2024"], [DAY(2024, 1, 31), DAY(2024, 2, 1), DAY(2024, 3, 15)]),
        (["1949-01", "1949-02", "1950-12"], [DAY(1949, 1, 1), DAY(1949, 2, 1), DAY(1950, 12, 1)]),
    ],
)
def test_what_is_written_in_other_ways_is_reckoned_out(looked, engine, cells, read):
    (found,) = looked(MistypedColumn(), x=cells)
    after = STEPS[found.fix.step].read(found.fix.values).apply(engine.from_rows({"x": cells}), {})

    assert engine.fetch(after)["x"].to_pylist() == read


@pytest.mark.parametrize(
    "cells",
    [["007", "012", "100"], ["a", "b", "c"], ["01/02/2024", "03/04/2024", "05/06/2024"], ["1", "x", "y"]],
)
def test_codes_words_and_doubtful_dates_stay_texts(looked, cells):
    assert looked(MistypedColumn(), x=cells) == []
