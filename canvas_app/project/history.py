"""Undo by remembering what was, which is safe because what was never changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

D = TypeVar("D")

LIMIT = 1000
"""How many moments are kept, here and on disk."""


@dataclass(frozen=True)
class Moment(Generic[D]):
    """A document, and the edit that led to it. ``recall`` gives it from memory or from disk."""

    label: str
    gesture: str | None
    recall: Callable[[], D]


class History(Generic[D]):
    """The moments of a document in their order, and where among them it stands."""

    def __init__(self, moments: Sequence[Moment[D]], at: int = -1) -> None:
        self._moments = list(moments)
        self._at = at % len(self._moments)
        self._gesture: str | None = None
        self.document: D = self._moments[self._at].recall()

    @classmethod
    def of(cls, document: D) -> History[D]:
        """A history that begins with this document."""
        return cls([Moment("", None, lambda: document)])

    @property
    def at(self) -> int:
        """How many moments lie before the present one."""
        return self._at

    @property
    def undo_label(self) -> str | None:
        """The edit that ``undo`` would take back, if there is one."""
        return self._moments[self._at].label if self._at > 0 else None

    @property
    def redo_label(self) -> str | None:
        """The edit that ``redo`` would do again, if there is one."""
        return self._moments[self._at + 1].label if self._at + 1 < len(self._moments) else None

    def continues(self, gesture: str | None) -> bool:
        """Whether an edit of that gesture becomes one with the last edit."""
        return gesture is not None and gesture == self._gesture

    def do(self, label: str, document: D, *, gesture: str | None = None) -> None:
        """Move on to ``document``. Edits of one ``gesture``, such as a drag, undo as one."""
        if self.continues(gesture):
            label = self._moments[self._at].label
            self._moments[self._at :] = [Moment(label, gesture, lambda: document)]
        else:
            self._moments[self._at + 1 :] = [Moment(label, gesture, lambda: document)]
            del self._moments[: -LIMIT - 1]
        self._at = len(self._moments) - 1
        self._gesture = gesture
        self.document = document

    def undo(self) -> bool:
        """Go back by one edit; False when there is none."""
        return self._go(self._at - 1)

    def redo(self) -> bool:
        """Go forward again by one edit; False when there is none."""
        return self._go(self._at + 1)

    def _go(self, at: int) -> bool:
        if not 0 <= at < len(self._moments):
            return False
        self.document = self._moments[at].recall()
        self._at = at
        self._gesture = None
        return True
