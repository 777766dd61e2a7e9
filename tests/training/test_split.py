"""Rows are parted by their content: fairly, repeatably, and never the same row on both sides."""

import pytest

from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.training.split import training_rows, with_parts, with_target


def parted(engine, table, target="y", problem="two-categories", seed=0):
    return engine.fetch(with_parts(table, target, problem, seed)).to_pylist()


def shares(rows):
    return {
        part: sum(row["__part"] == part for row in rows) / len(rows)
        for part in ("train", "validation", "test")
    }


@pytest.fixture
def table(engine):
    return engine.from_rows({"x": list(range(200)), "y": [at % 4 == 0 for at in range(200)]})


def test_three_fifths_are_for_training_and_a_fifth_each_for_the_rest(engine, table):
    assert shares(parted(engine, table)) == {"train": 0.6, "validation": 0.2, "test": 0.2}


def test_each_class_is_parted_alike(engine, table):
    rows = [row for row in parted(engine, table) if row["y"]]

    assert shares(rows) == {"train": 0.6, "validation": 0.2, "test": 0.2}


def test_numbers_are_parted_alike_from_low_to_high(engine):
    table = engine.from_rows({"y": [float(at) for at in range(400)]})
    low = [row for row in parted(engine, table, problem="number") if row["y"] < 40]

    assert shares(low) == {"train": 0.6, "validation": 0.2, "test": 0.2}


def test_the_order_in_which_rows_come_makes_no_difference(engine, table):
    again = engine.from_rows({"x": list(range(200))[::-1], "y": [at % 4 == 0 for at in range(200)][::-1]})

    assert parted(engine, table) == parted(engine, again)


def test_another_seed_gives_other_rows(engine, table):
    assert parted(engine, table, seed=0) != parted(engine, table, seed=1)


def test_identical_rows_stay_together(engine):
    table = engine.from_rows({"x": [at // 5 for at in range(200)], "y": [True] * 100 + [False] * 100})
    homes = {}
    for row in parted(engine, table):
        homes.setdefault(row["x"], set()).add(row["__part"])

    assert {len(parts) for parts in homes.values()} == {1}


def test_a_class_of_one_row_is_learned_from(engine):
    table = engine.from_rows({"x": list(range(21)), "y": ["a"] * 20 + ["rare"]})
    rare = [row["__part"] for row in parted(engine, table, problem="many-categories") if row["y"] == "rare"]

    assert rare == ["train"]


def test_columns_may_be_called_anything(engine):
    names = {
        'a"b': [1, 2],
        "c'; DROP TABLE x": [3, 4],
        "[é] 🙂": ["u", None],
        "seed": [0, 1],
        "y": [True, False],
    }
    assert len(parted(engine, engine.from_rows(names))) == 2


def test_training_rows_are_those_of_the_part(engine, table):
    rows = engine.fetch(training_rows(table, PredictColumn(target="y"))).to_pylist()
    expected = [{"x": r["x"], "y": r["y"]} for r in parted(engine, table) if r["__part"] == "train"]

    assert sorted(rows, key=str) == sorted(expected, key=str)


def test_a_target_that_is_no_number_counts_as_none(engine):
    table = engine.from_rows({"y": [1.0, float("nan"), None]})

    assert engine.fetch(with_target(table, "y")).to_pylist() == [{"y": 1.0}]
