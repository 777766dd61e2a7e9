"""Promises that every family of models keeps, present and future."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from canvas_app.runtime.estimators import load_estimator
from canvas_app.training.metrics import answers_of
from canvas_app.training.model_type import MODEL_TYPES, Rows, Task

pytestmark = pytest.mark.parametrize("family", list(MODEL_TYPES), ids=lambda family: family.spec.kind)

PROBLEMS = [("two-categories", 2), ("many-categories", 3), ("number", 0)]


def learn(family, problem, classes, rows=150, deadline=None, threads=1):
    """A quick fit, and the features that it is asked about."""
    draw = np.random.default_rng(0)
    features = draw.normal(size=(rows, 3)).astype(np.float32)
    if family.spec.view == "trees":
        features[::9, 1] = np.nan
    levels = np.digitize(features[:, 0], [0.0, 0.8])
    target = np.minimum(levels, classes - 1) if classes else features[:, 0] * 10.0
    task = Task(problem, classes, 0, threads)
    settings = (*family().tries(task, rows), {"n_estimators": 5} if family.spec.flaml else {})[0]
    return family().fit(task, settings, Rows(features, target), None, deadline), features


@pytest.mark.parametrize(("problem", "classes"), PROBLEMS)
def test_a_saved_model_answers_as_the_fitted_one(family, problem, classes, tmp_path):
    estimator, features = learn(family, problem, classes)
    family().keep(estimator, tmp_path)
    again = load_estimator(tmp_path, json.loads((tmp_path / "model.json").read_text("utf-8")))

    np.testing.assert_allclose(answers_of(again, features), answers_of(estimator, features), atol=1e-9)


@pytest.mark.parametrize(("problem", "classes"), PROBLEMS)
def test_answers_and_margins_have_their_shapes(family, problem, classes):
    estimator, features = learn(family, problem, classes)
    margins = estimator.margins(features)

    assert margins.shape == (150, classes if classes > 2 else 1)
    assert answers_of(estimator, features).shape == ((150, classes) if classes else (150,))


@pytest.mark.parametrize(("problem", "classes"), PROBLEMS)
def test_the_same_rows_give_the_same_model_with_any_number_of_threads(family, problem, classes, tmp_path):
    for name, threads in (("first", 1), ("second", 2)):
        estimator, _ = learn(family, problem, classes, rows=2_000, threads=threads)
        family().keep(estimator, tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "first").iterdir())

    assert all((tmp_path / "first" / n).read_bytes() == (tmp_path / "second" / n).read_bytes() for n in files)


def test_no_file_is_a_pickle(family, tmp_path):
    estimator, _ = learn(family, "two-categories", 2)
    family().keep(estimator, tmp_path)
    names = {path.suffix for path in tmp_path.iterdir()}

    assert names <= {".json", ".txt", ".skops"}


def test_a_past_deadline_still_gives_a_model(family):
    estimator, features = learn(family, "two-categories", 2, deadline=time.monotonic() - 1)

    assert np.isfinite(answers_of(estimator, features)).all()


def test_it_says_what_it_is_in_one_line(family):
    assert family.spec.line.endswith(".")
    assert len(family.spec.line) <= 100
    assert family.__doc__.endswith(".")
    assert len(family.__doc__) <= 90


def test_its_name_is_its_file_and_its_class(family):
    assert family.__module__.rsplit(".", 1)[1] == family.spec.kind
    assert family.__name__.lower() == family.spec.kind.replace("_", "")
