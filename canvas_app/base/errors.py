"""What can go wrong, in a person's words.

    CanvasError            something went wrong while running; says what to do
    +-- EditError          an edit that the document can't take
    +-- UnknownKind        a saved unit that this version doesn't know
    Cancelled              a job was asked to stop (no error: never shown)

A ``Problem`` is found before anything runs. It is a value, not an exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Where:
    """The place that a message is about: a node of the flow, a field of its form."""

    node: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Problem:
    """Something found before running, shown at its field or node."""

    message: str
    hint: str = ""
    field: str | None = None
    node: str | None = None
    severity: Literal["problem", "warning"] = "problem"
    open: bool = False
    """Whether nothing is wrong, and something is still to be filled in or linked: told in a calm tone."""

    @property
    def text(self) -> str:
        """What happened and what to do, as one line."""
        return f"{self.message} {self.hint}".strip()


class CanvasError(Exception):
    """Something went wrong while running: what happened, what to do, and where."""

    def __init__(self, message: str, *, hint: str = "", where: Where | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where or Where()

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class EditError(CanvasError):
    """An edit that the document can't take."""


class UnknownKind(CanvasError):
    """A saved unit of a kind that this version doesn't know."""


class Cancelled(Exception):
    """A job was asked to stop; raised by its report, caught where jobs are run."""
