"""A report for one part of the work, which speaks of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from canvas_app.base.unit import Json
from canvas_app.jobs.job import Report


@dataclass(frozen=True)
class Part:
    """From one share of the whole to another; a part whose length is unknown stays at its start."""

    whole: Report
    start: float
    end: float
    note: str = ""
    """What is said of this part, whatever it says itself."""

    @classmethod
    def of(cls, whole: Report, at: int, count: int) -> Part:
        """One of so many parts of equal length."""
        return cls(whole, at / count, (at + 1) / count)

    @property
    def enough(self) -> bool:
        """As the whole says."""
        return self.whole.enough

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Say it in the whole's scale."""
        self.whole(self.start + (self.end - self.start) * max(done, 0.0), self.note or note, found)


class Furthest:
    """A report for the beginning of the work, up to ``end``, which remembers how far that came."""

    def __init__(self, whole: Report, end: float) -> None:
        self.share = 0.0
        self._whole = whole
        self._end = end

    @property
    def enough(self) -> bool:
        """As the whole says."""
        return self._whole.enough

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Say it in the whole's scale; what is unknown stays so until something is known."""
        self.share = max(self.share, self._end * min(done, 1.0))
        self._whole(self.share if done >= 0 or self.share else -1.0, note, found)
