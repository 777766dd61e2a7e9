"""Dates that can't be are found."""

import datetime

import pytest

from canvas_app.data.findings.impossible_dates import ImpossibleDates
from canvas_app.flow.step import STEPS

DAY = datetime.date
DAYS = [DAY(2020, 1, 1) + datetime.timedelta(days=at) for at in range(30)]


@pytest.mark.parametrize(
    ("strange", "words"), [(DAY(1, 1, 1), "before 1900"), (DAY(9999, 12, 31), "in the future")]
)
def test_dates_out_of_this_world_become_blank(looked, engine, strange, words):
    days = [*DAYS, strange]
    (found,) = looked(ImpossibleDates(), born=days)
    after = STEPS[found.fix.step].read(found.fix.values).apply(engine.from_rows({"born": days}), {})

    assert found.words == f"born has 1 date {words}"
    assert engine.fetch(after)["born"].to_pylist() == [*DAYS, None]


def test_an_end_before_its_beginning(looked):
    ends = [day + datetime.timedelta(days=3) for day in DAYS]
    (found,) = looked(ImpossibleDates(), start=DAYS, end=[*ends[:-1], DAY(2019, 5, 5)])

    assert found.words == "end comes before start in 1 row"


def test_plans_and_histories_are_fine(looked):
    assert looked(ImpossibleDates(), plan=[DAY(9000, 1, at + 1) for at in range(9)], past=DAYS[:9]) == []
