"""A forest as ONNX answers as the forest itself, for every kind of forest and for blanks."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.bundle import forest_onnx
from canvas_app.bundle.audit import TOLERANCE
from canvas_app.bundle.forest_onnx import forest_to_onnx, rounded_down
from canvas_app.runtime.forest import Forest

WIDTH = 6


def rows(count: int, seed: int) -> np.ndarray:
    """Of few digits, so that many lie on the very thresholds, and with blanks."""
    chance = np.random.default_rng(seed)
    features = chance.normal(size=(count, WIDTH)).astype(np.float32)
    features[:, :3] = features[:, :3].round(1)
    features[chance.random(features.shape) < 0.1] = np.nan
    return features


def fitted(name: str, classes: int, trees: int = 120, count: int = 600, **how: Any) -> Any:
    from sklearn import ensemble

    features = rows(count, seed=0)
    value = np.nan_to_num(features[:, 0]) + np.random.default_rng(1).normal(size=count)
    wanted = (
        np.digitize(value, np.quantile(value, np.linspace(0, 1, classes + 1)[1:-1])) if classes else value
    )
    return getattr(ensemble, name)(trees, random_state=0, n_jobs=1, **how).fit(features, wanted)


def answers(graph: Any, features: np.ndarray) -> np.ndarray:
    import onnxruntime

    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"features": features})[-1])


@pytest.mark.parametrize("classes", [2, 3, 12])
@pytest.mark.parametrize("name", ["ExtraTreesClassifier", "RandomForestClassifier"])
def test_probabilities_are_the_forests_own_and_ties_go_to_the_same_class(name: str, classes: int):
    model, asked = fitted(name, classes), rows(700, seed=2)
    graph = forest_to_onnx(Forest(model), WIDTH, range(classes), classes)
    said, expected = answers(graph, asked), model.predict_proba(asked)

    assert np.abs(said - expected).max() < TOLERANCE / 5
    assert (said.argmax(axis=1) == expected.argmax(axis=1)).all()
    np.testing.assert_allclose(answers(graph, asked[:1]), said[:1], atol=1e-7)


@pytest.mark.parametrize("level", [0.0, 1.0, 5e6])
@pytest.mark.parametrize("name", ["ExtraTreesRegressor", "RandomForestRegressor"])
def test_numbers_are_the_forests_own_whatever_their_size(name: str, level: float):
    features = rows(600, seed=0)
    target = level + np.nan_to_num(features[:, 0]) * max(level / 10, 1)
    model = fitted(name, 0).fit(features, target)
    asked = rows(700, seed=2)
    expected = model.predict(asked)
    apart = np.abs(answers(forest_to_onnx(Forest(model), WIDTH), asked)[:, 0] - expected)

    assert (apart / np.maximum(1, np.abs(expected))).max() < TOLERANCE / 5


@pytest.mark.parametrize("how", [{"max_depth": 2}, {"max_leaf_nodes": 9, "criterion": "entropy"}])
def test_leaves_that_are_not_sure_say_all_their_shares(how: dict[str, Any]):
    model, asked = fitted("ExtraTreesClassifier", 4, **how), rows(300, seed=2)
    said = answers(forest_to_onnx(Forest(model), WIDTH, range(4), 4), asked)

    assert np.abs(said - model.predict_proba(asked)).max() < TOLERANCE / 5


def test_classes_that_were_not_seen_get_nothing():
    model, asked = fitted("ExtraTreesClassifier", 2), rows(100, seed=2)
    said = answers(forest_to_onnx(Forest(model), WIDTH, (1, 3), 4), asked)

    assert (said[:, [0, 2]] == 0).all()
    assert np.abs(said[:, [1, 3]] - model.predict_proba(asked)).max() < TOLERANCE / 5


def test_trees_of_one_leaf_can_be_written():
    model = fitted("RandomForestRegressor", 0).fit(rows(50, seed=0), np.full(50, 7.5))

    assert answers(forest_to_onnx(Forest(model), WIDTH), rows(3, seed=1)).ravel().tolist() == [7.5] * 3


def test_thresholds_part_the_same_numbers_after_rounding():
    chance = np.random.default_rng(0)
    exact = chance.normal(size=2_000)
    exact = np.concatenate([exact, exact.astype(np.float32), [0.0, -0.0, 1e-300, -1e-300, 1e39, -1e39]])
    exact = np.concatenate([exact, [np.inf, -np.inf, 16_777_217.0]])
    found = rounded_down(exact)
    with np.errstate(over="ignore"):
        beside = [np.nextafter(found, np.float32(way)) for way in (np.inf, -np.inf)]
    for asked in (found, *beside):
        np.testing.assert_array_equal(asked <= found, asked.astype(np.float64) <= exact)
    assert found.dtype == np.float32


def test_one_that_would_be_too_large_is_refused_with_its_size(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forest_onnx, "LARGEST", 1e6)

    with pytest.raises(CanvasError, match=r"about \d+ MB"):
        forest_to_onnx(Forest(fitted("ExtraTreesClassifier", 2)), WIDTH, range(2), 2)


def test_a_large_one_takes_seconds_and_as_many_bytes_as_foreseen():
    forest = Forest(fitted("ExtraTreesClassifier", 7, trees=60, count=2_000))
    began = time.process_time()
    size = len(forest_to_onnx(forest, WIDTH, range(7), 7).SerializeToString())
    nodes = forest.nodes
    weights = np.count_nonzero(nodes.value[nodes.feature < 0])

    assert time.process_time() - began < 5
    assert len(nodes.feature) > 100_000
    assert 30 * len(nodes.feature) + 14 * weights == pytest.approx(size, rel=0.15)
