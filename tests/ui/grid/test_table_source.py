from __future__ import annotations

from pathlib import Path

from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import Look
from canvas_app.ui.grid.table_source import ExpressionTable, ParquetTable


def test_a_parquet_table_gives_its_rows_in_pages(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows({"n": list(range(1000))}), path)
    table = ParquetTable(path)

    assert table.count(engine) == 1000
    assert table.page(engine, Look(990, 200), ())["n"].to_pylist() == list(range(990, 1000))
    assert table.page(engine, Look(0, 2), [("n", True)])["n"].to_pylist() == [999, 998]
    assert table.schema(engine).names == ("n",)
    assert table.profiles(engine, ["n"])[0].high == 999


def test_blanks_come_last_in_either_order(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows({"n": [None, 2, 1]}), path)

    assert ParquetTable(path).page(engine, Look(0, 9), [("n", False)])["n"].to_pylist() == [1, 2, None]
    assert ParquetTable(path).page(engine, Look(0, 9), [("n", True)])["n"].to_pylist() == [2, 1, None]


def test_the_first_rows_of_an_expression_come_without_computing_it_all(engine: Engine) -> None:
    endless = ExpressionTable(lambda engine: engine.view("SELECT range AS n FROM range(1000000000000)"))

    assert endless.page(engine, Look(0, 3), ())["n"].to_pylist() == [0, 1, 2]


def test_an_expression_is_computed_once_and_let_go_of(engine: Engine) -> None:
    made: list[int] = []

    def make(engine: Engine) -> object:
        made.append(1)
        rows = engine.from_rows({"n": list(range(500))})
        return rows.mutate(m=rows.n * 2)

    table = ExpressionTable(make)
    assert table.count(engine) == 500
    assert table.page(engine, Look(400, 2), ())["m"].to_pylist() == [800, 802]
    assert table.page(engine, Look(0, 1), [("m", True)])["m"].to_pylist() == [998]
    assert table.profiles(engine, ["m"])[0].low == 0
    assert made == [1]
    kept = list(engine.scratch.glob("*.parquet"))
    assert len(kept) == 1

    table.release()
    assert not kept[0].exists()
