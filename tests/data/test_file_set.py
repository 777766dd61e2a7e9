from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.file_set import files_of, fingerprint_of, is_many, is_pattern, root_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.csv", "a.csv", "in/c.csv", ".hidden.csv", "_SUCCESS", "in/.a.csv.crc", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def names(path: Path, folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in files_of(path)]


def test_a_folder_means_all_its_files_but_what_tools_leave_there(folder: Path) -> None:
    assert names(folder, folder) == ["a.csv", "b.csv", "d.txt", "in/c.csv"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.csv", ["a.csv", "b.csv"]),
        ("**/*.csv", ["a.csv", "b.csv", "in/c.csv"]),
        ("[ab].csv", ["a.csv", "b.csv"]),
    ],
)
def test_a_pattern_means_the_files_that_fit(folder: Path, pattern: str, found: list[str]) -> None:
    assert names(folder / pattern, folder) == found
    assert root_of(folder / pattern) == folder


def test_a_file_whose_name_has_brackets_is_meant_itself(folder: Path) -> None:
    (folder / "x [1].csv").write_text("x")

    assert not is_pattern(folder / "x [1].csv")
    assert files_of(folder / "x [1].csv") == (folder / "x [1].csv",)


@pytest.mark.parametrize("nothing", ["*.json", "in/*.txt"])
def test_where_nothing_fits_it_is_said(folder: Path, nothing: str) -> None:
    assert is_many(folder / nothing)
    with pytest.raises(CanvasError, match="No file fits"):
        files_of(folder / nothing)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="There are no files in"):
        files_of(tmp_path)


def test_the_fingerprint_follows_names_and_bytes_but_not_the_place(folder: Path, tmp_path: Path) -> None:
    before = fingerprint_of(files_of(folder / "*.csv"), folder)
    moved = tmp_path.parent / "moved"
    moved.mkdir(exist_ok=True)
    for name in ("a.csv", "b.csv"):
        (moved / name).write_text(name)

    assert fingerprint_of(files_of(moved / "*.csv"), moved) == before
    (moved / "a.csv").write_text("other")
    assert fingerprint_of(files_of(moved / "*.csv"), moved) != before
