"""What is told of a column, and which rows a stretch of it stands for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.spec import Condition
from canvas_app.data.details.column import ColumnDetails, details
from canvas_app.data.engine import Engine
from canvas_app.flow.condition_text import all_hold
from canvas_app.ui.data.profile_words import facts, headline, range_conditions, stretch_words, tables


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(scratch=tmp_path, memory="500MB", threads=1) as engine:
        yield engine


def of(engine: Engine, values: list[Any], kind: str) -> ColumnDetails:
    return details(engine.from_rows({"x": values}, {"x": kind}))[0]


DAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(days=3 * at) for at in range(90)]
MOMENTS = [datetime.datetime(2024, 1, 1, 5) + datetime.timedelta(minutes=97 * at) for at in range(90)]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (list(range(30)), "int64"),
        ([at * 17 for at in range(300)], "int64"),
        ([at / 7 for at in range(200)], "float64"),
        ([at / 50 for at in range(40)], "float64"),
        (DAYS, "date"),
        (MOMENTS, "timestamp"),
    ],
)
def test_a_stretch_stands_for_the_rows_that_its_bars_count(
    engine: Engine, values: list[Any], kind: str
) -> None:
    found, table = of(engine, values, kind), engine.from_rows({"x": values}, {"x": kind})
    last = len(found.bins) - 1
    for first, end in ((0, 0), (1, 3), (last, last), (0, last)):
        kept = table.filter(all_hold(range_conditions(found, first, end), table))
        assert engine.count(kept) == sum(found.bins[first : end + 1])


def test_a_bar_of_a_single_value_is_called_by_it(engine: Engine) -> None:
    whole, wide = of(engine, [1, 2, 2, 5], "int64"), of(engine, [at / 7 for at in range(900)], "float64")

    assert stretch_words(whole, 0, 1) == ("1", "2")
    assert stretch_words(wide, 0, 0)[0] == "0"


def test_numbers_are_told_with_their_outliers_and_the_rule(engine: Engine) -> None:
    found = of(engine, [1, 2, 3, 4, 5, 6, 7, 8, 9, 500, None], "int64")
    told = dict(facts(found))

    assert headline(found) == "whole number · 11 rows · 1 blank (9.1 %) · 10 different values"
    assert told["Median"] == "5.5"
    assert told["Outliers"].startswith("1 (10 %): below")
    assert "interquartile" in told["Outliers are"]


def test_a_frequent_value_leads_to_its_rows(engine: Engine) -> None:
    for values, kind, wanted in (
        (["b", "b", "a"], "string", "b"),
        ([True, True, False], "boolean", "true"),
        ([2.5, 2.5, 1.0], "float64", "2.5"),
        ([7, 7, 1], "int64", "7"),
        ([DAYS[0], DAYS[0], DAYS[1]], "date", "2024-01-01"),
    ):
        shown = next(one for one in tables(of(engine, values, kind)) if one.conditions)
        table = engine.from_rows({"x": values}, {"x": kind})

        assert shown.conditions[0] == (Condition(column="x", operator="equals", value=wanted),)
        assert engine.count(table.filter(all_hold(shown.conditions[0], table))) == 2


def test_texts_have_shapes_and_dates_have_gaps(engine: Engine) -> None:
    texts = tables(of(engine, ["AB-1", "CD-2", "x"], "string"))
    dates = tables(of(engine, [*DAYS[:20], *DAYS[25:]], "date"))

    assert [one.title for one in texts] == ["Shapes"]
    assert texts[0].rows[0] == ("AA-9", "2", "67 %", "AB-1")
    assert dates[0].rows == (("2024-02-27", "2024-03-16", "5"),)
