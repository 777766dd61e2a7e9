"""The mark of this installation can't be made by others, nor read off its files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from canvas_app.bundle.mark import is_marked, mark


def test_the_same_installation_knows_its_mark():
    assert is_marked(b"content", mark(b"content"))
    assert not is_marked(b"other", mark(b"content"))
    assert not is_marked(b"content", "é")


def test_looking_for_a_mark_makes_no_key(own_home: Path):
    assert not is_marked(b"content", "0" * 64)
    assert list(own_home.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="file modes of POSIX")
def test_the_key_is_for_its_person_alone(own_home: Path):
    mark(b"content")
    (key,) = own_home.iterdir()

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) == 32
