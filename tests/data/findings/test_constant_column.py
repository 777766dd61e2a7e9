"""Columns that tell nothing are found."""

from canvas_app.data.findings.constant_column import ConstantColumn


def test_the_same_in_every_row(looked):
    (found,) = looked(ConstantColumn(), a=[7, 7], b=[1, 2])

    assert (found.column, found.severity) == ("a", "medium")
    assert found.fix.values["columns"] == ["a"]


def test_nearly_always_the_same(looked):
    found = looked(ConstantColumn(), a=["x"] * 999 + ["y"], b=["x"] * 980 + ["y"] * 20)

    assert [item.column for item in found] == ["a"]
    assert "nearly" in found[0].words


def test_a_value_or_a_blank_tells_something(looked):
    assert looked(ConstantColumn(), a=[7, None, 7]) == []
