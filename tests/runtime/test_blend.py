"""A blend answers with the weighted mean of its members, each asked about its own features."""

from __future__ import annotations

import json

import numpy as np
import pytest

from canvas_app.runtime.blend import BlendEstimator, files_of, formats_of
from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.estimators import load_estimator
from tests.small_model import CLASSES, write_small_model


def facts_of(folder):
    return json.loads((folder / "model.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def blend(tmp_path_factory):
    return write_small_model(tmp_path_factory.mktemp("blend"), "many-categories", "blend")


@pytest.mark.parametrize("problem", CLASSES)
def test_the_answer_is_the_weighted_mean(problem, tmp_path):
    folder = write_small_model(tmp_path / "model", problem, "blend")
    facts = facts_of(folder)
    whole = load_estimator(folder, facts)
    features = np.random.default_rng(0).normal(40, 10, (20, 10)).astype(np.float32)
    said = 0.0
    for part in facts["members"]:
        start, end = part["features"]
        member = load_estimator(folder, part)
        said = (
            said + part["weight"] * member.raw_probabilities(features[:, start:end])
            if part["classes"]
            else (said + part["weight"] * member.margins(features[:, start:end]))
        )

    asked = whole.raw_probabilities if whole.classes else whole.margins
    assert isinstance(whole, BlendEstimator)
    np.testing.assert_allclose(asked(features), said)


def test_a_folder_tells_its_files_and_their_formats(blend):
    facts = facts_of(blend)

    assert set(files_of(facts)) == {"0-model.txt", "1-model.skops", "2-model.skops"}
    assert formats_of(facts) == ("lightgbm", "skops")
    assert files_of(facts["members"][0]) == ("0-model.txt",)


@pytest.mark.parametrize(
    "change",
    [
        {"members": []},
        {"members": None},
        {"members": [{"format": "constant", "values": [1.0], "weight": 0.5, "features": [0, 1]}]},
        {"members": [{"format": "constant", "values": [1.0], "weight": 1.0, "features": [0]}]},
        {"members": [{"format": "blend", "members": [], "weight": 1.0, "features": [0, 1]}]},
        {"members": [{"weight": 1.0}]},
    ],
    ids=["empty", "none", "half a weight", "half a place", "a blend in a blend", "no format"],
)
def test_what_is_no_blend_is_refused(change, blend):
    with pytest.raises(BundleError, match=r"model\.json can't be read"):
        load_estimator(blend, {**facts_of(blend), **change})
