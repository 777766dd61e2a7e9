"""A span of time as people write it: 60s, 2m, 1h."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import typer

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h)?")


def seconds_of(text: str) -> float:
    """The seconds that a text such as ``2m`` stands for; raises ``typer.BadParameter``."""
    match = _SPAN.fullmatch(text.strip().lower())
    if not match or float(match[1]) <= 0:
        raise typer.BadParameter("Write a time such as 60s, 2m or 1h.", param_hint="--budget")
    return float(match[1]) * _UNITS[match[2] or ""]


def seconds_since_start() -> float:
    """How long this process has been running, its own start-up included."""
    import psutil

    return max(0.0, time.time() - float(psutil.Process().create_time()))


@dataclass(frozen=True)
class Deadline:
    """When a build must be over, start-up and export included; without a budget it never is."""

    at: float | None
    """On the monotonic clock."""

    @classmethod
    def of_this_process(cls, budget: float | None) -> Deadline:
        """So many seconds after this process began."""
        return cls(None if budget is None else time.monotonic() - seconds_since_start() + budget)

    def left(self, reserve: float = 0.0) -> float | None:
        """The seconds that are left, but for those kept in reserve; None for as many as it takes."""
        return None if self.at is None else max(0.0, self.at - time.monotonic() - reserve)
