"""A banner tells every failure, and lets go of notes whose time is over."""

from __future__ import annotations

import pytest

from canvas_app.ui.banner import Banner


@pytest.fixture
def banner(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def test_failures_in_a_row_are_all_told(banner):
    for name in ("a", "b", "c", "c"):
        banner.add_failure(f"{name}.csv is empty.")

    assert banner.text().splitlines() == ["a.csv is empty.", "b.csv is empty.", "c.csv is empty."]


def test_more_failures_than_fit_are_counted(banner):
    for number in range(5):
        banner.add_failure(f"File {number} is empty.")

    assert banner.text().splitlines()[0] == "2 earlier failures: see the list of jobs."
    assert len(banner.text().splitlines()) == 4


def test_failures_that_were_put_away_stay_away(banner):
    banner.add_failure("One")
    banner.put_away()
    banner.add_failure("Two")

    assert banner.text() == "Two"


@pytest.mark.parametrize(
    ("severity", "left"), [("good", ""), ("note", ""), ("warning", "W"), ("problem", "W")]
)
def test_a_note_goes_when_its_state_is_over_and_a_problem_stays(banner, severity, left):
    banner.show_words("W", severity)
    banner.move_on()

    assert banner.text() == left
