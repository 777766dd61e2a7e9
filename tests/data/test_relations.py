"""Every pair of columns is measured by what fits its types, on the rows where both are filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from canvas_app.base.errors import Cancelled
from canvas_app.data.engine import Engine
from canvas_app.data.relations import MOST_COLUMNS, Asked, Relation, Relations, relate
from canvas_app.data.relations_job import RelationsJob
from canvas_app.jobs.job import Done, run_inline

RANDOM = np.random.default_rng(3)
AGE = RANDOM.normal(40, 9, 400).tolist()
PAY = [50 * age + noise for age, noise in zip(AGE, RANDOM.normal(0, 200, 400), strict=True)]
TOWN = ["Ulm" if age > 40 else "Bonn" for age in AGE]
MEMBER = [town == "Ulm" for town in TOWN]
PEOPLE = {"age": AGE, "pay": PAY, "town": TOWN, "member": MEMBER, "name": [f"n{at}" for at in range(400)]}


@pytest.fixture
def stored(engine: Engine, tmp_path: Path) -> Callable[[Mapping[str, Sequence[Any]]], Path]:
    def store(columns: Mapping[str, Sequence[Any]]) -> Path:
        engine.write_parquet(engine.from_rows(columns), tmp_path / "table.parquet")
        return tmp_path / "table.parquet"

    return store


def pair(found: Relations, one: str, other: str) -> Relation:
    return next(item for item in found.pairs if {item.left, item.right} == {one, other})


def test_every_pair_has_the_measure_of_its_types(engine: Engine, stored: Callable[..., Path]) -> None:
    found = relate(engine, Asked(stored(PEOPLE)))

    assert pair(found, "age", "pay").measure == "Spearman"
    assert pair(found, "age", "town").measure == "correlation ratio"
    assert pair(found, "town", "member") == Relation("town", "member", "Cramér's V", 1.0, 400)
    assert found.strongest[0].strength == 1.0
    assert len(found.pairs) == 6


def test_another_measure_can_be_wanted(engine: Engine, stored: Callable[..., Path]) -> None:
    path = stored(PEOPLE)
    straight = relate(engine, Asked(path, "pearson"))
    shared = relate(engine, Asked(path, "mutual information"))

    assert pair(straight, "age", "pay").measure == "Pearson"
    assert pair(straight, "age", "pay").value == pytest.approx(np.corrcoef(AGE, PAY)[0, 1])
    assert {item.measure for item in shared.pairs} == {"mutual information"}


def test_what_tells_nothing_is_left_out_and_told(engine: Engine, stored: Callable[..., Path]) -> None:
    found = relate(engine, Asked(stored({**PEOPLE, "same": [1] * 400})))

    assert found.columns == ("age", "pay", "town", "member")
    assert found.notes == (
        "Left out: same, the same in every row.",
        "Left out: name, different in nearly every row.",
    )


def test_the_target_comes_last_and_the_others_by_their_strength(
    engine: Engine, stored: Callable[..., Path]
) -> None:
    found = relate(engine, Asked(stored(PEOPLE), target="member"))

    assert found.columns[-1] == "member"
    assert found.with_target[0].left == "town"
    assert {item.right for item in found.with_target} == {"member"}


def test_blanks_count_for_nothing(engine: Engine, stored: Callable[..., Path]) -> None:
    half = [age if at % 2 else None for at, age in enumerate(AGE)]
    found = relate(engine, Asked(stored({"age": half, "pay": PAY, "few": [1.0, 2.0] + [None] * 398})))

    assert pair(found, "age", "pay").rows == 200
    assert len(found.pairs) == 1


def test_of_many_columns_those_that_tell_most_about_the_target_are_shown(
    engine: Engine, stored: Callable[..., Path]
) -> None:
    noise = {f"n{at}": RANDOM.normal(size=60).tolist() for at in range(60)}
    answer = [value * 2 for value in noise["n59"]]
    path = stored({**noise, "answer": answer})
    aimed, aimless = relate(engine, Asked(path, target="answer")), relate(engine, Asked(path))

    assert "n59" in aimed.columns
    assert len(aimed.columns) == MOST_COLUMNS
    assert len(aimed.with_target) == 60
    assert "n59" not in aimless.columns
    assert len(aimless.columns) <= MOST_COLUMNS


def test_a_long_table_is_sampled_alike_every_time(engine: Engine, tmp_path: Path) -> None:
    long = engine.view("SELECT range AS a, range % 7 AS b, (range * 37) % 1000 AS c FROM range(100000)")
    engine.write_parquet(long, tmp_path / "long.parquet")
    first, second = (relate(engine, Asked(tmp_path / "long.parquet")) for _ in range(2))

    assert first == second
    assert first.rows == 100_000
    assert 19_000 < first.looked_at < 21_000


def test_names_of_all_kinds_are_measured(engine: Engine, stored: Callable[..., Path]) -> None:
    names = ["$\\unknowncmd$", "<img src=x>", 'a "b"', "c0"]
    found = relate(engine, Asked(stored(dict.fromkeys(names, AGE))))

    assert set(found.columns) == set(names)
    assert all(item.value == pytest.approx(1) for item in found.pairs)


@pytest.mark.parametrize("columns", [{"a": []}, {"a": [1]}, {"a": [[1], [2]]}, {"a": [1, 2], "b": [None, 3]}])
def test_a_table_without_pairs_has_no_relations(
    engine: Engine, stored: Callable[..., Path], columns: dict[str, list[Any]]
) -> None:
    assert relate(engine, Asked(stored(columns))).pairs == ()


def test_it_is_stopped_between_two_pairs(engine: Engine, stored: Callable[..., Path]) -> None:
    class Stop:
        enough = False

        def __call__(self, done: float, note: str = "", found: object = None) -> None:
            if done > 0.5:
                raise Cancelled

    with pytest.raises(Cancelled):
        relate(engine, Asked(stored(PEOPLE)), Stop())


def test_the_job_brings_them_through_json(stored: Callable[..., Path]) -> None:
    outcome = run_inline(RelationsJob(str(stored(PEOPLE)), target="member"))
    assert isinstance(outcome, Done)

    assert RelationsJob.load_result(RelationsJob.dump_result(outcome.value)) == outcome.value
