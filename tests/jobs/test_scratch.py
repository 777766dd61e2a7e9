"""Passing files say whose they are: what a killed process left goes, what a living one uses stays."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.jobs.scratch import clear_dead_scratch, discard, hidden_beside, new_scratch, scratch

LEAVER = """
import sys
from canvas_app.jobs.pool import Pool
from canvas_app.jobs.scratch import new_scratch
pool = Pool(1)
pool.warm()
print(new_scratch("build"), pool.place(0).parent, sep="\\n", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test alone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def other(temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process of the application, with passing files of every sort."""
    command = [sys.executable, "-c", LEAVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def folders_of(process: subprocess.Popen[str]) -> list[Path]:
    assert process.stdout is not None
    return [Path(process.stdout.readline().strip()) for _ in range(2)]


def test_what_a_killed_process_left_is_cleared_away(other: subprocess.Popen[str], temporary: Path) -> None:
    left = folders_of(other)
    other.kill()
    other.wait()
    assert [folder.parent for folder in left if folder.is_dir()] == [temporary] * 2
    clear_dead_scratch()

    assert list(temporary.iterdir()) == []


def test_what_a_living_process_uses_stays(other: subprocess.Popen[str], temporary: Path) -> None:
    used = [*folders_of(other), new_scratch("engine")]
    clear_dead_scratch()

    assert [folder for folder in used if not folder.is_dir()] == []


def test_folders_that_say_nothing_of_a_process_stay(temporary: Path) -> None:
    for name in ("canvas-app-errand-x1", "canvas-app-", "somebody-99999999-x"):
        (temporary / name).mkdir()
    clear_dead_scratch()

    assert len(list(temporary.iterdir())) == 3


def test_a_folder_goes_with_the_work_that_it_was_made_for(temporary: Path) -> None:
    def fail() -> None:
        with scratch("build") as folder:
            (folder / "half.bin").write_bytes(b"half")
            raise CanvasError("It went badly.")

    with pytest.raises(CanvasError, match="badly"):
        fail()
    assert list(temporary.iterdir()) == []


def test_what_is_built_beside_its_place_goes_with_the_folder(temporary: Path) -> None:
    folder = new_scratch("copy")
    hidden = hidden_beside(temporary / "elsewhere" / "study", folder)
    hidden.mkdir(parents=True)
    (hidden / "half.bin").write_bytes(b"half")
    discard(folder)

    assert (hidden.parent, list(hidden.parent.iterdir())) == (temporary / "elsewhere", [])
    assert not folder.exists()


def test_a_note_removes_nothing_but_what_bears_its_name(temporary: Path) -> None:
    folder, theirs = new_scratch("copy"), temporary / "theirs"
    theirs.mkdir()
    note = hidden_beside(theirs, folder)
    (folder / "beside.txt").write_text(str(theirs))
    discard(folder)

    assert theirs.is_dir()
    assert note.name not in [path.name for path in temporary.iterdir()]


def test_it_may_lie_elsewhere(tmp_path: Path) -> None:
    folder = new_scratch("engine", tmp_path / "on another disk")

    assert folder.parent == tmp_path / "on another disk"
    assert folder.is_dir()
