"""Models of every format answer alike, and damaged or strange files are refused in words."""

import json

import numpy as np
import pytest

from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.estimators import ConstantEstimator, load_estimator


def forest(folder, problem="class"):
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from skops import io

    draw = np.random.default_rng(0)
    features = draw.normal(size=(300, 3)).astype(np.float32)
    features[::7, 1] = np.nan
    target = (features[:, 0] > 0).astype(int) + (features[:, 2] > 1)
    model = RandomForestClassifier(20, random_state=0) if problem == "class" else RandomForestRegressor(20)
    io.dump(model.fit(features, target), folder / "model.skops")
    return (
        model,
        features,
        {"format": "skops", "file": "model.skops", "classes": 3 if problem == "class" else 0},
    )


def test_a_constant_says_its_shares():
    estimator = ConstantEstimator(None, {"classes": 2, "values": [0.25, 0.75]})

    assert estimator.probabilities(np.zeros((2, 5))).tolist() == [[0.25, 0.75]] * 2
    assert estimator.margins(np.zeros((1, 5)))[0, 0] == pytest.approx(np.log(3))


def test_a_floor_keeps_every_probability_above_nothing():
    estimator = ConstantEstimator(None, {"classes": 3, "values": [0.0, 0.5, 0.5], "floor": 1e-6})
    shares = estimator.probabilities(np.zeros((1, 1)))

    assert shares.sum() == pytest.approx(1)
    assert 0 < shares[0, 0] < 2e-6


@pytest.mark.parametrize("problem", ["class", "number"])
def test_a_forest_answers_one_row_as_it_answers_many(tmp_path, problem):
    model, features, facts = forest(tmp_path, problem)
    estimator = load_estimator(tmp_path, facts)
    many = estimator.raw_probabilities(features) if problem == "class" else estimator.margins(features)
    one = [estimator.margins(features[at : at + 1])[0] for at in range(20)]
    expected = model.predict_proba(features) if problem == "class" else model.predict(features)[:, None]

    np.testing.assert_allclose(many, expected, atol=1e-12)
    np.testing.assert_allclose(one, many[:20], atol=1e-12)


def test_no_rows_give_no_answers(model):
    facts = json.loads((model / "model.json").read_text())
    names = json.loads((model / "encoder.json").read_text())["features"]["names"]
    none = np.zeros((0, len(names)), np.float32)

    assert load_estimator(model, facts).probabilities(none).shape == (0, 2)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("lightgbm", "model.txt"),
        ("xgboost", "booster.json"),
        ("skops", "model.skops"),
        ("onnx", "model.onnx"),
    ],
)
@pytest.mark.parametrize("data", [b"", b"nonsense", b"{}"])
def test_a_damaged_file_is_refused_by_name(tmp_path, kind, name, data):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(BundleError, match=name):
        load_estimator(tmp_path, {"format": kind, "file": name, "classes": 2})


def test_a_missing_file_and_an_unknown_format_are_refused(tmp_path):
    for facts in ({"format": "xgboost", "file": "gone.json"}, {"format": "pickle", "file": "model.pkl"}):
        with pytest.raises(BundleError):
            load_estimator(tmp_path, facts)


def test_a_file_outside_the_folder_is_never_opened(tmp_path):
    (tmp_path / "outside.json").write_text("{}")
    (tmp_path / "inside").mkdir()

    with pytest.raises(BundleError):
        load_estimator(tmp_path / "inside", {"format": "xgboost", "file": "../outside.json"})


def test_a_type_that_is_not_on_our_list_is_refused(tmp_path):
    from sklearn.svm import SVC
    from skops import io

    io.dump(SVC().fit([[0.0], [1.0]], [0, 1]), tmp_path / "model.skops")
    with pytest.raises(BundleError, match="svm"):
        load_estimator(tmp_path, {"format": "skops", "file": "model.skops"})
