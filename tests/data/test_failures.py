"""Whatever the disk does, a file is there whole or not at all, and the reason is told."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import duckdb
import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.data import files
from canvas_app.data.engine import Engine
from canvas_app.data.engine_errors import UnfitRows, first_line, in_words
from canvas_app.data.import_job import ImportJob
from canvas_app.data.source import source_for
from canvas_app.jobs.job import Done, Failed, run_inline


def failing(number: int) -> Callable[..., None]:
    """What the system does where it fails with that number."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def new(file: BinaryIO) -> None:
    file.write(b"new")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is there already, alone in its folder."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    return path


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.open"])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "doesn't allow"),
        (errno.EIO, "can't be read or written"),
    ],
)
def test_a_disk_that_fails_at_any_step_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, said: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(step, failing(number))
        with pytest.raises(CanvasError, match=said) as caught:
            files.write_atomically(old, new)

    assert caught.value.hint
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("raised", [Cancelled(), ValueError("a bug"), KeyboardInterrupt()])
def test_a_write_that_is_broken_off_leaves_the_old_file(old: Path, raised: BaseException) -> None:
    def broken_off(file: BinaryIO) -> None:
        file.write(b"half of it")
        raise raised

    with pytest.raises(type(raised)):
        files.write_atomically(old, broken_off)

    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_a_file_is_replaced_whole(old: Path) -> None:
    files.write_atomically(old, new)

    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("name", ["x" * 250, "ü" * 120, " a .csv", "-rf", "a\nb", "%s{}"])
def test_names_of_any_sort_and_length_can_be_written(tmp_path: Path, name: str) -> None:
    files.write_atomically(tmp_path / name, new)

    assert (tmp_path / name).read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "folder", tmp_path / "file" / "a.bin"):
        with pytest.raises(CanvasError, match=r"file|folder") as caught:
            files.write_atomically(path, new)
        assert caught.value.hint

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_two_writers_of_one_file_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"

    def first(file: BinaryIO) -> None:
        file.write(b"first")
        files.write_atomically(path, new)

    files.write_atomically(path, first)

    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", [Engine.write_parquet, Engine.write_csv], ids=["parquet", "csv"])
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.touch"])
def test_a_table_is_written_whole_or_not_at_all(
    engine: Engine, old: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., int], step: str
) -> None:
    table = engine.from_rows({"a": [1, 2]})
    with monkeypatch.context() as broken:
        broken.setattr(step, failing(errno.ENOSPC))
        with pytest.raises(CanvasError, match="is full"):
            write(engine, table, old)

    assert old.read_bytes() == b"old"
    assert [path.name for path in old.parent.iterdir() if path.is_file()] == ["a.bin"]
    assert write(engine, table, old) == 2


def test_a_table_whose_rows_can_not_be_computed_is_not_written(engine: Engine, old: Path) -> None:
    table = engine.from_rows({"a": ["1", "x"]})
    with pytest.raises(UnfitRows):
        engine.write_parquet(table.mutate(a=table.a.cast("int64")), old)

    assert old.read_bytes() == b"old"


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_an_import_that_fails_at_its_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    job = ImportJob.of(source_for(tmp_path / "a.csv"), tmp_path / "data")
    with monkeypatch.context() as broken:
        broken.setattr(step, failing(errno.ENOSPC))
        outcome = run_inline(job)

    assert isinstance(outcome, Failed)
    assert "is full" in outcome.message
    assert list((tmp_path / "data").iterdir()) == []
    assert isinstance(run_inline(job), Done)


def test_what_was_written_before_a_failure_is_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "k.json"
    files.write_atomically(path, lambda file: file.write(b"1"))
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", failing(errno.EIO))
        with pytest.raises(CanvasError):
            files.write_atomically(path, lambda file: file.write(b"2"))

    assert path.read_bytes() == b"1"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (duckdb.IOException("IO Error: No space left on device"), "is full"),
        (duckdb.OutOfMemoryException("failed to offload data: max_temp_directory_size"), "is full"),
        (duckdb.IOException("Cannot open file: Permission denied"), "doesn't allow"),
        (duckdb.IOException("Cannot open file: Read-only file system"), "doesn't allow"),
        (duckdb.IOException("No files found that match the pattern"), "There is no file"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), "not enough memory"),
        (MemoryError(), "not enough memory"),
        (duckdb.InvalidInputException("No magic bytes found at end of file"), "not a Parquet file"),
        (
            duckdb.ConversionException("Could not convert string 'x' to INT64"),
            "doesn't fit its column's type",
        ),
        (duckdb.OutOfRangeException("Overflow in addition"), "outside of what its type can hold"),
        (duckdb.BinderException("Referenced column not found"), "can't be computed"),
        (duckdb.InternalException("something odd"), "can't be computed"),
        (OSError(errno.EIO, "Input/output error", "b.csv"), "b.csv"),
        (OSError(errno.EIO, "Input/output error"), "scratch folder"),
    ],
)
def test_what_an_engine_raises_is_told_with_what_to_do(error: Exception, said: str) -> None:
    told = in_words(error, None if isinstance(error, OSError) else Path("a.parquet"))

    assert said in told.message
    assert told.hint
    assert "Exception" not in told.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Binder Error: No such column\n\nLINE 1: SELECT", "No such column."),
        ("Conversion Error: Could not convert!", "Could not convert!"),
        ("", "no reason was given."),
        ("   \n", "no reason was given."),
        ("x" * 900, "x" * 300 + "."),
    ],
)
def test_only_the_first_sentence_of_an_engine_is_told(text: str, line: str) -> None:
    assert first_line(text) == line


def test_a_full_disk_is_told_once_more_by_the_name_that_a_person_knows() -> None:
    error = files.NoRoom("/tmp/x/work-17", 2_000_000, 1_000).of("the project Ships")

    assert error.message == "The disk of the project Ships is full. It needs 2.0 MB, and 1 KB are left."
    assert files.NoRoom("here").message == "The disk of here is full."
    assert files.NoRoom("here", 10).message == "The disk of here is full. It needs 10 bytes."


@pytest.mark.parametrize("number", [errno.EDQUOT, errno.ENOSPC])
def test_a_scratch_folder_that_can_not_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("pathlib.Path.mkdir", failing(number))
    monkeypatch.setattr("os.mkdir", failing(number))

    with pytest.raises(CanvasError, match="is full"):
        Engine(scratch=tmp_path / "gone")


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_a_checksum_tells_how_far_it_is(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    told: list[float] = []
    first = files.sha256_of(tmp_path / "a", told.append)

    assert told == sorted(told)
    assert not size or told[-1] == 1.0
    assert files.sha256_of(tmp_path / "a") == first
    with pytest.raises(CanvasError, match="There is no file"):
        files.sha256_of(tmp_path / "b")
