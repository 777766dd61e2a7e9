"""Progress goes to stderr without flooding it, and the result alone to stdout."""

from __future__ import annotations

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.commands.terminal import Terminal, outcome_value
from canvas_app.jobs.job import Crashed, Done, Failed, Stopped


def test_counts_of_the_same_work_are_told_only_now_and_then(capsys: pytest.CaptureFixture[str]):
    terminal = Terminal()
    for n in range(100):
        terminal(n / 100, f"{n} rows answered")
    terminal(0.99, "Writing the file")
    written = capsys.readouterr()

    assert written.err.splitlines() == ["  0% 0 rows answered", " 99% Writing the file"]
    assert written.out == ""


def test_the_result_is_words_or_json(capsys: pytest.CaptureFixture[str]):
    Terminal().result("two rows", rows=2)
    Terminal(as_json=True).result("two rows", rows=2, name="é")

    assert capsys.readouterr().out == 'two rows\n{"rows": 2, "name": "é"}\n'


def test_outcomes_are_values_or_errors():
    assert outcome_value(Done(3)) == 3
    with pytest.raises(CanvasError, match="no rows"):
        outcome_value(Failed("no rows", "add some"))
    with pytest.raises(RuntimeError, match="segfault"):
        outcome_value(Crashed("segfault"))
    with pytest.raises(Cancelled):
        outcome_value(Stopped())


def test_parts_make_one_rising_share_and_no_line_is_without_it(capsys: pytest.CaptureFixture[str]):
    terminal = Terminal()
    with terminal.part(0.0, 0.05):
        terminal(1.0, "Reading rows")
    with terminal.part(0.05, 0.9):
        terminal(0.0, "Learning the features")
        terminal(-1.0, "Searching")
        terminal(1.0, "Built")
    with terminal.part(0.9, 1.0):
        terminal(0.0, "Writing the card")
        terminal(1.0, "Exported")
    lines = capsys.readouterr().err.splitlines()
    shares = [int(line[:4].rstrip("%").strip().rstrip("%")) for line in lines]

    assert shares == [5, 5, 5, 90, 90, 100]
    assert lines[2] == "  5% Searching"
    with terminal.part(0.0, 0.5):
        terminal(0.0, "Opening the model")
    assert capsys.readouterr().err == "  0% Opening the model\n", "other work begins anew"


def test_work_that_gave_its_result_ends_at_all_of_it(capsys: pytest.CaptureFixture[str]):
    terminal = Terminal()
    terminal(0.93, "Checksum of the file")
    terminal.result("12 rows")
    terminal.result("and more")

    assert capsys.readouterr().err == " 93% Checksum of the file\n100% Done\n"


def test_the_end_of_the_same_work_is_told_at_once(capsys: pytest.CaptureFixture[str]):
    terminal = Terminal()
    terminal(0.5, "5 rows answered")
    terminal(1.0, "10 rows answered")
    terminal.result("10 rows")

    assert capsys.readouterr().err == " 50% 5 rows answered\n100% 10 rows answered\n"
