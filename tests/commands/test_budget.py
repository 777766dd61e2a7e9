"""Spans of time are read as people write them, and a budget counts from the start of the process."""

from __future__ import annotations

import pytest
import typer

from canvas_app.commands.budget import Deadline, seconds_of, seconds_since_start


@pytest.mark.parametrize(
    ("text", "seconds"), [("60s", 60), ("2m", 120), ("1h", 3600), ("90", 90), (" 1.5 M ", 90)]
)
def test_spans_of_time(text: str, seconds: float):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "-1s", "soon", "1d", "1m30"])
def test_what_is_no_span_of_time_is_wrong_usage(text: str):
    with pytest.raises(typer.BadParameter, match="60s, 2m or 1h"):
        seconds_of(text)


def test_what_was_spent_before_counts():
    spent = seconds_since_start()
    left = Deadline.of_this_process(1000.0).left(reserve=10.0)

    assert spent > 0
    assert left is not None
    assert left <= 990.0 - spent
    assert Deadline.of_this_process(None).left(reserve=10.0) is None
    assert Deadline.of_this_process(0.0).left() == 0.0
