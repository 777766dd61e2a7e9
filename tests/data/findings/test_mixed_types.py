"""Columns that hold things of several sorts are found."""

from canvas_app.data.findings.mixed_types import MixedTypes


def test_numbers_among_texts(looked):
    (found,) = looked(MixedTypes(), ticket=["1", "2", "A 3", "B 4"])

    assert found.words == "ticket mixes numbers and texts"
    assert found.fix.values == {"columns": ["ticket"], "to": "number"}


def test_dates_among_texts(looked):
    (found,) = looked(MixedTypes(), at=["2024-01-01", "2024-01-02", "soon", "later"])

    assert found.fix.values["to"] == "date"


def test_one_sort_is_fine(looked):
    assert looked(MixedTypes(), a=["x", "y", "z"], b=["1", "2", "3"], c=[1, 2, 3]) == []
