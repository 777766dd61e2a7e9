"""Effects are summed to columns without losing any, and come back from disk as they were."""

import numpy as np
import pytest

from canvas_app.explain.effects import (
    FEWEST_ROWS,
    MOST_ROWS,
    Effects,
    load_effects,
    rows_within,
    sampled_rows,
    save_effects,
    summed_to_columns,
)


@pytest.fixture
def effects() -> Effects:
    values = np.array([[[1.0], [-2.0]], [[3.0], [0.0]]])
    return Effects(("age", "sex"), values, np.array([0.5]), "log-odds")


def test_features_of_one_column_add_up_to_it():
    parts = np.array([[[1.0], [2.0], [4.0]]])

    summed = summed_to_columns(parts, ("sex", "age", "sex"), ("age", "sex"))

    assert summed[0, :, 0].tolist() == [2.0, 5.0]


def test_base_and_parts_give_the_margin(effects):
    assert effects.margin[:, 0].tolist() == [-0.5, 3.5]


def test_impact_is_the_mean_size_largest_first(effects):
    assert effects.impact() == {"age": 2.0, "sex": 1.0}
    assert list(effects.impact()) == ["age", "sex"]


def test_impact_is_a_mean_over_classes():
    values = np.array([[[1.0, -3.0]]])

    assert Effects(("age",), values, np.zeros(2), "log-odds").impact() == {"age": 2.0}


def test_they_come_back_from_disk(tmp_path, effects):
    save_effects(tmp_path, effects, np.array([4, 7]))
    kept = load_effects(tmp_path)

    assert kept is not None
    again, sample = kept
    assert again.columns == effects.columns
    assert again.unit == "log-odds"
    assert (again.values == effects.values).all()
    assert (again.base == effects.base).all()
    assert sample.tolist() == [4, 7]


def test_a_damaged_cache_is_as_good_as_none(tmp_path, effects):
    save_effects(tmp_path, effects, np.array([4, 7]))
    (tmp_path / "effects.npy").write_bytes(b"nothing")

    assert load_effects(tmp_path) is None
    assert load_effects(tmp_path / "empty") is None


def test_a_cache_that_does_not_fit_together_is_as_good_as_none(tmp_path, effects):
    save_effects(tmp_path, effects, np.array([4]))

    assert load_effects(tmp_path) is None


def test_a_sample_is_the_same_every_time_and_in_order():
    sample = sampled_rows(10_000, 50, seed=0)

    assert sample.tolist() == sampled_rows(10_000, 50, seed=0).tolist()
    assert sorted(set(sample.tolist())) == sample.tolist()
    assert sampled_rows(3, 50, seed=0).tolist() == [0, 1, 2]


def test_larger_models_are_explained_on_fewer_rows():
    assert rows_within(0, limit=1e6) == MOST_ROWS
    assert rows_within(1e4, limit=5e6) == 500
    assert rows_within(1e9, limit=1e6) == FEWEST_ROWS
