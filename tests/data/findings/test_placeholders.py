"""Words and numbers that stand for nothing are found."""

import pytest

from canvas_app.data.findings.placeholders import Placeholders


@pytest.mark.parametrize("word", ["?", "N/A", "n/a ", "-", "NULL", " ", "not available", "#DIV/0!"])
def test_words_that_mean_missing(looked, word):
    (found,) = looked(Placeholders(), town=["Ulm", "Bonn", word, word])

    assert found.evidence["values"] == [word]
    assert found.fix.values["replacements"] == [{"value": word, "by": ""}]


@pytest.mark.parametrize("number", [-999, -1, 9999, 99999.0])
def test_numbers_of_nines_far_from_all_others(looked, number):
    (found,) = looked(Placeholders(), age=[20, 30, 40, number, number])

    assert found.evidence["rows"] == 2


def test_numbers_among_the_others_are_what_they_say(looked):
    assert (
        looked(Placeholders(), change=[-3, -2, -1, -1, 0, 1, 5], pay=[900, 999, 999, 1200, 3000, 7, 8]) == []
    )


def test_a_word_that_may_be_an_answer_is_asked_about(looked):
    (found,) = looked(Placeholders(), job=["cook", "nurse", "clerk", "pilot", "smith", "unknown", "unknown"])

    assert found.severity == "low"


def test_a_frequent_answer_is_meant(looked):
    assert looked(Placeholders(), fence=["none", "none", "wood"]) == []
