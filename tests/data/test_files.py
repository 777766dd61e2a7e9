from __future__ import annotations

import errno
from pathlib import Path
from typing import BinaryIO

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data import files


def test_a_file_appears_whole_and_leaves_no_temporary_behind(tmp_path: Path) -> None:
    files.write_atomically(tmp_path / "new" / "a.bin", lambda file: file.write(b"abc") and None)

    assert (tmp_path / "new" / "a.bin").read_bytes() == b"abc"
    assert [item.name for item in (tmp_path / "new").iterdir()] == ["a.bin"]


def test_a_write_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def fill_the_disk(file: BinaryIO) -> None:
        file.write(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CanvasError, match=r"is full.*Free some space"):
        files.write_atomically(path, fill_the_disk)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    error = files.error_about(tmp_path / "a.csv", PermissionError(errno.EROFS, "Read-only file system"))

    assert "a.csv" in error.message
    assert "Choose another folder" in error.hint


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (FileNotFoundError(errno.ENOENT, ""), "There is no file"),
        (IsADirectoryError(errno.EISDIR, ""), "is a folder"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_other_errors_say_what_happened(tmp_path: Path, raised: OSError, said: str) -> None:
    assert said in files.error_about(tmp_path / "a", raised).message


def test_too_little_space_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"needs .* TB, and .* are left"):
        files.require_space(tmp_path / "not" / "yet", 10**18)


def test_enough_space_passes(tmp_path: Path) -> None:
    assert files.require_space(tmp_path, 1) is None


def test_a_folder_has_the_same_hash_wherever_it_lies(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "sub").mkdir(parents=True)
        (tmp_path / place / "sub" / "a").write_bytes(b"1")
    before = files.sha256_of_folder(tmp_path / "one")

    assert files.sha256_of_folder(tmp_path / "two") == before
    (tmp_path / "two" / "sub" / "a").rename(tmp_path / "two" / "sub" / "b")
    assert files.sha256_of_folder(tmp_path / "two") != before


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (8_200, "8 KB"), (5_300_000, "5.3 MB"), (31_000_000, "31 MB")]
)
def test_sizes_are_told_in_words(size: int, words: str) -> None:
    assert files.size_in_words(size) == words
