"""What was said about test rows is split into effects of columns that add up again."""

import numpy as np
import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.explain.explained import ExplainedModel
from canvas_app.jobs.job import Quiet
from tests.explain.model_folders import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_base_and_effects_are_what_the_model_said(kind, explained):
    model = explained(kind)
    margin = model.effects.margin

    if model.contract.problem == "number":
        assert margin[:, 0] == pytest.approx(np.array(model.test.said), rel=1e-6)
        return
    shares = np.exp(margin) if model.effects.unit == "log-odds" else margin
    if margin.shape[1] == 1:
        second = shares / (1 + shares) if model.effects.unit == "log-odds" else shares
        shares = np.hstack([1 - second, second])
    shares = shares / shares.sum(axis=1, keepdims=True)
    tolerance = 1e-5 if "xgboost" in kind else 1e-6
    assert shares == pytest.approx(model.test.probabilities, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("kind", KINDS)
def test_effects_are_on_the_columns_after_the_recipe(kind, explained):
    model = explained(kind)

    assert model.effects.columns == ("decades", "sex")
    assert model.effects.values.shape == (240, 2, len(model.outputs))
    assert model.effects.values.any() == (kind != "constant-two")


def test_effects_are_computed_once(folder_of, tmp_path):
    first = ExplainedModel(folder_of("lightgbm-two"), tmp_path, Quiet())
    kept = first.effects.values

    def refuse(done: float, note: str = "", found: object = None) -> None:
        raise AssertionError("it was computed again")

    again = ExplainedModel(folder_of("lightgbm-two"), tmp_path, refuse)
    assert (again.effects.values == kept).all()


def test_it_can_be_stopped(folder_of, tmp_path):
    def stop(done: float, note: str = "", found: object = None) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        _ = ExplainedModel(folder_of("lightgbm-two"), tmp_path, stop).effects


def test_single_rows_are_explained_as_in_the_sample(explained):
    model = explained("linear-two")
    _, effects = model.explain(model.test.asked.slice(7, 1))

    assert effects.values[0] == pytest.approx(model.effects.values[7])


def test_a_folder_without_test_rows_says_what_to_do(folder_of, tmp_path):
    import shutil

    folder = tmp_path / "model"
    shutil.copytree(folder_of("constant-two"), folder)
    (folder / "test.parquet").write_bytes(b"")

    with pytest.raises(CanvasError, match="Build the model again"):
        ExplainedModel(folder, tmp_path / "cache", Quiet())
