"""What belongs to the person lies in a folder of its own, for this person alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from canvas_app.base.home import home


def test_the_folder_can_be_named_and_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_APP_HOME", str(tmp_path / "new" / "home"))

    assert home() == tmp_path / "new" / "home"
    assert home().is_dir()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a person's folders apart by itself")
def test_nobody_else_may_look_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_APP_HOME", str(tmp_path / "home"))

    assert stat.S_IMODE(home().stat().st_mode) == 0o700
