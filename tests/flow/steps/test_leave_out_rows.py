"""Rows that are named go."""

from canvas_app.data.fingerprint import fingerprint
from canvas_app.flow.steps.leave_out_rows import LeaveOutRows


def test_rows_with_these_values_go(rows, cells):
    table = rows(a=[1, 2, None], b=["x", "y", None])
    names = cells(table.select(name=fingerprint(table, ["a", "b"])))["name"]
    step = LeaveOutRows(columns=["a", "b"], rows=f"{names[0]} {names[2]}")

    assert cells(step.apply(table, {})) == {"a": [2], "b": ["y"]}
    assert step.summary() == "without 2 rows"


def test_without_a_name_all_rows_stay(rows, cells):
    assert cells(LeaveOutRows(columns=["a"]).apply(rows(a=[1, 2]), {}))["a"] == [1, 2]
