"""What a part says of itself is told of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from canvas_app.jobs.part import Furthest, Part


class Listener:
    """A report that remembers what it was told."""

    def __init__(self) -> None:
        self.enough = False
        self.said: list[tuple[float, str, Any]] = []

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        self.said.append((done, note, found))


def test_a_part_speaks_in_the_scale_of_the_whole() -> None:
    whole = Listener()
    part = Part(whole, 0.4, 0.9)
    part(0.0, "Begin")
    part(0.5, "Middle", {"figure": 1})
    part(1.0)

    assert [note for _, note, _ in whole.said] == ["Begin", "Middle", ""]
    assert [done for done, _, _ in whole.said] == pytest.approx([0.4, 0.65, 0.9])
    assert whole.said[1][2] == {"figure": 1}


def test_a_part_of_unknown_length_stays_at_its_start() -> None:
    whole = Listener()
    Part.of(whole, 1, 4)(-1.0, "Opening")

    assert whole.said == [(0.25, "Opening", None)]


def test_a_part_with_a_note_says_nothing_else_and_parts_have_parts() -> None:
    whole = Listener()
    Part(Part.of(whole, 1, 2), 0.0, 0.5, "Copying")(1.0, "Something")

    assert whole.said == [(0.75, "Copying", None)]


def test_enough_for_the_whole_is_enough_for_its_part() -> None:
    whole = Listener()
    part = Part(whole, 0.0, 1.0)
    before, whole.enough = part.enough, True

    assert (before, part.enough) == (False, True)


def test_a_beginning_remembers_how_far_it_came_and_never_goes_back() -> None:
    whole = Listener()
    begun = Furthest(whole, 0.5)
    begun(-1.0, "Connecting")
    begun(0.8, "Reading")
    begun(-1.0, "Waiting")
    begun(0.2, "Reading")

    assert [done for done, _, _ in whole.said] == pytest.approx([-1.0, 0.4, 0.4, 0.4])
    assert begun.share == pytest.approx(0.4)
    assert not begun.enough
