"""Rows that come again are counted."""

from canvas_app.data.findings.duplicate_rows import DuplicateRows


def test_rows_equal_throughout_count(looked):
    (found,) = looked(DuplicateRows(), a=[1, 1, 1, 2], b=["x", "x", "y", None], c=[0.5, 0.5, 0.5, None])

    assert found.words == "1 duplicate row"
    assert found.fix.values == {"by": "all"}


def test_different_rows_are_fine(looked):
    assert looked(DuplicateRows(), a=[1, 2], b=["x", "x"]) == []
