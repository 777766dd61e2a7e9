"""A forest gives the same answers whichever way it is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from canvas_app.runtime.forest import Forest


def fitted(classes: bool) -> tuple[Any, np.ndarray]:
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestRegressor

    chance = np.random.default_rng(0)
    features = chance.normal(size=(900, 4)).astype(np.float32)
    features[chance.random(features.shape) < 0.1] = np.nan
    value = np.nan_to_num(features[:, 0]) + chance.normal(size=900)
    if classes:
        return ExtraTreesClassifier(150, random_state=0).fit(features, np.digitize(value, [0, 1])), features
    return RandomForestRegressor(150, random_state=0, max_depth=6).fit(features, value), features


@pytest.mark.parametrize("classes", [True, False])
def test_walking_in_pieces_gives_what_the_library_gives(classes: bool):
    model, features = fitted(classes)
    forest = Forest(model)
    expected = model.predict_proba(features) if classes else model.predict(features)[:, None]

    np.testing.assert_allclose(forest.walked(features), expected, atol=1e-12)
    np.testing.assert_allclose(forest.shares(features), expected, atol=1e-12)


def test_no_rows_give_no_answers():
    model, features = fitted(classes=True)

    assert Forest(model).shares(features[:0]).shape == (0, 3)


def test_threads_change_no_answer():
    model, features = fitted(classes=True)
    many = np.tile(features, (8, 1))

    np.testing.assert_array_equal(Forest(model, threads=2).shares(many), Forest(model).shares(many))
