"""A tree from a file is walked only where every way ends in a leaf."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from canvas_app.runtime.tree import HeldTree


@pytest.fixture(scope="module")
def native() -> Any:
    """A tree of scikit-learn."""
    from sklearn.tree import DecisionTreeRegressor

    features = np.random.default_rng(0).normal(size=(80, 3))
    return DecisionTreeRegressor(random_state=0).fit(features, features.sum(axis=1)).tree_


def held(native: Any, name: str = "", at: int = 0, value: float = 0) -> HeldTree:
    """The tree as a file holds it, with one number in its nodes changed."""
    state = native.__getstate__()
    nodes = state["nodes"].copy()
    if name:
        nodes[name][at] = value
    return HeldTree({**state, "nodes": nodes}, 3, np.array([1]), 1)


def test_it_has_what_the_librarys_own_has(native: Any):
    found = held(native)

    for name in ("feature", "threshold", "children_left", "children_right", "missing_go_to_left", "value"):
        np.testing.assert_array_equal(getattr(found, name), getattr(native, name))
    assert (found.node_count, found.n_leaves) == (native.node_count, native.n_leaves)


def test_it_becomes_the_librarys_own(native: Any):
    asked = np.random.default_rng(1).normal(size=(50, 3)).astype(np.float32)

    np.testing.assert_array_equal(held(native).predict(asked), native.predict(asked))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("left_child", 0),
        ("right_child", -5),
        ("left_child", -1),
        ("right_child", 1 << 40),
        ("feature", 3),
        ("feature", -2),
    ],
)
def test_ways_that_lead_back_or_out_are_refused(native: Any, name: str, value: int):
    with pytest.raises(ValueError, match="leads nowhere"):
        held(native, name, 0, value)


def test_a_tree_of_another_size_than_its_leaves_is_refused(native: Any):
    state = native.__getstate__()

    with pytest.raises(ValueError, match="leads nowhere"):
        HeldTree({**state, "values": state["values"][:-1]}, 3, np.array([1]), 1)


def test_a_row_that_is_too_short_is_refused(native: Any):
    with pytest.raises(ValueError, match="3 features, and there are 2"):
        held(native).predict(np.zeros((4, 2), np.float32))
