"""A build ends with a model that is whole, or says what is wrong; whatever the rows are like."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.step import STEPS
from canvas_app.jobs.job import Done, Failed
from canvas_app.runtime.contract import Contract
from canvas_app.runtime.predictor import Predictor
from tests.training.conftest import passengers


@pytest.fixture(scope="module")
def built(build):
    """One build that is only looked at: with a blank target, an infinity, and a filter in the recipe."""
    rows = passengers()
    rows["survived"][3] = None
    rows["fare"][5] = float("inf")
    steps = (
        STEPS["fill_missing"](columns=("age",), using="median"),
        STEPS["filter_rows"](conditions=({"column": "fare", "operator": "less than", "value": "200"},)),
    )
    outcome = build(rows, "survived", *steps)
    assert isinstance(outcome, Done), outcome
    return outcome.value


def folder(model):
    return Path(model.folder)


def test_the_folder_holds_all_that_a_model_is_made_of(built):
    names = {path.name for path in folder(built).iterdir()}

    assert {
        "contract.json",
        "encoder.json",
        "model.json",
        "recipe.sql",
        "test.parquet",
        "build.json",
    } <= names


def test_every_row_is_accounted_for(built):
    rows = built.rows

    assert (rows.without_target, rows.filtered) == (1, 1)
    assert rows.train + rows.validation + rows.test == 240 - 2
    assert any("1 rows without a value of survived" in note for note in built.notes)


def test_baseline_and_linear_model_stand_on_the_leaderboard(built):
    kinds = [candidate.model_type for candidate in built.leaderboard]

    assert {"baseline", "linear_model"} <= set(kinds)
    assert [candidate.model_type for candidate in built.leaderboard if candidate.chosen] == [built.model_type]


def test_the_stored_answers_are_those_that_the_folder_gives(built):
    stored = parquet.read_table(folder(built) / "test.parquet")
    answer = Predictor(folder(built)).answer(stored.select(list(built.columns)))

    assert answer.prediction == stored.column("__prediction").to_pylist()
    assert answer.probabilities[:, 1].tolist() == pytest.approx(stored.column("__probability_1").to_pylist())
    assert set(stored.column("__actual").to_pylist()) == {0, 1}


def test_a_form_can_be_made_from_the_contract(built):
    contract = Contract.read(folder(built))
    columns = {column.name: column for column in contract.columns}

    assert "id" not in columns
    assert columns["sex"].categories is not None
    assert set(columns["sex"].categories) == {"male", "female"}
    assert columns["age"].low is not None
    assert columns["age"].low <= columns["age"].typical <= columns["age"].high
    assert (columns["class"].engine_type, columns["class"].type) == ("BIGINT", "whole")
    assert contract.classes == ("0", "1")


def test_it_is_kept_which_columns_of_a_row_each_learned_one_is_made_from(build):
    steps = (
        STEPS["fill_missing"](columns=("age",), using="median", mark=True),
        STEPS["formula"](name="price", formula="[fare] / [class] + 1"),
    )
    made_from = Contract.read(folder(build(passengers(), "survived", *steps).value)).made_from

    assert made_from["age"] == made_from["age_was_blank"] == ("age",)
    assert made_from["price"] == ("class", "fare")
    assert made_from["sex"] == ("sex",)


def test_a_caller_is_told_which_filters_are_passed_over(built):
    assert any("is passed over" in note for note in Contract.read(folder(built)).notes)


def test_what_was_left_out_is_told(built):
    assert any("id" in note and "only numbers the rows" in note for note in built.notes)


def test_every_measure_has_its_interval(built):
    assert {metric.kind for metric in built.metrics} == {
        "auc",
        "accuracy",
        "f1",
        "balanced_accuracy",
        "log_loss",
    }
    assert all(metric.low <= metric.value <= metric.high for metric in built.metrics)


def test_the_same_seed_and_trials_give_the_same_model(build):
    first, second = (build(passengers(), "survived", trials=3).value for _ in range(2))
    names = [name.name for name in folder(first).iterdir() if name.name != "build.json"]

    assert first.metrics == second.metrics
    assert all((folder(first) / name).read_bytes() == (folder(second) / name).read_bytes() for name in names)


def test_many_categories_with_one_that_is_rare(build):
    rows = passengers()
    rows["survived"] = [f"kind {value}" for value in rows["class"]]
    rows["survived"][7] = "seen once"
    built = build(rows, "survived").value

    assert built.problem == "many-categories"
    assert any("seen once" in note for note in built.notes)
    assert json.loads((folder(built) / "model.json").read_text())["floor"] == 1e-6


def test_a_number_is_predicted(build):
    built = build(passengers(), "age").value

    assert (built.problem, built.metric) == ("number", "rmse")
    assert built.rows.without_target == sum(value is None for value in passengers()["age"])


def test_columns_may_be_called_anything(build):
    rows = passengers()
    nasty = {'a"b': "sex", "[x], <y>: {z}": "age", "'; DROP TABLE input; --": "class", "名前 🙂": "fare"}
    columns = {name: rows[source] for name, source in nasty.items()}
    built = build({**columns, "survived?": rows["survived"]}, "survived?").value
    answer = Predictor(folder(built)).answer_row({name: values[0] for name, values in columns.items()})

    assert set(built.columns) == set(nasty)
    assert answer.prediction[0] in (0, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"survived": [1] * 240}, "same value"),
        ({"survived": [None] * 240}, "no values"),
        ({"survived": [1.5, float("inf")] * 120}, "infinite"),
        ({name: ["same"] * 240 for name in ("sex", "age", "class", "fare")}, "no column to learn from"),
    ],
)
def test_what_cannot_be_built_is_told_at_its_node(build, change, words):
    columns = {**passengers(), **change}
    if change.get("survived") == [None] * 240:
        columns["survived"] = pa.nulls(240, pa.int64())
    outcome = build(columns, "survived", problem="number" if words == "infinite" else "follow the column")

    assert isinstance(outcome, Failed)
    assert words in outcome.message
    assert outcome.hint
    assert outcome.where.node


def test_every_field_of_the_node_is_kept_by_the_build(built):
    assert built.seed == PredictColumn().seed
    assert built.target == "survived"
