"""Progress is told ten times a second at most, and what was found is never left out."""

from __future__ import annotations

import time
from collections.abc import Mapping

from canvas_app.base.unit import Json

_EVERY = 0.1


class Pace:
    """Decides which of a job's words are passed on."""

    def __init__(self) -> None:
        self._last: float | None = None

    def due(self, found: Mapping[str, Json] | None = None) -> bool:
        """Whether to pass this one on: always if it carries something found, else ten times a second."""
        now = time.monotonic()
        if found is None and self._last is not None and now - self._last < _EVERY:
            return False
        self._last = now
        return True
