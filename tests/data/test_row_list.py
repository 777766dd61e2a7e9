from __future__ import annotations

from pathlib import Path

from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import Look, schema_of_file
from canvas_app.data.row_list import Choice, Keep, RowList, choose_rows, write_rows


def chosen(engine: Engine, path: Path, column: str, keep: Keep) -> RowList:
    return choose_rows(engine, path, schema_of_file(engine, path), Choice(keep, [column]))


def test_chosen_rows_come_in_pages_in_the_order_of_the_file(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.view("SELECT range AS n, range % 3 AS k FROM range(300000)"), path)
    rows = chosen(engine, path, "k", lambda table: table.k == 1)

    assert rows.rows == 100_000
    assert rows.page(Look(99_998, 200)).to_pylist() == [{"n": 299_995, "k": 1}, {"n": 299_998, "k": 1}]


def test_nothing_chosen_is_an_empty_page_with_its_columns(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows({"n": [1, 2]}), path)
    rows = chosen(engine, path, "n", lambda table: table.n > 5)

    assert (rows.rows, rows.page(Look(0, 9)).column_names, rows.page(Look(0, 9)).num_rows) == (0, ["n"], 0)


def test_a_column_with_the_engines_own_name_is_no_obstacle(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows({"file_row_number": [7, 8, 9]}), path)
    rows = chosen(engine, path, "file_row_number", lambda table: table.file_row_number != 8)

    assert rows.page(Look(0, 9))["file_row_number"].to_pylist() == [7, 9]


def test_what_was_let_go_of_leaves_nothing_in_the_engine(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows({"n": [1, 2]}), path)
    chosen(engine, path, "n", lambda table: table.n == 1).drop()

    left = engine.run("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 't\\_%' ESCAPE '\\'")
    made = engine.run("SELECT view_name FROM duckdb_views() WHERE view_name LIKE 't\\_%' ESCAPE '\\'")
    assert len(left) + len(made) <= 1  # the rows that the file was written from


def test_sorted_rows_come_in_their_order_and_blanks_last(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows({"n": [2, None, 3, 2], "at": [0, 1, 2, 3]}), path)
    schema = schema_of_file(engine, path)
    choice = Choice(lambda table: table["at"] != 2, ["at"], (("n", True),))
    rows = choose_rows(engine, path, schema, choice)

    assert rows.page(Look(0, 9, ("at",))).to_pydict() == {"at": [0, 3, 1]}
    assert rows.page(Look(1, 1)).to_pylist() == [{"n": 2, "at": 3}]
    written = write_rows(engine, path, schema, choice)
    assert engine.fetch(engine.read_parquet(written))["at"].to_pylist() == [0, 3, 1]
