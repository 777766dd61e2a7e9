"""The projects of before as Home shows them: what their flow looks like, how good their best model is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canvas_app.flow.flow import Flow


@dataclass(frozen=True)
class Known:
    """A project that was open before."""

    folder: Path
    name: str
    flow: Flow | None = None
    facts: str = ""
    """Its best model in words."""
    missing: bool = False


def known_projects() -> tuple[Known, ...]:
    """The projects of before, the latest first."""
    return ()


def forget_project(folder: Path) -> None:
    """Take a project off the list."""
