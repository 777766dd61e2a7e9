"""A build ends with the model, or the several, that erred least where the search had not learned."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from canvas_app.jobs.job import Done
from canvas_app.runtime.predictor import Predictor
from canvas_app.training.entry import Entry
from canvas_app.training.last_fit import Found


def entry(kind, loss, seconds, number=1, process="search"):
    return Entry(kind, 1 - loss, loss, seconds, 100, {}, number, process)


def test_the_time_kept_for_the_end_grows_with_what_is_to_be_fitted():
    one = Found([entry("lightgbm_trees", 0.1, 2.0)], {}, [])
    two = Found([*one.entries, entry("linear_model", 0.2, 4.0)], {}, [])

    assert one.fitting(200, 1_000) == pytest.approx(1 + 2 * 2 * 1.1)
    assert two.fitting(200, 1_000) == pytest.approx(2 + (2 + 4) * 2 * 1.1)


def test_no_more_than_a_part_is_kept_unless_the_best_alone_needs_it():
    found = Found([entry("lightgbm_trees", 0.1, 2.0), entry("linear_model", 0.2, 4.0)], {}, [])

    assert found.fitting(200, 40) == pytest.approx(6)
    assert found.fitting(200, 10) == pytest.approx(1 + 2 * 2 * 1.1)


def test_writing_counts_too_where_it_is_known():
    found = Found([entry("lightgbm_trees", 0.1, 2.0)], {"search-1": {"seconds": 2.0, "folder": "there"}}, [])

    assert found.cost(found.entries[0], 100) == pytest.approx(1 + 2 * 1.1 + 3)


def half_straight(rows=500):
    """What is partly a sum, which linear models see best, and partly steps, which trees see best."""
    draw = np.random.default_rng(0)
    table = {name: draw.normal(size=rows) for name in "abcd"}
    steps = 3.0 * (table["c"] > 0) * (table["d"] > 0)
    table["y"] = 2.0 * table["a"] - 2.0 * table["b"] + steps + draw.normal(size=rows)
    return {name: values.tolist() for name, values in table.items()}


@pytest.fixture(scope="module")
def built(build):
    outcome = build(half_straight(), "y", trials=8)
    assert isinstance(outcome, Done)
    return outcome.value


def test_what_answers_together_is_told_by_name_and_weight(built):
    (note,) = [note for note in built.notes if note.startswith("The answer is the weighted mean")]
    chosen = next(item for item in built.leaderboard if item.chosen)
    members = chosen.settings["members"]

    assert built.title == chosen.title == f"Blend of {len(members)} models"
    assert "in 5 folds of the training and validation rows" in note
    assert all(f"{member['title']} {100 * member['weight']:.0f} %" in note for member in members)
    assert sum(member["weight"] for member in members) == pytest.approx(1)


def test_the_folder_answers_the_test_rows_as_they_were_recorded(built):
    from pyarrow import parquet

    folder = Path(built.folder)
    rows = parquet.read_table(folder / "test.parquet")
    said = Predictor(folder).answer(rows.select(list(built.columns))).columns()
    facts = json.loads((folder / "model.json").read_text("utf-8"))

    assert facts["format"] == "blend"
    assert said["prediction"].to_pylist() == pytest.approx(rows["__prediction"].to_pylist())
