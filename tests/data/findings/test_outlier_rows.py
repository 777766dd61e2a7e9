"""Rows unlike all others are found."""

import random

from canvas_app.data.findings.outlier_rows import OutlierRows
from canvas_app.flow.step import STEPS

CHANCE = random.Random(3)
A = [CHANCE.gauss(0, 1) for _ in range(400)]
B = [CHANCE.gauss(0, 1) for _ in range(400)]


def test_a_row_that_is_unlike_all_others_goes_by_one_click(looked, engine):
    columns = {"a": [*A, 40.0], "b": [*B, -60.0]}
    (found,) = looked(OutlierRows(), **columns)
    after = STEPS[found.fix.step].read(found.fix.values).apply(engine.from_rows(columns), {})

    assert found.words == "1 unusual row"
    assert 40.0 not in engine.fetch(after)["a"].to_pylist()
    assert engine.count(after) == 400


def test_rows_like_each_other_are_fine(looked):
    assert looked(OutlierRows(), a=[at % 7 for at in range(300)], b=[at % 5 for at in range(300)]) == []


def test_few_rows_are_not_judged(looked):
    assert looked(OutlierRows(), a=[1, 2, 900], b=[1, 2, 900]) == []
