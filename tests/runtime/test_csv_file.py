"""CSV is read as it was meant, and its columns are called as they are when it is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.data.dialect import unique_names as imported
from canvas_app.runtime.csv_file import csv_tables, unique_names


def read(path: Path) -> dict[str, list[str | None]]:
    (table,) = csv_tables(path, 100)
    return table.to_pydict()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_sign_may_part_the_values(tmp_path: Path, sign: str):
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(sign.join(row) for row in (["a", "b"], ["1", "x y"], ["2", "z"])) + "\n")

    assert read(path) == {"a": ["1", "2"], "b": ["x y", "z"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str):
    path = tmp_path / "rows.csv"
    path.write_text("name,city\nJosé,Köln\nAnna,Málaga\n", encoding)

    assert read(path) == {"name": ["José", "Anna"], "city": ["Köln", "Málaga"]}


def test_signs_in_the_name_of_the_file_mean_themselves(tmp_path: Path):
    path = tmp_path / "it's [1] *.csv"
    path.write_text("a,b\n1,2\n")

    assert read(path) == {"a": ["1"], "b": ["2"]}


def test_text_columns_alone_still_have_a_header(tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text("first,last\nAda,Lovelace\nAlan,Turing\n")

    assert list(read(path)) == ["first", "last"]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (["a", "b"], ("a", "b")),
        (["a", "A", "a_2", "a"], ("a", "A_3", "a_2", "a_4")),
        ([None, "x", ""], ("column_1", "x", "column_3")),
        ([None, "column_1"], ("column_2", "column_1")),
    ],
)
def test_names_are_made_unique_as_an_import_makes_them(raw: list[str | None], names: tuple[str, ...]):
    assert unique_names(raw) == imported(raw)[0] == names
