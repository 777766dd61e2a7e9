"""Answers that are perhaps wrong are found."""

import random

from canvas_app.data.findings.suspect_labels import SuspectLabels
from canvas_app.flow.step import STEPS

CHANCE = random.Random(4)
SIZE, WEIGHT, HEIGHT, AGE = ([CHANCE.gauss(2.7 * (at % 2), 1) for at in range(600)] for _ in range(4))


def test_labels_turned_around_are_found_and_left_out_by_one_click(looked, engine):
    kinds = ["large" if at % 2 else "small" for at in range(600)]
    for at in (10, 50, 301, 411):
        kinds[at] = "small" if kinds[at] == "large" else "large"
    columns = {"size": SIZE, "weight": WEIGHT, "height": HEIGHT, "age": AGE, "kind": kinds}
    (found,) = looked(SuspectLabels(), "kind", **columns)
    after = STEPS[found.fix.step].read(found.fix.values).apply(engine.from_rows(columns), {})
    left = engine.fetch(after)["size"].to_pylist()

    assert found.evidence["rows"] >= 3
    assert sum(SIZE[at] not in left for at in (10, 50, 301, 411)) >= 3


def test_a_number_has_no_labels(looked):
    assert looked(SuspectLabels(), "size", size=SIZE, weight=WEIGHT) == []
