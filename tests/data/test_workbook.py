from __future__ import annotations

import datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from canvas_app.data.engine import Engine
from canvas_app.data.workbook import LONGEST_TEXT, workbook_problem, write_workbook


def test_every_kind_of_value_is_written_as_what_it_is(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table = engine.view(
        "SELECT * FROM (VALUES (DATE '2024-02-29', TIMESTAMP '2024-02-29 10:30:00', TIME '10:30:00', true, "
        "1.5::DECIMAL(5,2), 'NaN'::DOUBLE, 'ab'::BLOB, [1, 2]), (DATE '1850-01-01', NULL, NULL, NULL, NULL, "
        "'inf'::DOUBLE, NULL, NULL)) AS t(d, m, t, s, n, f, b, l)"
    )
    written = write_workbook(engine, table, path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    assert (written.rows, written.cut) == (2, 0)
    assert rows[1][:5] == [
        datetime.date(2024, 2, 29),
        datetime.datetime(2024, 2, 29, 10, 30),
        datetime.time(10, 30),
        True,
        1.5,
    ]
    assert rows[1][5:] == ["", "6162", "[1, 2]"]
    assert (rows[2][0], rows[2][5]) == ("1850-01-01", "inf")


def test_days_that_python_can_not_hold_are_texts(engine: Engine, tmp_path: Path) -> None:
    write_workbook(engine, engine.view("SELECT DATE '12000-01-01' AS d"), tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()

    assert rows == [["d"], ["12000-01-01"]]


def test_texts_too_long_for_a_cell_are_cut_and_counted(engine: Engine, tmp_path: Path) -> None:
    written = write_workbook(engine, engine.from_rows({"t": ["x" * 40_000, "y"]}), tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()

    assert written.cut == 1
    assert rows[1:] == [["x" * LONGEST_TEXT], ["y"]]


def test_what_does_not_fit_is_known_before() -> None:
    assert workbook_problem(1_048_575, 16_384) is None
    assert "20,000" in str(workbook_problem(1, 20_000))
    assert "2,000,000" in str(workbook_problem(2_000_000, 1))
