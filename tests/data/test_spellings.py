"""Texts that mean the same are brought together."""

import pytest

from canvas_app.data.spellings import plain, spellings


@pytest.mark.parametrize("text", ["São  Paulo", "sao paulo", "SAO-PAULO", " São_Paulo."])
def test_capitals_accents_signs_and_spaces_count_for_nothing(text):
    assert plain(text) == "sao paulo"


@pytest.mark.parametrize("slip", ["Hambrug", "Hamburrg", "Hamurg"])
def test_a_slip_gives_way_to_a_far_more_frequent_word(slip):
    assert spellings({"Hamburg": 50, slip: 2, "Bremen": 40}) == {slip: "Hamburg"}


@pytest.mark.parametrize("other", ["Homburg", "Marburg", "Hamburg 2", "Ham"])
def test_another_word_is_no_slip(other):
    assert spellings({"Hamburg": 50, other: 2}) == {}


def test_words_of_equal_weight_are_left_alone():
    assert spellings({"Hamburg": 50, "Hambrug": 40}) == {}
