"""The best are compared on rows that they have not seen, as many of them as there is time for."""

import time

import numpy as np
import pytest

from canvas_app.training.entry import Entry, finalists
from canvas_app.training.model_type import Rows, Task
from canvas_app.training.runoff import FOLDS, MOST_ROWS, compare, reserved

TASK = Task("two-categories", 2, 0, 1)


def entry(kind, loss, number=1, **settings):
    return Entry(kind, 1 - loss, loss, 1.0, 100, settings, number, "search")


def table(rows=300):
    made = np.random.default_rng(0)
    features = made.normal(size=(rows, 3)).astype(np.float32)
    return Rows(features, (features[:, 0] + 0.3 * made.normal(size=rows) > 0).astype(int))


@pytest.fixture
def compared(tmp_path):
    def compared(asked, until=None):
        told = []
        compare(TASK, asked, lambda unit: table(), tmp_path, told.append, until)
        return [news["compared"] for news in told]

    return compared


def test_each_family_sends_its_best_and_none_comes_twice():
    entries = [entry("a", 0.3, 1, x=1), entry("a", 0.1, 2, x=2), entry("a", 0.1, 3, x=2), entry("b", 0.2, 4)]
    blind = Entry("constant", 0.5, 0.5, 0.0, 100, {})

    assert [item.number for item in finalists([*entries, blind])] == [2, 4, 1]


def test_no_more_are_compared_than_there_is_use_in():
    assert len(finalists([entry("a", at / 100, at, x=at) for at in range(50)])) == 7


def test_scores_are_those_of_rows_that_were_not_learned_from(compared):
    trees = {"kind": "extra_trees", "settings": {"n_estimators": 20}}
    linear = {"kind": "linear_model", "settings": {"C": 1.0}}
    first, second = compared([trees, linear])

    assert (first["at"], second["at"]) == (0, 1)
    assert 0.85 < first["score"] < 1  # extra trees know by heart what they have seen: that would be 1
    assert second["score"] == pytest.approx(0.96, abs=0.04)


def test_what_there_is_no_time_for_is_left_out(compared):
    assert compared([{"kind": "linear_model", "settings": {"C": 1.0}}], time.monotonic() - 1) == []


def test_time_is_kept_for_it_where_rows_are_few_and_no_more_than_a_part():
    entries = [entry("a", 0.1), entry("b", 0.2)]

    assert reserved(entries, 100, 1e6) == pytest.approx(1 + FOLDS * 2 * 0.8)
    assert reserved(entries, 100, 10) == pytest.approx(4)
    assert reserved(entries, MOST_ROWS + 1, 10) == 0
