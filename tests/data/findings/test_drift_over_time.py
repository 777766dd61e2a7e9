"""What changes as time goes on is found."""

import datetime

from canvas_app.data.findings.drift_over_time import DriftOverTime

DAYS = [datetime.date(2020, 1, 1) + datetime.timedelta(days=at) for at in range(400)]


def test_a_column_that_changes_half_way(looked):
    found = looked(
        DriftOverTime(),
        day=DAYS,
        pay=[float(at % 50) + (40 if at >= 200 else 0) for at in range(400)],
        steady=[float(at % 50) for at in range(400)],
    )

    assert [item.column for item in found] == ["pay"]


def test_a_running_number_is_but_another_clock(looked):
    assert looked(DriftOverTime(), day=DAYS, number=list(range(400))) == []


def test_without_dates_there_is_no_time(looked):
    assert looked(DriftOverTime(), a=list(range(400))) == []
