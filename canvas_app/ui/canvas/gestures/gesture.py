"""What a gesture is: something a person does with the pointer, from press to release."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from PySide6.QtCore import QPoint, QPointF

from canvas_app.flow.flow import Link, NodeId
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.offers import Offer
from canvas_app.ui.canvas.scene import FlowScene


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is."""

    at: QPointF
    """On the canvas."""
    on_view: QPoint = field(default_factory=QPoint)
    """In pixels of the view."""
    adding: bool = False
    """Whether Shift or Ctrl is held, which adds to the selection."""


@dataclass(frozen=True)
class Search:
    """A wish to be offered what can be added at a place."""

    at: QPointF
    text: str = ""
    side: str = ""
    """``out``: a link leaves the output of ``node``; ``in``: one arrives at its input ``port``."""
    node: NodeId | None = None
    port: int = 0
    link: Link | None = None
    """What is added goes between the ends of this link."""


class Stage(Protocol):
    """What a gesture may use of the canvas."""

    @property
    def graph(self) -> FlowScene:
        """The items."""
        ...

    @property
    def desk(self) -> Desk:
        """Where edits go."""
        ...

    def hint(self, words: str) -> None:
        """Show words by the pointer, or none."""
        ...

    def search(self, search: Search) -> None:
        """Offer what can be added."""
        ...

    def pan(self, by: QPoint) -> None:
        """Move the canvas by pixels of the view."""
        ...

    def offered(self, key: str) -> Offer | None:
        """What is dragged, by its key."""
        ...


class Gesture:
    """Base of all gestures; one is under way at a time, and Esc cancels it."""

    follows_edge: ClassVar[bool] = True
    """Whether what lies beyond a border comes into sight while the pointer is near it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def looking(self) -> Gesture | None:
        """What is done in its place where one may only look; nothing in that of a gesture that edits."""
        return None

    def begin(self, pointer: Pointer) -> None:
        """The button went down, or the drag came in."""

    def move(self, pointer: Pointer) -> None:
        """The pointer moved."""

    def end(self, pointer: Pointer) -> None:
        """The button was let go: do it."""

    def cancel(self) -> None:
        """Leave everything as it was."""
