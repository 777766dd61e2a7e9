"""Tables in workbooks as people make them, read as a person would read them."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.workbooks.decode_job import Decoded, DecodeWorkbook
from canvas_app.jobs.job import Quiet
from tests.data.workbooks.old_workbook import old_workbook

Sheets = dict[str, list[list[Any]]]


def workbook(folder: Path, sheets: Sheets, change: Callable[[Any], None] = lambda book: None) -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        formats = {
            datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime.time: book.add_format({"num_format": "hh:mm:ss"}),
            datetime.timedelta: book.add_format({"num_format": "[h]:mm:ss"}),
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(at, column, value, formats.get(type(value)))
        change(book)
    return path


def read(path: Path, **options: Any) -> Decoded:
    return DecodeWorkbook(str(path), str(path.parent), **options).run(Quiet())


def rows(engine: Engine, found: Decoded) -> list[list[Any]]:
    table = engine.fetch(found.gathered.table(engine))
    return [table.column_names, *(list(row.values()) for row in table.to_pylist())]


def columns(engine: Engine, found: Decoded) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = engine.fetch(found.gathered.table(engine)).to_pydict()
    return values


def test_a_plain_sheet_is_its_table(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"Data": [["name", "age"], ["Ann", 3], ["Bob", 4]]}))

    assert rows(engine, found) == [["name", "age"], ["Ann", 3], ["Bob", 4]]
    assert found.gathered.notes == ()
    assert (found.sheet, found.sheets, found.range, found.header) == ("Data", ("Data",), "A1:B3", "1")


def test_numbers_dates_times_and_switches_keep_their_types(engine: Engine, tmp_path: Path) -> None:
    moment = datetime.datetime(2020, 1, 2, 3, 4, 5)
    values = [1, 1.5, True, moment.date(), moment, moment.time(), "x"]
    names = ["whole", "number", "switch", "date", "moment", "time", "text"]
    found = read(workbook(tmp_path, {"A": [names, values, [2, 2, False, *values[3:]]]}))

    assert rows(engine, found)[1] == values
    assert list(found.gathered.kinds.values()) == names


def test_blank_cells_are_blank(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["a", "b", "c"], [1, None, "x"], [None, 2, None], [3, 4, "y"]]}))

    assert columns(engine, found) == {"a": [1, None, 3], "b": [None, 2, 4], "c": ["x", None, "y"]}


def test_errors_in_cells_become_blank_and_are_told(engine: Engine, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.worksheets()[0].write_formula(1, 1, "=1/0", None, "#DIV/0!")

    found = read(workbook(tmp_path, {"A": [["a", "b"], [1, 0], [2, "#N/A"], [3, 7]]}, change))

    assert columns(engine, found) == {"a": [1, 2, 3], "b": [None, None, 7]}
    assert found.gathered.notes == ("2 cells with an error such as #DIV/0! became blank.",)


def test_a_column_of_several_kinds_becomes_text_and_is_told(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["a", "b"], [1, 1], [2.5, 2], [3, "unknown"], [4, 4]]}))

    assert columns(engine, found) == {"a": [1, 2.5, 3, 4], "b": ["1", "2", "unknown", "4"]}
    assert found.gathered.notes == ("b was kept as text: 1 of 4 values is no number, such as “unknown”.",)


def test_durations_become_seconds(engine: Engine, tmp_path: Path) -> None:
    hours = datetime.timedelta(hours=30)
    found = read(workbook(tmp_path, {"A": [["a", "b"], ["x", hours], ["y", hours * 2]]}))

    assert columns(engine, found)["b"] == [108_000, 216_000]
    assert found.gathered.notes == ("b holds durations: they became seconds.",)


def test_titles_above_the_table_are_passed_over(engine: Engine, tmp_path: Path) -> None:
    table = [["name", "age", "city"], ["Ann", 3, "Rome"], ["Bob", 4, "Oslo"]]
    found = read(workbook(tmp_path, {"A": [["Report of 2020"], ["made by", "Eve"], [], *table]}))

    assert rows(engine, found) == table
    assert found.gathered.notes == ("The first 3 rows were left out: the table begins below.",)
    assert found.range == "A4:C6"


def test_a_table_may_begin_anywhere(engine: Engine, tmp_path: Path) -> None:
    shifted = [[], [], [None, None, "a", "b"], [None, None, 1, 2], [None, None, 3, 4]]
    found = read(workbook(tmp_path, {"A": shifted}))

    assert rows(engine, found) == [["a", "b"], [1, 2], [3, 4]]
    assert found.range == "C3:D5"


def test_merged_headers_are_joined_with_what_stands_below(engine: Engine, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets()[0]
        sheet.merge_range("A1:A2", "name")
        sheet.merge_range("B1:C1", "2019")
        sheet.merge_range("D1:E1", "2020")

    below = [[None, "low", "high", "low", "high"], ["Ann", 1, 2, 3, 4], ["Bob", 5, 6, 7, 8]]
    found = read(workbook(tmp_path, {"A": [[], *below]}, change))

    assert rows(engine, found)[0] == ["name", "2019 low", "2019 high", "2020 low", "2020 high"]
    assert found.gathered.rows == 2
    assert found.gathered.notes == ("The header has 2 rows, whose words were joined.",)
    assert found.header == "2"


def test_a_merged_title_is_no_header(engine: Engine, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.worksheets()[0].merge_range("A1:C1", "All of them")

    found = read(workbook(tmp_path, {"A": [[], ["a", "b", "c"], [1, 2, 3]]}, change))

    assert rows(engine, found) == [["a", "b", "c"], [1, 2, 3]]


def test_years_may_be_names(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["country", 2019, 2020, 2021], ["Italy", 1.5, 2.5, 3]]}))

    assert rows(engine, found)[0] == ["country", "2019", "2020", "2021"]


def test_a_sheet_without_a_header_gets_names(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["Ann", 3], ["Bob", 4], ["Eve", 5]]}))

    assert rows(engine, found)[:2] == [["column_1", "column_2"], ["Ann", 3]]
    assert "has no header" in found.gathered.notes[0]


@pytest.mark.parametrize(
    ("header", "names"), [("none", ["column_1", "column_2"]), ("1", ["a", "b"]), ("2", ["a c", "b d"])]
)
def test_a_person_may_say_how_many_rows_the_header_has(
    engine: Engine, tmp_path: Path, header: str, names: list[str]
) -> None:
    found = read(workbook(tmp_path, {"A": [["a", "b"], ["c", "d"], ["e", "f"]]}), header=header)

    assert rows(engine, found)[0] == names


def test_footnotes_are_left_out_and_told(engine: Engine, tmp_path: Path) -> None:
    table = [["a", "b", "c"], ["x", 1, 2], ["y", 3, 4]]
    found = read(workbook(tmp_path, {"A": [*table, ["Source: the office of numbers"]]}))

    assert rows(engine, found) == table
    assert found.gathered.notes == ("1 footnote is left out below the table.",)


def test_a_last_row_with_many_blanks_is_no_footnote(engine: Engine, tmp_path: Path) -> None:
    table = [["a", "b", "c"], ["Ann", 1, 2], ["Bob", None, None]]
    found = read(workbook(tmp_path, {"A": table}))

    assert rows(engine, found) == table
    assert found.gathered.notes == ()


def test_a_second_table_below_is_left_out_and_told(engine: Engine, tmp_path: Path) -> None:
    table = [["a", "b", "c"], ["x", 1, 2], ["y", 3, 4]]
    other = [["from", "to", "by"], ["Rome", "Oslo", "train"], ["Oslo", "Rome", "ship"]]
    found = read(workbook(tmp_path, {"A": [*table, [], *other]}))

    assert rows(engine, found) == table
    assert found.gathered.notes == ("3 rows are left out below the table: choose a range to read them.",)


def test_a_blank_row_within_a_table_does_not_end_it(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["a", "b"], ["x", 1], [], ["y", 2]]}))

    assert rows(engine, found) == [["a", "b"], ["x", 1], ["y", 2]]
    assert found.gathered.notes == ("1 row is blank and left out.",)
    assert found.range == "A1:B4"


def test_of_two_tables_side_by_side_the_larger_is_read(engine: Engine, tmp_path: Path) -> None:
    both = [["a", "b", None, "k"], [1, 2, None, "x"], [3, 4, None, None], [5, 6, None, None]]
    found = read(workbook(tmp_path, {"A": both}))

    assert rows(engine, found) == [["a", "b"], [1, 2], [3, 4], [5, 6]]
    assert found.gathered.notes == ("Cells beside the table were left out: choose a range to read them.",)


def test_an_empty_column_inside_a_table_stays(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["a", None, "b"], [1, None, 2], [3, None, 4]]}))

    assert columns(engine, found) == {"a": [1, 3], "column_2": [None, None], "b": [2, 4]}


@pytest.mark.parametrize(
    ("range", "read_rows"),
    [
        ("B2:C3", [["b2", "c2"], ["b3", 3]]),
        ("b2:c", [["b2", "c2"], ["b3", 3], ["b4", 4]]),
        ("B3", [["column_1", "column_2"], ["b3", 3], ["b4", 4]]),
        ("B:C", [["b1", "c1"], ["b2", "c2"], ["b3", "3"], ["b4", "4"]]),
    ],
)
def test_a_range_is_read_as_given(
    engine: Engine, tmp_path: Path, range: str, read_rows: list[list[Any]]
) -> None:
    cells = [["a1", "b1", "c1"], ["a2", "b2", "c2"], ["a3", "b3", 3], ["a4", "b4", 4]]
    found = read(workbook(tmp_path, {"A": cells}), range=range)

    assert rows(engine, found) == read_rows


def test_what_is_no_range_is_refused_at_its_field(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="is no range of cells") as caught:
        read(workbook(tmp_path, {"A": [["a"], [1]]}), range="here to there")
    assert caught.value.where.field == "range"


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_named(
    engine: Engine, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Cover": [["Figures of 2020"]],
        "None": [],
        "Data": [["a", "b"], [1, 2]],
        "More": [["a"]],
    }
    found = read(workbook(tmp_path, sheets))

    assert rows(engine, found) == [["a", "b"], [1, 2]]
    assert found.sheets == ("Cover", "None", "Data", "More")
    assert found.gathered.notes == ("The workbook has 4 sheets: “Data” was read.",)


def test_a_sheet_can_be_chosen(engine: Engine, tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["a", "b"], [1, 2]], "B": [["c", "d"], [3, 4]]})

    assert rows(engine, read(path, sheet="B")) == [["c", "d"], [3, 4]]
    with pytest.raises(CanvasError, match=r"has no sheet “C”.*Choose one of these: A, B"):
        read(path, sheet="C")


def test_sheets_of_one_shape_become_one_table(engine: Engine, tmp_path: Path) -> None:
    sheets: Sheets = {
        "2019": [["a", "b"], [1, "x"]],
        "2020": [["a", "b"], [2, "y"]],
        "Notes": [["c", "d"], [1, 2]],
    }
    found = read(workbook(tmp_path, sheets), every_sheet=True)

    assert rows(engine, found) == [["sheet", "a", "b"], ["2019", 1, "x"], ["2020", 2, "y"]]
    assert found.gathered.notes == ("The sheet “Notes” was left out: it has other columns.",)


def test_names_twice_there_are_made_unique_and_told(engine: Engine, tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["a", "a", "b"], [1, 2, 3]]}))

    assert rows(engine, found)[0] == ["a", "a_2", "b"]
    assert found.gathered.notes == ("A second column called a is now a_2.",)


@pytest.mark.parametrize("cells", [[], [["a", "b"]], [[None]]])
def test_a_workbook_without_rows_is_refused(tmp_path: Path, cells: list[list[Any]]) -> None:
    with pytest.raises(CanvasError, match="holds no table with at least one row below its header"):
        read(workbook(tmp_path, {"A": cells}))


def test_a_column_of_words_with_some_numbers_is_told(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, {"A": [["a", "b"], [1, "x"], [2, "y"], [3, 7]]}))

    assert found.gathered.notes == ("b was kept as text: it also holds numbers, such as “7”.",)


OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:body><office:spreadsheet><table:table table:name="Sheet">
<table:table-row>
 <table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell>
 <table:table-cell office:value-type="string" table:number-columns-spanned="2">
  <text:p>size</text:p></table:table-cell>
 <table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell/>
 <table:table-cell office:value-type="string"><text:p>low</text:p></table:table-cell>
 <table:table-cell office:value-type="string"><text:p>high</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2">
 <table:table-cell office:value-type="string"><text:p>Ann</text:p></table:table-cell>
 <table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell>
 <table:table-cell office:value-type="date" office:date-value="2020-01-02">
  <text:p>2 Jan</text:p></table:table-cell>
</table:table-row>
<table:table-row>
 <table:table-cell office:value-type="string"><text:p>Bob</text:p></table:table-cell>
 <table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">
  <text:p>#DIV/0!</text:p></table:table-cell>
 <table:table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>
</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_open_document_sheets_are_read(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", re.sub(r">\s+<", "><", OPEN_DOCUMENT))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    found = read(path)

    assert columns(engine, found) == {
        "name": ["Ann", "Ann", "Bob"],
        "size low": [1.5, 1.5, None],
        "size high": [datetime.date(2020, 1, 2), datetime.date(2020, 1, 2), None],
    }
    assert found.gathered.notes[-1] == "1 cell with an error such as #DIV/0! became blank."


@pytest.mark.parametrize("name", ["book.xls", "book.ods", "book.xlsb", "book.csv"])
def test_the_ending_of_the_name_may_be_wrong(engine: Engine, tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path, {"A": [["a", "b"], [1, 2]]}).rename(tmp_path / name)

    assert rows(engine, read(path)) == [["a", "b"], [1, 2]]


def test_hidden_sheets_are_not_offered(engine: Engine, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.worksheets()[1].hide()

    found = read(workbook(tmp_path, {"A": [["a", "b"], [1, 2]], "B": [["c"], [3]]}, change))

    assert found.sheets == ("A",)


def test_workbooks_of_the_old_kind_are_read(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "book.xls").write_bytes(
        old_workbook([["name", "size"], ["Ann", 1.0], ["Bob", "#DIV/0!"], ["Eve", 2.5]])
    )
    found = read(tmp_path / "book.xls")

    assert rows(engine, found) == [["name", "size"], ["Ann", 1.0], ["Bob", None], ["Eve", 2.5]]
    assert found.gathered.notes == ("1 cell with an error such as #DIV/0! became blank.",)


def test_a_password_of_the_old_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "book.xls").write_bytes(old_workbook([["a"], [1.0]], encrypted=True))

    with pytest.raises(CanvasError, match="protected by a password"):
        read(tmp_path / "book.xls")
