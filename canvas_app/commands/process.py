"""The process that a command runs in, and what it may do to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer


@dataclass(frozen=True)
class Process:
    """What a command knows about its process: the ``obj`` of its context."""

    alone: bool
    """Whether the process was started for the command, and ends with it."""


def keep_lean(context: typer.Context, bundle: Path) -> None:
    """Keep out what answering doesn't need, where nothing else in this process could need it later."""
    if isinstance(context.obj, Process) and context.obj.alone:
        from canvas_app.runtime.lean import keep_out

        keep_out(bundle)
