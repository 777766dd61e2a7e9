"""Base and parts add up to what the model itself says, for every kind of model."""

import numpy as np
import pytest

from canvas_app.explain.parts import (
    Explainer,
    of_constant,
    of_forest,
    of_lightgbm,
    of_linear,
    of_xgboost,
    tree_explainer,
)


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(300, 4))


@pytest.fixture(scope="module")
def number(rows: np.ndarray) -> np.ndarray:
    return rows[:, 0] * 3 + rows[:, 1] ** 2


@pytest.fixture(scope="module")
def three(rows: np.ndarray) -> np.ndarray:
    return np.digitize(rows[:, 0] + rows[:, 2], [-0.5, 0.5])


def margins(explainer: Explainer, rows: np.ndarray) -> np.ndarray:
    parts, base = explainer.split(rows)
    return parts.sum(axis=1) + base


def test_lightgbm_adds_up(rows, number, three):
    import lightgbm

    quiet = {"verbose": -1, "num_threads": 1}
    one = lightgbm.train({**quiet, "objective": "regression"}, lightgbm.Dataset(rows, number), 20)
    many = lightgbm.train(
        {**quiet, "objective": "multiclass", "num_class": 3}, lightgbm.Dataset(rows, three), 8
    )

    assert margins(of_lightgbm(one, "target"), rows)[:, 0] == pytest.approx(one.predict(rows), rel=1e-6)
    assert margins(of_lightgbm(many, "log-odds"), rows) == pytest.approx(
        many.predict(rows, raw_score=True), rel=1e-6
    )
    assert of_lightgbm(one, "target").cost == sum(t["num_leaves"] for t in one.dump_model()["tree_info"])


def test_lightgbm_agrees_with_shap(rows, number):
    import lightgbm

    booster = lightgbm.train(
        {"verbose": -1, "num_threads": 1, "objective": "regression"}, lightgbm.Dataset(rows, number), 20
    )
    parts, _ = of_lightgbm(booster, "target").split(rows)

    assert parts[:, :, 0] == pytest.approx(tree_explainer(booster).shap_values(rows), abs=1e-9)


def test_xgboost_adds_up(rows, number, three):
    import xgboost

    data = xgboost.DMatrix(rows, number)
    one = xgboost.train({"nthread": 1}, data, 15)
    many = xgboost.train(
        {"nthread": 1, "objective": "multi:softprob", "num_class": 3}, xgboost.DMatrix(rows, three), 6
    )

    exact = one.predict(data, output_margin=True)
    assert margins(of_xgboost(one, "target"), rows)[:, 0] == pytest.approx(exact, rel=1e-5, abs=1e-5)
    exact = many.predict(xgboost.DMatrix(rows), output_margin=True)
    assert margins(of_xgboost(many, "log-odds"), rows) == pytest.approx(exact, rel=1e-5, abs=1e-5)


def test_a_forest_adds_up(rows, number, three):
    from sklearn.ensemble import ExtraTreesRegressor, RandomForestClassifier

    one = ExtraTreesRegressor(5, random_state=0).fit(rows, number)
    two = RandomForestClassifier(5, random_state=0).fit(rows, three > 0)
    many = RandomForestClassifier(5, random_state=0).fit(rows, three)

    assert margins(of_forest(one, "target"), rows)[:, 0] == pytest.approx(one.predict(rows), rel=1e-6)
    said = two.predict_proba(rows)[:, 1]
    assert margins(of_forest(two, "probability"), rows)[:, 0] == pytest.approx(said, rel=1e-6, abs=1e-9)
    said = many.predict_proba(rows)
    assert margins(of_forest(many, "probability"), rows) == pytest.approx(said, rel=1e-6, abs=1e-9)


def test_a_linear_model_adds_up_and_is_zero_for_the_average_row(rows):
    weights, intercept, centre = np.array([[1.0, -2.0, 0.0, 3.0]]), np.array([0.5]), rows.mean(axis=0)
    explainer = of_linear(weights, intercept, centre, "log-odds")

    assert margins(explainer, rows)[:, 0] == pytest.approx(rows @ weights[0] + 0.5, rel=1e-6)
    assert explainer.split(centre[None, :])[0] == pytest.approx(0)


def test_a_constant_has_no_parts(rows):
    parts, base = of_constant([1.0, 2.0, 3.0], "log-odds").split(rows)

    assert not parts.any()
    assert base.tolist() == [1.0, 2.0, 3.0]
