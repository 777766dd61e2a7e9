"""Whether there is a display to open a window on: the toolkit itself would only abort."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_NAMED_BY = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET")

NO_DISPLAY = """\
There is no display to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set.
Start canvas-app from a desktop, or connect with ssh -X. All the work can be done without the window:
canvas-app errand walks the whole way with a sample, and canvas-app --help lists every command.
"""


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can open; only systems with X11 or Wayland can be without a display."""
    if platform in ("win32", "darwin"):
        return True
    if any(environment.get(name) for name in _NAMED_BY):
        return True
    running = environment.get("XDG_RUNTIME_DIR")
    return bool(running) and (Path(running or "") / "wayland-0").exists()
