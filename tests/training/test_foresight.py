"""What a build will be about is said before it is begun."""

import pytest

from canvas_app.data.engine import Engine
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.training.foresight import foresight


@pytest.fixture
def rows():
    with Engine() as engine:
        yield engine.from_rows(
            {
                "left": ["yes", "no"] * 30,
                "town": ["Rome", "Oslo", "Bern"] * 20,
                "price": [float(at) for at in range(60)],
                "code": [0, 1] * 30,
                "same": [1] * 60,
            }
        )


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("left", "The answer will be one of 2 categories: no, yes."),
        ("town", "The answer will be one of 3 categories: Bern, Oslo, Rome."),
        ("price", "The answer will be a number like those from 0 to 59."),
        ("code", "The answer will be one of 2 categories: 0, 1."),
        ("gone", ""),
        ("", ""),
    ],
)
def test_the_kind_of_answer_follows_the_column(rows, target, words):
    assert foresight(rows, PredictColumn(target=target)) == words


def test_what_keeps_it_from_being_learned_is_said(rows):
    assert "same value in every row" in foresight(rows, PredictColumn(target="same"))


def test_what_a_person_chose_counts(rows):
    words = foresight(rows, PredictColumn(target="town", problem="two-categories"))

    assert "not two" in words
