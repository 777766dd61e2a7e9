"""Several models answer together where that errs less, and never where it doesn't."""

from __future__ import annotations

import json

import numpy as np
import pytest

from canvas_app.runtime.estimators import load_estimator
from canvas_app.training.arrays import save_features, save_target
from canvas_app.training.blend import MOST_MEMBERS, Share, assemble, blended, in_words, weights_of
from canvas_app.training.entry import Entry
from canvas_app.training.metrics import answers_of, score_of
from canvas_app.training.model_type import MODEL_TYPES, Rows, Task

ROWS = 400


@pytest.fixture
def draw():
    return np.random.default_rng(0)


def entry(kind, process="search"):
    return Entry(kind, 0.0, 0.0, 1.5, 300, {"depth": 3}, 1, process)


def test_errors_that_are_not_the_same_cancel_out(draw):
    target = draw.normal(size=ROWS)
    answers = [target + draw.normal(size=ROWS) for _ in range(3)]
    weights = weights_of("number", target, answers)
    mean = sum(weight * answers[at] for at, weight in weights.items())

    assert sorted(weights) == [0, 1, 2]
    assert sum(weights.values()) == pytest.approx(1)
    assert list(weights.values()) == sorted(weights.values(), reverse=True)
    assert score_of("number", target, mean) < 0.65


@pytest.mark.parametrize("better", [0, 1])
def test_a_model_that_says_the_same_as_another_is_left_out(draw, better):
    target = draw.normal(size=ROWS)
    noise = draw.normal(size=ROWS)
    answers = [target + noise * (0.5 if at == better else 1.0) for at in range(2)]

    assert weights_of("number", target, answers) == {better: 1.0}


def test_no_more_answer_together_than_can_be_explained(draw):
    target = draw.normal(size=ROWS)
    weights = weights_of("number", target, [target + draw.normal(size=ROWS) for _ in range(12)])

    assert len(weights) == MOST_MEMBERS


@pytest.mark.parametrize(("problem", "classes"), [("two-categories", 2), ("many-categories", 3)])
def test_probabilities_are_weighed_by_the_measure_of_the_problem(draw, problem, classes):
    target = draw.integers(0, classes, ROWS)
    answers = []
    for _ in range(2):
        said = np.eye(classes)[target] + draw.gamma(1.0, size=(ROWS, classes))
        answers.append(said / said.sum(axis=1, keepdims=True))
    weights = weights_of(problem, target, answers)
    mean = sum(weight * answers[at] for at, weight in weights.items())
    alone = [score_of(problem, target, said) for said in answers]

    assert len(weights) == 2
    assert (score_of(problem, target, mean) > max(alone)) == (problem == "two-categories")


def test_a_blend_says_its_members_in_words():
    shares = (Share(entry("extra_trees"), 0.75), Share(entry("linear_model"), 0.25))
    whole = blended("number", np.zeros(4), shares, [np.full(4, 1.0), np.full(4, -3.0)])

    assert (whole.title, whole.members, whole.view) == ("Blend of 2 models", 2, "both")
    assert whole.score == 0.0
    assert whole.fit_seconds == 3.0
    assert in_words(shares, "in 5 folds").endswith(
        "erred less in 5 folds: Extra trees 75 %, Linear model 25 %."
    )


class Encoded:
    """Features as they are."""

    def __init__(self, view, matrix):
        self.view, self.width, self._matrix = view, matrix.shape[1], matrix

    def matrix(self, table):
        return self._matrix


@pytest.mark.parametrize("kinds", [("extra_trees", "linear_model"), ("extra_trees", "lightgbm_trees")])
def test_folders_of_models_become_one_that_gives_their_weighted_mean(draw, tmp_path, kinds):
    features = {"trees": draw.normal(size=(ROWS, 3)), "linear": draw.normal(size=(ROWS, 5))}
    target = features["trees"][:, 0] + features["linear"][:, 1]
    save_target(tmp_path, "validation", target)
    for view, matrix in features.items():
        save_features(tmp_path, "validation", Encoded(view, matrix), None)
    task = Task("number", 0, 0, 1)
    folders, expected = {}, 0.0
    for kind, weight in zip(kinds, (0.75, 0.25), strict=True):
        unit = MODEL_TYPES[kind]()
        own = features[unit.spec.view]
        estimator = unit.fit(
            task, {"n_estimators": 5} if unit.spec.flaml else {"alpha": 1.0}, Rows(own, target)
        )
        unit.keep(estimator, tmp_path / kind)
        folders[tmp_path / kind] = Share(entry(kind), weight)
        expected = expected + weight * answers_of(estimator, own)
    whole = blended("number", target, tuple(folders.values()), [target, target])
    assemble(tmp_path, tmp_path / "blend", task, whole, folders)
    blend = load_estimator(
        tmp_path / "blend", json.loads((tmp_path / "blend" / "model.json").read_text("utf-8"))
    )
    both = np.hstack([features["trees"], features["linear"]])
    asked = both if whole.view == "both" else features["trees"]

    assert answers_of(blend, asked) == pytest.approx(expected)
