from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.spec import Condition
from canvas_app.data.engine import Engine
from canvas_app.ui.grid.arranged_table import ArrangedTable
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
    found: list[int] = table.page(engine, offset, 2, order)["n"].to_pylist()
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


def test_what_was_kept_goes_and_the_table_itself_stays(engine: Engine, source: ParquetTable) -> None:
    table = ArrangedTable(source)
    numbers(table, engine, 4000, ("n", True))
    assert len(list(engine.scratch.glob("*.parquet"))) == 1

    table.release()
    assert list(engine.scratch.glob("*.parquet")) == []
    assert source.path.exists()
