from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import name_for, source_for
from canvas_app.data.zipped import unzipped


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__dot__", "."), content)
    return path


def test_the_one_file_is_unpacked_under_its_name(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", sales__dot__csv=b"a\n1\n", __dot__DS_Store=b"mark")
    out = unzipped(path, tmp_path / "scratch")

    assert out.name == "sales.csv"
    assert out.read_bytes() == b"a\n1\n"


def test_what_is_no_archive_stays_as_it_is(tmp_path: Path) -> None:
    assert unzipped(tmp_path / "a.csv", tmp_path) == tmp_path / "a.csv"


def test_a_member_is_never_written_outside_the_scratch_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("../../evil.csv", "a\n1\n")
    out = unzipped(tmp_path / "a.zip", tmp_path / "scratch")

    assert out.is_relative_to(tmp_path / "scratch")


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, "there is no file in it"),
        ({"a": b"1", "b": b"2", "c": b"3", "d": b"4"}, "several files: a, b, c and 1 more"),
        ({"a": b"0" * 150_000_000}, "would unpack to 150 MB"),
    ],
)
def test_another_archive_is_refused_in_words(tmp_path: Path, members: dict[str, bytes], said: str) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        unzipped(archive(tmp_path / "a.zip", **members), tmp_path / "scratch")
    assert caught.value.hint


@pytest.mark.parametrize("cut", [3, 40, 200])
def test_a_broken_archive_is_refused_in_words(tmp_path: Path, cut: int) -> None:
    path = archive(tmp_path / "a.zip", a=bytes(range(256)) * 20)
    path.write_bytes(path.read_bytes()[:cut])

    with pytest.raises(CanvasError, match="is broken"):
        unzipped(path, tmp_path / "scratch")


def test_a_table_in_an_archive_is_imported(engine: Engine, tmp_path: Path) -> None:
    path = archive(tmp_path / "sales.csv.zip", sales__dot__csv=b"a,b\n1,x\n2,y\n")
    source = source_for(path)

    assert engine.fetch(source.scan(engine).table).to_pydict() == {"a": [1, 2], "b": ["x", "y"]}
    assert name_for(path) == "sales"
    assert source.fingerprint() == source_for(path).fingerprint()
