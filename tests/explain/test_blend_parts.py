"""What the members of a blend say is split so that base and parts add up to the blend's own answer."""

import json

import numpy as np
import pytest

from canvas_app.explain.blend_parts import Share, in_probability, of_blend
from canvas_app.explain.estimator_parts import explainer_of
from canvas_app.explain.parts import of_constant, of_linear
from canvas_app.runtime.estimators import load_estimator
from canvas_app.training.metrics import answers_of
from tests.small_model import CLASSES, write_small_model


@pytest.fixture
def rows() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(300, 4))


@pytest.mark.parametrize("problem", CLASSES)
def test_parts_of_a_blend_add_up_to_its_answers(problem, tmp_path):
    folder = write_small_model(tmp_path / "model", problem, "blend")
    blend = load_estimator(folder, json.loads((folder / "model.json").read_text("utf-8")))
    drawn = np.random.default_rng(0).integers(0, 3, (60, 3)).astype(np.float32)
    features = np.hstack([drawn * 20, np.random.default_rng(1).normal(size=(60, 7)).astype(np.float32)])
    explainer = explainer_of(blend, lambda: features.mean(axis=0))
    parts, base = explainer.split(features)
    said = answers_of(blend, features)
    expected = {"two-categories": said[:, 1:] if said.ndim == 2 else said}.get(problem, said)

    assert explainer.unit == ("target" if problem == "number" else "probability")
    assert parts.sum(axis=1) + base == pytest.approx(expected.reshape(60, -1), rel=1e-4, abs=1e-5)


def test_of_one_output_it_is_the_rescale_rule(rows):
    linear = of_linear([[1.0, 0.0, -2.0, 0.5]], [0.2], rows.mean(axis=0), "log-odds")
    parts, base = linear.split(rows)
    margin = parts.sum(axis=1) + base
    moved, level = in_probability(linear, 2).split(rows)
    reached = 1 / (1 + np.exp(-margin))

    assert moved.sum(axis=1) + level == pytest.approx(reached)
    shares = parts[:, :, 0] / parts.sum(axis=1)
    assert moved[:, :, 0] == pytest.approx(shares * (reached - level))


def test_many_classes_add_up_and_leave_nothing_over(rows):
    weights = np.random.default_rng(5).normal(scale=3, size=(3, 4))
    linear = of_linear(weights, np.zeros(3), rows.mean(axis=0), "log-odds")
    parts, base = linear.split(rows)
    margins = parts.sum(axis=1) + base
    shares = np.exp(margins) / np.exp(margins).sum(axis=1, keepdims=True)
    moved, level = in_probability(linear, 3).split(rows)

    assert moved.sum(axis=1) + level == pytest.approx(shares, abs=1e-6)
    assert moved.sum(axis=2) == pytest.approx(0, abs=1e-9)


def test_each_member_counts_by_its_weight_on_its_own_features(rows):
    one = of_linear([[2.0, 0.0]], [1.0], [0.0, 0.0], "target")
    other = of_constant([5.0], "target")
    parts, base = of_blend([Share(one, 0.25, 2, 4), Share(other, 0.75, 0, 4)], 0).split(rows)

    assert base == pytest.approx([0.25 * 1 + 0.75 * 5])
    assert parts[:, 2, 0] == pytest.approx(0.5 * rows[:, 2])
    assert not parts[:, [0, 1, 3]].any()
