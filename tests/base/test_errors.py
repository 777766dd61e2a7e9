"""Errors and problems say what happened and what to do, in one line where one line is wanted."""

from __future__ import annotations

import pytest

from canvas_app.base.errors import Cancelled, CanvasError, EditError, Problem, UnknownKind, Where


def test_an_error_reads_as_one_line() -> None:
    assert (
        str(CanvasError("There are no rows.", hint="Check the filter."))
        == "There are no rows. Check the filter."
    )
    assert str(CanvasError("There are no rows.")) == "There are no rows."


def test_an_error_without_a_place_has_an_empty_one() -> None:
    assert CanvasError("No.").where == Where()
    assert CanvasError("No.", where=Where("n1", "target")).where == Where("n1", "target")


@pytest.mark.parametrize("kind", [EditError, UnknownKind])
def test_the_special_errors_are_errors(kind: type[CanvasError]) -> None:
    with pytest.raises(CanvasError, match="No"):
        raise kind("No.")


def test_being_stopped_is_no_error() -> None:
    assert not issubclass(Cancelled, CanvasError)


def test_a_problem_reads_as_one_line_and_is_serious_unless_said_otherwise() -> None:
    problem = Problem("Column is empty.", "Fill it in.", field="column")

    assert (problem.text, problem.severity) == ("Column is empty. Fill it in.", "problem")
