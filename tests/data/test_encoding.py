"""Text in any encoding becomes UTF-8 to the letter, packed or not."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.data.column_names import unique_names
from canvas_app.data.encoding import as_utf8
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.runtime.csv_file import unique_names as asked
from tests.any_values import LETTERS, quickly

TEXT = "name,città\nJosé,Köln\n" * 9 + "Ünal,Málaga\n"


def read(path: Path, folder: Path, *, whole: bool = True) -> tuple[str, str]:
    """The text as it was understood, and what is told about it."""
    folder.mkdir(exist_ok=True)
    found = as_utf8(path, folder, whole=whole)
    return found.path.read_text("utf-8"), found.note


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
def test_text_of_any_encoding_is_read_and_told(
    tmp_path: Path, encoding: str, shown: str, whole: bool
) -> None:
    (tmp_path / "a.csv").write_bytes(TEXT.encode(encoding))
    text, note = read(tmp_path / "a.csv", tmp_path / "scratch", whole=whole)

    assert text.removeprefix("\ufeff") == TEXT
    assert bool(note) == bool(shown)
    assert shown in note


def test_a_file_in_utf_8_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TEXT, "utf-8")
    (tmp_path / "scratch").mkdir()

    assert as_utf8(tmp_path / "a.csv", tmp_path / "scratch", whole=True).path == tmp_path / "a.csv"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_letters_that_lie_across_two_parts_stay_whole(tmp_path: Path) -> None:
    text = "a,b\n" + "é€,x\n" * 300_000
    for encoding in ("utf-16-le", "cp1252"):
        (tmp_path / "a.csv").write_bytes(text.encode(encoding))
        assert read(tmp_path / "a.csv", tmp_path / "scratch")[0] == text


def test_five_bytes_that_mean_nothing_in_windows_1252_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name,note\n" + b"plain,text\n" * 40 + b"odd,caf\xe9 \x81\n")
    text, _ = read(tmp_path / "a.csv", tmp_path / "scratch")

    assert "café" in text


def test_a_packed_file_of_another_encoding_is_unpacked_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(TEXT.encode("utf-16")))
    text, note = read(tmp_path / "a.csv.gz", tmp_path / "scratch")

    assert text.removeprefix("\ufeff") == TEXT
    assert "UTF-16" in note


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n \t", "is empty"),
        ("a.csv", b"PAR1" + b"x" * 9, "a Parquet file"),
        ("a.csv", b"%PDF-1.7", "a PDF document"),
        ("a.csv", b"SQLite format 3\x00", "a database"),
        ("a.csv", b"\x28\xb5\x2f\xfdxxxx", "a compressed file"),
        ("a.csv", b"a,b\x00\x00\x00\x00\x00\n1,2\n", "bytes that no CSV file has"),
        ("a.csv", bytes(range(1, 32)) * 4, "bytes that no CSV file has"),
        ("a.csv.gz", b"this is not packed", "a.csv.gz"),
    ],
)
def test_what_is_no_text_is_refused_with_a_way_out(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CanvasError) as caught:
        read(tmp_path / name, tmp_path / "scratch")

    assert said in caught.value.message
    assert caught.value.hint


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()

    with pytest.raises(CanvasError, match="is a folder"):
        read(tmp_path / "a.csv", tmp_path / "scratch")


def test_reading_another_encoding_can_be_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    class Stop:
        enough = False

        def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
            raise Cancelled

    (tmp_path / "a.csv").write_bytes(TEXT.encode("utf-16"))
    (tmp_path / "scratch").mkdir()
    with pytest.raises(Cancelled):
        as_utf8(tmp_path / "a.csv", tmp_path / "scratch", whole=True, report=Stop())

    assert list((tmp_path / "scratch").iterdir()) == []


@given(
    st.lists(
        st.one_of(
            st.none(), st.sampled_from(["", "a", "A", "a_2", "column_1", "ü"]), st.text(LETTERS, max_size=4)
        ),
        max_size=12,
    )
)
@quickly(60)
def test_names_become_unique_and_those_that_were_stay(raw: list[str | None]) -> None:
    names, notes = unique_names(raw)
    changed = [at for at, (old, name) in enumerate(zip(raw, names, strict=True)) if old != name]

    assert len({name.lower() for name in names}) == len(names)
    assert all(names)
    assert len(notes) == len(changed)
    assert names == asked(raw)
    for at in changed:
        assert not raw[at] or raw[at].lower() in {name.lower() for name in raw[:at] if name}  # type: ignore[union-attr]


SCHEMA = Schema(
    (
        ColumnInfo("n", "number", "float64"),
        ColumnInfo("w", "whole", "int64"),
        ColumnInfo("s", "text", "string"),
        ColumnInfo("o", "other", "array<int64>"),
    )
)


@pytest.mark.parametrize(
    ("accepts", "names"),
    [("any", ("n", "w", "s", "o")), ("number", ("n", "w")), ("text", ("s",)), ("time", ())],
)
def test_a_field_is_offered_the_columns_that_it_takes(accepts: str, names: tuple[str, ...]) -> None:
    assert SCHEMA.that_fit(accepts) == names


def test_a_column_is_found_by_its_name_alone() -> None:
    assert SCHEMA["w"].type == "whole"
    assert ("w" in SCHEMA, "W" in SCHEMA, len(SCHEMA)) == (True, False, 4)
    with pytest.raises(KeyError):
        SCHEMA["W"]
