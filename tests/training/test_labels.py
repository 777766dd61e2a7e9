"""Classes have a fixed order, and answers the type of the column that is predicted."""

import pyarrow as pa
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.training.labels import Labels, require_learnable


@pytest.mark.parametrize(
    ("values", "kind", "classes"),
    [
        (["b", "a", "b"], "text", ("a", "b")),
        ([10, 9, 10], "whole", ("9", "10")),
        ([True, False], "switch", ("false", "true")),
    ],
)
def test_classes_are_in_order_and_answers_come_back_in_their_type(values, kind, classes):
    column = pa.array(values)
    labels = Labels.learn(column, "two-categories", kind)

    assert labels.classes == classes
    assert labels.arrow(labels.places(column)).to_pylist() == values


def test_a_class_that_was_not_learned_has_no_place():
    labels = Labels.learn(pa.array(["a", "b"]), "two-categories", "text")

    assert labels.places(pa.array(["b", "new"])).tolist() == [1, -1]


def test_numbers_stay_numbers():
    labels = Labels.learn(pa.array([1, 2]), "number", "whole")

    assert labels.arrow(labels.places(pa.array([3, 4]))).to_pylist() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("values", "problem", "words"),
    [(["a", "a"], "two-categories", "the same y"), ([1.0, float("inf")], "number", "infinite")],
)
def test_what_cannot_be_aimed_for_is_refused_at_the_target(values, problem, words):
    column = pa.array(values)
    labels = Labels.learn(column, problem, "text")

    with pytest.raises(CanvasError, match=words) as caught:
        require_learnable(labels, column, "y", "node")
    assert caught.value.where.field == "target"
