"""However the rows are: they are parted fairly, the same way every time, and equal rows stand together."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.data.engine import Engine
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.training.split import PART, PLACE, training_rows, with_parts, with_target
from tests.any_values import STRANGE, is_blank, quickly, tables


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    """One engine for all tries."""
    with Engine(scratch=tmp_path_factory.mktemp("engine"), threads=1) as opened:
        yield opened


def parted(
    engine: Engine, columns: dict[str, list[Any]], target: str, problem: Any, seed: int = 0
) -> list[Any]:
    return engine.fetch(with_parts(engine.from_rows(columns), target, problem, seed)).to_pylist()


def part_by_row(rows: list[Any]) -> Counter[str]:
    """Which rows lie in which part, wherever they stand."""
    return Counter(repr({name: value for name, value in row.items() if name != PLACE}) for row in rows)


CLASSES = st.lists(st.sampled_from(["a", "b", "ü", "rare"]), min_size=1, max_size=60)


@given(CLASSES, st.integers(0, 2**31 - 1))
@quickly(10)
def test_each_class_is_parted_by_its_own_count(engine, classes, seed):
    rows = parted(
        engine, {"id": list(range(len(classes))), STRANGE: classes}, STRANGE, "many-categories", seed
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row[STRANGE]][row[PART]] += 1

    assert len(rows) == len(classes)
    for name, parts in counts.items():
        count = classes.count(name)
        assert parts["train"] == math.ceil(count * 0.6 - 1e-9)
        assert parts["train"] + parts["validation"] == math.ceil(count * 0.8 - 1e-9)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80), st.integers(0, 99))
@quickly(8)
def test_numbers_are_shared_out_fairly_from_low_to_high(engine, numbers, seed):
    rows = parted(engine, {"id": list(range(len(numbers))), "y": numbers}, "y", "number", seed)
    strata = min(10, max(1, len(numbers) // 20))
    parts = Counter(row[PART] for row in rows)

    assert sum(parts.values()) == len(numbers)
    assert parts["train"] >= 1
    assert abs(parts["train"] - 0.6 * len(numbers)) <= strata
    assert abs(parts["test"] - 0.2 * len(numbers)) <= strata


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["x", None, ""]), st.booleans()), min_size=2, max_size=40
    ),
    st.randoms(),
)
@quickly(8)
def test_equal_rows_stand_together_wherever_and_in_whatever_order_they_come(engine, rows, random):
    def columns(some: list[Any]) -> dict[str, list[Any]]:
        return {
            "a": [row[0] for row in some],
            "b": [row[1] for row in some],
            "y": [row[2] for row in some],
        }

    first = parted(engine, columns(rows), "y", "two-categories")
    shuffled = list(rows)
    random.shuffle(shuffled)
    homes = defaultdict(set)
    for row in first:
        homes[row["a"], row["b"], row["y"]].add(row[PART])

    assert all(len(parts) == 1 for parts in homes.values())
    assert part_by_row(parted(engine, columns(shuffled), "y", "two-categories")) == part_by_row(first)


@given(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
@quickly(6)
def test_a_seed_decides_and_nothing_else_does(engine, first, second):
    columns = {"id": list(range(60)), "y": [at % 3 == 0 for at in range(60)]}
    one, other, again = (
        parted(engine, columns, "y", "two-categories", seed) for seed in (first, second, first)
    )

    assert one == again
    assert (one == other) == (first == second)
    assert [row[PLACE] for row in one] == sorted(row[PLACE] for row in one)


@given(tables(most_rows=8), st.data())
@quickly(10)
def test_any_table_is_parted_without_loss(engine, table, data):
    values, types = table
    target = data.draw(st.sampled_from(list(values)))
    made = engine.from_rows(values, types)
    known = with_target(made, target)
    rows = engine.fetch(with_parts(known, target, "many-categories", 0)).to_pylist()

    assert len(rows) == sum(not is_blank(value) for value in values[target])
    assert all(row[PART] in ("train", "validation", "test") for row in rows)
    assert sorted(repr([row[name] for name in values]) for row in rows) == sorted(
        repr(list(cells))
        for cells in zip(*values.values(), strict=True)
        if not is_blank(cells[list(values).index(target)])
    )


@pytest.mark.parametrize(
    ("values", "known"),
    [
        ([1.0, math.nan, None, math.inf], [1.0, math.inf]),
        (["a", "", None, " "], ["a", " "]),
        ([True, None, False], [True, False]),
        ([None, 3], [3]),
    ],
)
def test_rows_whose_target_is_blank_teach_nothing(engine, values, known):
    assert engine.fetch(with_target(engine.from_rows({"y": values}), "y")).to_pydict() == {"y": known}


@pytest.mark.parametrize("target", ["y", "gone"])
def test_the_rows_that_a_recipe_learns_from_carry_no_marks(engine, target):
    table = engine.from_rows({"x": list(range(50)), "y": [at % 2 for at in range(50)]})
    rows = training_rows(table, PredictColumn(target=target))

    assert rows.columns == ("x", "y")
    assert engine.count(rows) == 30
