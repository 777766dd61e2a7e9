"""Where this installation keeps what belongs to the person: settings, recent projects, its key."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder, made on first use for this person alone; ``CANVAS_APP_HOME`` names another."""
    chosen = os.environ.get("CANVAS_APP_HOME")
    folder = Path(chosen) if chosen else _usual()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _usual() -> Path:
    from platformdirs import user_config_path

    return user_config_path("canvas-app", appauthor=False)
