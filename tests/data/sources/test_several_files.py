from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import source_for
from canvas_app.data.sources.several_files import SeveralFiles


@pytest.fixture
def months(tmp_path: Path) -> Path:
    folder = tmp_path / "months"
    folder.mkdir()
    (folder / "jan.csv").write_text("day,sold\n1,10\n2,20\n")
    (folder / "feb.csv").write_text("sold;day;note\n5;1;sunny\n")
    return folder


def of(*paths: Path, **values: str) -> SeveralFiles:
    return SeveralFiles(paths=tuple(str(path) for path in paths), **values)


def test_files_are_one_table_matched_by_the_names_of_columns(engine: Engine, months: Path) -> None:
    scan = of(months / "jan.csv", months / "feb.csv").scan(engine)

    assert engine.fetch(scan.table).to_pydict() == {
        "file": ["jan.csv", "jan.csv", "feb.csv"],
        "day": [1, 2, 1],
        "sold": [10, 20, 5],
        "note": [None, None, "sunny"],
    }
    assert scan.notes == (
        "2 files were read as one table.",
        "note is missing in jan.csv: its rows are blank there.",
    )


def test_a_folder_of_text_files_is_one_table(engine: Engine, months: Path) -> None:
    source = source_for(months)

    assert isinstance(source, SeveralFiles)
    assert source.table_name() == "months"
    assert engine.count(source.scan(engine, quick=True).table) == 3


def test_a_pattern_names_the_files(engine: Engine, months: Path) -> None:
    source = source_for(months / "j*.csv")

    assert source.table_name() == "j"
    assert engine.fetch(source.scan(engine).table)["file"].to_pylist() == ["jan.csv", "jan.csv"]


def test_the_column_of_the_files_names_can_be_left_out(engine: Engine, months: Path) -> None:
    assert of(months, name_column="").scan(engine).table.columns == ("sold", "day", "note")


def test_the_column_of_the_files_names_gives_way_to_one_that_is_there(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("File\n1\n")
    scan = of(tmp_path / "a.csv").scan(engine)

    assert scan.table.columns == ("file_2", "File")
    assert scan.found == {"name_column": "file_2"}
    assert "There is a column file already: the files' names are in file_2." in scan.notes


def test_a_column_of_two_types_takes_the_wider_one(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.csv").write_text("x\nmany\n")
    scan = of(tmp_path / "a.csv", tmp_path / "b.csv").scan(engine)

    assert engine.fetch(scan.table)["x"].to_pylist() == ["1", "many"]
    assert (
        "x has several types: whole number in a.csv; text in b.csv. The widest of them was taken."
        in scan.notes
    )


def test_files_of_the_same_name_are_told_apart_by_their_folders(engine: Engine, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text("x\n1\n")
    scan = of(tmp_path / "one" / "a.csv", tmp_path / "two" / "a.csv").scan(engine)

    assert engine.fetch(scan.table)["file"].to_pylist() == ["one/a.csv", "two/a.csv"]


def test_rows_that_do_not_fit_are_kept_with_the_name_of_their_file(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" + "1,2\n" * 50_000 + "1,2,3\n")
    (tmp_path / "b.csv").write_text("a,b\n" + "1,2\n" * 50_000 + '1,2,"x\n')
    scan = of(tmp_path / "a.csv", tmp_path / "b.csv").scan(engine)

    assert scan.rejected is not None
    lines = scan.rejected.read_text().splitlines()
    assert lines[0] == "line,reason,content,file"
    assert lines[1].endswith(",a.csv")


def test_many_files_are_read_in_steps(engine: Engine, tmp_path: Path) -> None:
    for place in range(120):
        (tmp_path / f"{place:03}.csv").write_text(f"x\n{place}\n")
    table = of(tmp_path / "*.csv").scan(engine, quick=True).table

    assert engine.fetch(table)["x"].to_pylist() == list(range(120))


def test_a_file_that_is_missing_is_named(engine: Engine, months: Path) -> None:
    with pytest.raises(CanvasError, match=r"gone\.csv"):
        of(months / "jan.csv", months / "gone.csv").scan(engine)


def test_without_files_it_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(CanvasError, match="There are no files to read"):
        SeveralFiles().scan(engine)


@pytest.mark.parametrize(
    ("names", "called"), [(("sales 1.csv", "sales 2.csv"), "sales"), (("a.csv", "b.csv"), "data")]
)
def test_the_table_is_called_what_the_files_have_in_common(names: tuple[str, ...], called: str) -> None:
    assert of(*(Path("/data") / name for name in names)).table_name() == called


def test_each_file_is_read_with_the_options_that_are_given(engine: Engine, months: Path) -> None:
    source = of(months / "jan.csv")
    source = source.like(source.one().changed(header="none"))

    assert source.each == '{"header": "none"}'
    assert engine.count(source.scan(engine).table) == 3
    assert source.like(source_for(months / "jan.csv")).each == ""


@pytest.mark.parametrize("each", ["header", "[1]"])
def test_options_that_are_no_json_are_told(engine: Engine, months: Path, each: str) -> None:
    with pytest.raises(CanvasError, match="are not JSON"):
        of(months / "jan.csv", each=each).scan(engine)
