"""Parts of dates are those of pandas."""

import datetime

import pandas as pd
import pytest

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.date_parts import DateParts

PARTS = ("year", "quarter", "month", "week", "day", "weekday", "day_of_year", "weekend", "hour", "minute")
MOMENTS = [
    datetime.datetime(2024, 2, 29, 13, 5),
    datetime.datetime(1969, 12, 31, 23, 59),
    datetime.datetime(2021, 1, 3),
    datetime.datetime(2020, 12, 31, 12),
    None,
]


def of_pandas(part: str) -> list:
    dates = pd.Series(MOMENTS).dropna().dt
    values = {
        "week": lambda: dates.isocalendar().week,
        "weekday": lambda: dates.day_of_week + 1,
        "day_of_year": lambda: dates.day_of_year,
        "weekend": lambda: dates.day_of_week >= 5,
    }
    return [*values.get(part, lambda: getattr(dates, part))().to_list(), None]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_that_of_pandas(rows, cells, part):
    step = DateParts(columns=["at"], **{name: name == part for name in PARTS})

    assert cells(step.apply(rows(at=MOMENTS), {})) == {"at": MOMENTS, f"at_{part}": of_pandas(part)}


def test_dates_have_no_hour_and_times_no_year(rows, cells):
    step = DateParts(columns=["d", "t"], month=False, day=False, weekday=False, hour=True)
    table = rows(d=[datetime.date(2024, 1, 1)], t=[datetime.time(5)])

    assert step.check(schema_of(table)) == ()
    assert list(cells(step.apply(table, {}))) == ["d", "t", "d_year", "t_hour"]


def test_the_dates_can_be_left_out(rows, cells):
    step = DateParts(columns=["at"], month=False, day=False, weekday=False, drop=True)

    assert list(cells(step.apply(rows(at=MOMENTS, b=[1] * 5), {}))) == ["b", "at_year"]


def test_strange_names_and_no_rows(rows, cells):
    name = 'x "y" ]; --'
    step = DateParts(columns=[name], month=False, day=False, weekday=False)

    assert cells(step.apply(rows({name: []}, {name: "timestamp"}), {})) == {name: [], f"{name}_year": []}


def test_what_does_not_fit_is_told_at_its_field(rows):
    schema = schema_of(rows(at=[MOMENTS[0]], at_year=[1], t=[datetime.time(5)], s=["x"]))
    none = dict.fromkeys(PARTS, False)

    def fields(**values):
        return [problem.field for problem in DateParts(**values).check(schema)]

    assert fields(columns=["at"], **none) == ["year"]
    assert fields(columns=["at"]) == ["columns"]
    assert fields(columns=["t"]) == ["columns"]
    assert fields(columns=["s"]) == ["columns"]
    assert fields(columns=["t"], **{**none, "hour": True}) == []
