from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.spec import Condition
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import Look
from canvas_app.ui.grid.arranged_table import WRITTEN_FROM, ArrangedTable
from canvas_app.ui.grid.table_source import ParquetTable

EVEN = Condition(column="even", operator="equals", value="true")


@pytest.fixture
def source(engine: Engine, tmp_path: Path) -> ParquetTable:
    path = tmp_path / "a.parquet"
    engine.write_parquet(
        engine.view("SELECT range AS n, -range AS down, range % 2 = 0 AS even FROM range(5000)"), path
    )
    return ParquetTable(path)


def numbers(table: ArrangedTable, engine: Engine, offset: int, *order: tuple[str, bool]) -> list[int]:
    found: list[int] = table.page(engine, Look(offset, 2), order)["n"].to_pylist()
    return found


def test_rows_far_down_come_in_every_arrangement(engine: Engine, source: ParquetTable) -> None:
    every, even = ArrangedTable(source), ArrangedTable(source, [EVEN])

    assert (every.count(engine), even.count(engine)) == (5000, 2500)
    assert numbers(every, engine, 4000) == [4000, 4001]
    assert numbers(even, engine, 2000) == [4000, 4002]
    for offset, at in ((0, 4998), (2000, 998)):
        assert numbers(even, engine, offset, ("down", False)) == [at, at - 2]
    for offset, at in ((0, 4999), (4000, 999)):
        assert numbers(every, engine, offset, ("down", False)) == [at, at - 1]


def test_hits_are_at_their_places_in_the_arrangement(engine: Engine, source: ParquetTable) -> None:
    even = ArrangedTable(source, [EVEN])

    assert even.find(engine, "4998", ["n"], ()).cell(0) == (2499, 0)
    assert even.find(engine, "4998", ["n"], (("n", True),)).cell(0) == (0, 0)
    assert even.find(engine, "4999", ["n"], ()).count == 0


def test_a_block_of_cells_is_measured_as_it_is_shown(engine: Engine, source: ParquetTable) -> None:
    even = ArrangedTable(source, [EVEN])

    assert even.statistics(engine, range(2), ["n"], ()).sum == 0 + 2
    assert even.statistics(engine, range(2), ["n"], (("n", True),)).sum == 4998 + 4996
    assert ArrangedTable(source).statistics(engine, range(5000), ["n"], (("n", True),)).mean == 2499.5


def test_values_are_counted_among_rows_that_meet_the_other_conditions(
    engine: Engine, source: ParquetTable
) -> None:
    low = Condition(column="n", operator="less than", value="3")
    table = ArrangedTable(source, [EVEN, low])

    assert table.count_values(engine, "even", "").values == (("true", 2), ("false", 1))
    assert table.count_values(engine, "n", "").distinct == 2500


def test_a_long_sorted_table_is_written_once(engine: Engine, tmp_path: Path) -> None:
    path, order = tmp_path / "long.parquet", (("down", False),)
    rows = WRITTEN_FROM + 1
    engine.write_parquet(engine.view(f"SELECT range AS n, -range AS down FROM range({rows})"), path)
    table = ArrangedTable(ParquetTable(path))
    before = numbers(table, engine, 1000, *order)
    table.write(engine, order)
    written = list(engine.scratch.glob("*.parquet"))
    table.write(engine, order)

    assert before == numbers(table, engine, 1000, *order) == [rows - 1001, rows - 1002]
    assert list(engine.scratch.glob("*.parquet")) == written
    table.release()
    assert list(engine.scratch.glob("*.parquet")) == []


def test_what_was_kept_goes_and_the_table_itself_stays(engine: Engine, source: ParquetTable) -> None:
    table = ArrangedTable(source, [EVEN])
    numbers(table, engine, 1000, ("n", True))
    table.find(engine, "5", ["n"], ())
    table.release()
    left = engine.run("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 't\\_%' ESCAPE '\\'")

    assert left == [(0,)]
    assert source.path.exists()
