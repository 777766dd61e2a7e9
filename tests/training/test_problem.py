"""The problem follows the target, and what can't be learned is refused at its field."""

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.profile import profile
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.training.problem import find_problems, problem_of, require_sound


@pytest.fixture
def target(engine):
    return lambda values: profile(engine.from_rows({"y": values}))[0]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ([True, False] * 10, "two-categories"),
        (["a", "b", None] * 10, "two-categories"),
        (["a", "b", "c"] * 10, "many-categories"),
        ([0, 1] * 10, "two-categories"),
        ([3, 4, 5] * 30, "many-categories"),
        (list(range(60)), "number"),
        ([0.5, 1.5, 2.5] * 30, "number"),
    ],
)
def test_the_problem_follows_the_column(target, values, problem):
    assert problem_of(PredictColumn(target="y"), target(values)) == problem


def test_a_person_may_choose_the_problem(target):
    assert problem_of(PredictColumn(target="y", problem="number"), target([3, 4, 5] * 30)) == "number"


@pytest.mark.parametrize(
    ("values", "problem", "field", "words"),
    [
        (["a"] * 20, "follow the column", "target", "same value"),
        ([1.0] * 5, "follow the column", "target", "Only 5 rows"),
        ([None] * 20, "follow the column", "target", "no values"),
        ([f"id{at}" for at in range(30)], "follow the column", "target", "names rows"),
        (["a", "b", "c"] * 10, "two-categories", "problem", "not two"),
        (["a", "b"] * 10, "many-categories", "problem", "2 different values"),
        (["a", "b"] * 10, "number", "problem", "not a number"),
    ],
)
def test_what_cannot_be_learned_is_told_at_its_field(target, values, problem, field, words):
    (found,) = find_problems(PredictColumn(target="y", problem=problem), target(values))

    assert (found.field, words in found.message, bool(found.hint)) == (field, True, True)


def test_the_error_names_node_and_field(target):
    with pytest.raises(CanvasError) as caught:
        require_sound(PredictColumn(target="y"), target(["a"] * 20), "node")

    assert (caught.value.where.node, caught.value.where.field) == ("node", "target")
