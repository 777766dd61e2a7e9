"""One writer at a time; a dead one's lock is no obstacle."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.project.lock import NAME, Held, Lock


def test_a_second_taker_is_told_who_has_it(tmp_path: Path) -> None:
    lock = Lock.take(tmp_path)
    with pytest.raises(Held) as refused:
        Lock.take(tmp_path)
    lock.release()

    assert f"process {os.getpid()}" in refused.value.holder
    assert "look at it" in refused.value.hint


def test_a_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    Lock.take(tmp_path).release()
    with Lock.held(tmp_path):
        assert json.loads((tmp_path / NAME).read_text())["pid"] == os.getpid()
    assert (tmp_path / NAME).read_text() == ""


def test_of_many_who_want_it_at_once_exactly_one_has_it(tmp_path: Path) -> None:
    def take(_: int) -> Lock | None:
        try:
            return Lock.take(tmp_path)
        except Held:
            return None

    with ThreadPoolExecutor(16) as threads:
        locks = [lock for lock in threads.map(take, range(64)) if lock is not None]
    for lock in locks:
        lock.release()

    assert len(locks) == 1


def test_the_lock_of_a_process_that_was_killed_is_cleared(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from canvas_app.project.lock import Lock\n"
        "lock = Lock.take(Path(sys.argv[1])); print('taken', flush=True); time.sleep(100)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "taken\n"
        with pytest.raises(Held, match=f"process {other.pid}"):
            Lock.take(tmp_path)
        other.kill()
    left = (tmp_path / NAME).read_text()
    Lock.take(tmp_path).release()

    assert str(other.pid) in left


def test_another_computers_lock_is_believed_and_the_way_out_is_told(tmp_path: Path) -> None:
    saved = {"pid": 1, "host": "elsewhere", "user": "ada", "since": "2026-11-01T10:00:00+00:00"}
    (tmp_path / NAME).write_text(json.dumps(saved))

    with pytest.raises(Held, match="ada on elsewhere") as refused:
        Lock.take(tmp_path)
    assert f"delete {tmp_path / NAME}" in refused.value.hint


def test_a_lock_file_full_of_nonsense_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\x00 nonsense")
    Lock.take(tmp_path).release()

    assert socket.gethostname() not in (tmp_path / NAME).read_text()


def test_a_folder_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=NAME):
        Lock.take(tmp_path / "nowhere")
