"""Without a display, the command that opens the window says so in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from canvas_app.commands.display import has_display

LINUX = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="always has a display")


@LINUX
def test_a_window_without_a_display_is_2_with_what_to_do(tmp_path: Path):
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
    without = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        [sys.executable, "-m", "canvas_app"],
        capture_output=True,
        text=True,
        check=False,
        env={**without, "CANVAS_APP_HOME": str(tmp_path)},
    )

    assert done.returncode == 2
    assert done.stderr.startswith("There is no display")
    assert "canvas-app errand" in done.stderr
    assert "--help" in done.stderr


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-1"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_what_the_environment_names(environment: dict[str, str], platform: str, there: bool):
    assert has_display(environment, platform) is there


def test_a_desktop_that_names_no_display_is_found_by_its_socket(tmp_path: Path):
    (tmp_path / "wayland-0").touch()

    assert has_display({"XDG_RUNTIME_DIR": str(tmp_path)}, "linux")
