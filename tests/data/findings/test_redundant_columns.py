"""Columns that others say already are found."""

import random

from canvas_app.data.findings.redundant_columns import RedundantColumns

CHANCE = random.Random(2)
A = [CHANCE.gauss(0, 1) for _ in range(200)]
B = [CHANCE.gauss(0, 1) for _ in range(200)]
TOWN = [CHANCE.choice(["Ulm", "Bonn", "Kiel"]) for _ in range(200)]


def test_a_copy_in_another_unit(looked):
    (found,) = looked(RedundantColumns(), a=A, b=B, cents=[value * 100 for value in A])

    assert found.words == "cents is nearly a copy of a"
    assert found.fix.values["columns"] == ["cents"]


def test_categories_that_go_with_each_other(looked):
    (found,) = looked(RedundantColumns(), town=TOWN, plate=[town[:2].upper() for town in TOWN])

    assert found.words == "plate says the same as town"


def test_a_column_that_follows_from_several_others(looked):
    found = looked(RedundantColumns(), a=A, b=B, total=[a + b for a, b in zip(A, B, strict=True)])

    assert len(found) == 1
    assert found[0].evidence["vif"] > 10


def test_columns_of_their_own_are_fine(looked):
    assert looked(RedundantColumns(), a=A, b=B, town=TOWN) == []
