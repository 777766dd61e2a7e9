"""FLAML proposes, we judge: trials are told, the best is on disk, and what fails is passed over."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

from canvas_app.runtime.estimators import load_estimator
from canvas_app.training.model_type import MODEL_TYPES, Rows, Task
from canvas_app.training.search import Judge, search

pytestmark = pytest.mark.filterwarnings("ignore")  # FLAML and what it loads warn of their own affairs


@pytest.fixture
def told(tmp_path):
    """Search with so many trials; what was told, in order."""
    draw = np.random.default_rng(0)
    features = draw.normal(size=(300, 4)).astype(np.float32)
    target = (features[:, 0] + features[:, 1] * features[:, 2] > 0).astype(int)

    def run(trials, name="a"):
        lines = []
        (tmp_path / name).mkdir()
        task = Task("two-categories", 2, 0, 1)
        judge = Judge(task, Rows(features[200:], target[200:]), lines.append, tmp_path / name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            search(judge, Rows(features[:200], target[:200]), trials=trials, seconds=None)
        return lines

    return run


def trials_of(lines):
    return [line["trial"] for line in lines if "trial" in line]


@pytest.mark.parametrize("trials", [1, 4])
def test_as_many_trials_as_asked_for(told, trials):
    assert len(trials_of(told(trials))) == trials


def test_the_best_so_far_is_always_on_disk(told):
    lines = told(4)
    best = max(trials_of(lines), key=lambda trial: trial["score"])
    saved = {line["saved"]["number"]: line["saved"] for line in lines if "saved" in line}
    folder = Path(saved[best["number"]]["folder"])

    assert load_estimator(folder, json.loads((folder / "model.json").read_text())).classes == 2


def test_what_was_said_about_the_watched_rows_is_kept(told, tmp_path):
    for trial in trials_of(told(3)):
        said = np.load(tmp_path / "a" / trial["answers"])

        assert said.shape == (100, 2)
        assert said.sum(axis=1) == pytest.approx(1)


def test_the_same_seed_proposes_the_same_settings(told):
    first, second = ([(t["settings"], t["score"]) for t in trials_of(told(5, name))] for name in "ab")

    assert first == second


@pytest.mark.parametrize("works_until", [0, 1])
def test_a_family_that_fails_is_passed_over_with_a_note(told, monkeypatch, works_until):
    family = MODEL_TYPES["lightgbm_trees"]
    fit, calls = family.fit, []

    def broken(self, *given, **more):
        calls.append(given)
        if len(calls) > works_until:
            raise ValueError("no such thing")
        return fit(self, *given, **more)

    monkeypatch.setattr(family, "fit", broken)
    lines = told(3)

    assert [line["note"] for line in lines if "note" in line] == [
        "Gradient boosted trees (LightGBM) was passed over, since it can't be fitted to these rows"
        " (no such thing)."
    ]
    assert {trial["kind"] for trial in trials_of(lines)} <= set(iter_kinds()) - {"lightgbm_trees"}


def iter_kinds():
    return (unit.spec.kind for unit in MODEL_TYPES)
