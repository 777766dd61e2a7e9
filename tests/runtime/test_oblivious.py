"""Trees of CatBoost answer without the library as they do with it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.estimators import load_estimator
from canvas_app.runtime.oblivious import ObliviousTrees
from tests.small_model import CLASSES, write_small_model


@pytest.fixture(scope="module", params=list(CLASSES))
def folder(request, tmp_path_factory):
    return write_small_model(tmp_path_factory.mktemp("catboost"), request.param, "catboost")


@pytest.fixture
def features():
    drawn = np.random.default_rng(0).normal(40, 20, (500, 3)).astype(np.float32)
    drawn[::7, 1] = np.nan
    return drawn


def facts_of(folder):
    return json.loads((folder / "model.json").read_text("utf-8"))


def test_margins_are_those_of_the_library(folder, features):
    estimator = load_estimator(folder, facts_of(folder))
    said = estimator.native.predict(features, prediction_type="RawFormulaVal").reshape(500, -1)

    np.testing.assert_allclose(estimator.margins(features), said, rtol=1e-12, atol=1e-12)


def test_many_rows_are_answered_as_one_by_one(folder, features, monkeypatch):
    estimator = load_estimator(folder, facts_of(folder))
    whole = estimator.margins(features)
    monkeypatch.setattr("canvas_app.runtime.oblivious._AT_ONCE", 1)

    np.testing.assert_array_equal(estimator.margins(features), whole)
    assert estimator.margins(features[:0]).shape == (0, whole.shape[1])


def test_the_same_rows_give_the_same_file(folder, tmp_path):
    problem = next(name for name, classes in CLASSES.items() if len(classes) == facts_of(folder)["classes"])
    again = write_small_model(tmp_path / "again", problem, "catboost")

    assert (again / "catboost.json").read_bytes() == (folder / "catboost.json").read_bytes()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("oblivious_trees", [{"splits": [], "leaf_values": [1.0, 2.0]}]),
        (
            "oblivious_trees",
            [{"splits": [{"float_feature_index": 99, "border": 0.0}], "leaf_values": [1, 2]}],
        ),
        ("oblivious_trees", None),
        ("scale_and_bias", [1]),
        ("features_info", {}),
    ],
)
def test_what_is_no_model_is_refused(tmp_path, name, value):
    folder = write_small_model(tmp_path / "model", "number", "catboost")
    saved = json.loads((folder / "catboost.json").read_text("utf-8"))
    (folder / "catboost.json").write_text(json.dumps({**saved, name: value}), "utf-8")

    with pytest.raises(BundleError, match=r"catboost\.json can't be read"):
        load_estimator(folder, facts_of(folder))


def test_trees_without_a_question_say_their_only_leaf():
    saved = {
        "features_info": {"float_features": []},
        "oblivious_trees": [{"splits": None, "leaf_values": [1.5]}],
        "scale_and_bias": [2, [10.0]],
    }
    trees = ObliviousTrees.parse(json.dumps(saved).encode())

    assert trees.margins(np.zeros((3, 1))).tolist() == [[13.0]] * 3
