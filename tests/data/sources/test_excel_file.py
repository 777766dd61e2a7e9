from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import source_for
from canvas_app.data.sources.excel_file import ExcelFile


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("2019", "2020"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["city", "sold"])
            sheet.write_row(1, 0, ["Rome", int(name)])
            sheet.write_row(2, 0, ["Oslo", 2])
    return path


def test_the_table_is_found_and_told(engine: Engine, book: Path) -> None:
    found = ExcelFile(path=str(book)).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {"city": ["Rome", "Oslo"], "sold": [2019, 2]}
    assert found.notes == ("The workbook has 2 sheets: “2019” was read.",)
    assert found.found == {"sheet": "2019", "range": "A1:B3", "header": "1", "sheets": ["2019", "2020"]}


def test_what_was_found_can_be_given(engine: Engine, book: Path) -> None:
    found = ExcelFile(path=str(book), sheet="2020", range="A1:B2", header="none").scan(engine)

    assert engine.fetch(found.table).to_pydict() == {
        "column_1": ["city", "Rome"],
        "column_2": ["sold", "2020"],
    }


def test_all_sheets_become_one_table(engine: Engine, book: Path) -> None:
    found = ExcelFile(path=str(book), every_sheet=True).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {
        "sheet": ["2019", "2019", "2020", "2020"],
        "city": ["Rome", "Oslo"] * 2,
        "sold": [2019, 2, 2020, 2],
    }


def test_a_workbook_is_known_by_its_parts(book: Path, tmp_path: Path) -> None:
    renamed = book.rename(tmp_path / "book.csv")
    source = source_for(renamed)

    assert isinstance(source, ExcelFile)
    assert source.doubt() == "The file's name ends in .csv, but it holds Excel: it was read as that."


def test_what_the_process_refuses_is_told(engine: Engine, book: Path) -> None:
    with pytest.raises(CanvasError, match=r"has no sheet “2021”.*2019, 2020"):
        ExcelFile(path=str(book), sheet="2021").scan(engine)
