"""Texts are written in one way."""

import pytest

from canvas_app.flow.steps.tidy_text import TidyText

TEXTS = ["  new   york ", "NEW YORK", "", " \u00a0 ", None]


@pytest.mark.parametrize(
    ("letters", "written"),
    [
        ("as they are", ["new york", "NEW YORK", None, None, None]),
        ("small", ["new york", "new york", None, None, None]),
        ("capitals", ["NEW YORK", "NEW YORK", None, None, None]),
        ("first", ["New york", "New york", None, None, None]),
    ],
)
def test_texts_are_tidied(rows, cells, letters, written):
    assert cells(TidyText(columns=["a"], letters=letters).apply(rows(a=TEXTS), {}))["a"] == written


def test_spaces_stay_if_wanted(rows, cells):
    step = TidyText(columns=["a"], letters="capitals", spaces=False, blank=False)

    assert cells(step.apply(rows(a=["  a ", ""]), {}))["a"] == ["  A ", ""]


def test_the_summary_says_how():
    assert TidyText(columns=["a"]).summary() == "a · spaces"
