from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.data.cell_statistics import Block, CellStatistics, measure_cells
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file
from canvas_app.data.row_list import Choice, choose_rows


@pytest.fixture
def path(engine: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "a.parquet"
    rows = {"n": [1, None, 3, 2**62], "f": [0.5, float("nan"), 1.5, -2.0], "t": ["x", "", None, "y"]}
    engine.write_parquet(engine.from_rows(rows), path)
    return path


def test_numbers_are_summed_and_blanks_are_counted(engine: Engine, path: Path) -> None:
    found = measure_cells(engine, Block(path, schema_of_file(engine, path), ["n", "f", "t"], range(3)))

    assert found == CellStatistics(cells=9, blanks=4, numbers=4, sum=6.0, low=0.5, high=3)
    assert found.mean == 1.5


def test_whole_numbers_stay_exact(engine: Engine, path: Path) -> None:
    found = measure_cells(engine, Block(path, schema_of_file(engine, path), ["n"], range(4)))

    assert found.sum == 2**62 + 4


def test_texts_have_no_sum(engine: Engine, path: Path) -> None:
    found = measure_cells(engine, Block(path, schema_of_file(engine, path), ["t"], range(4)))

    assert (found.cells, found.blanks, found.numbers, found.sum, found.mean) == (4, 2, 0, None, None)


def test_chosen_rows_are_measured_in_their_order(engine: Engine, path: Path) -> None:
    schema = schema_of_file(engine, path)
    rows = choose_rows(engine, path, schema, Choice(order=(("f", True),)))
    found = measure_cells(engine, Block(path, schema, ["f"], range(1, 3), rows))

    assert found == CellStatistics(cells=2, blanks=0, numbers=2, sum=2.0, low=0.5, high=1.5)


def test_many_columns_are_measured_some_at_once(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "wide.parquet"
    columns = [f"c{at}" for at in range(450)]
    engine.write_parquet(engine.from_rows({name: [1, 2] for name in columns}), path)
    found = measure_cells(engine, Block(path, schema_of_file(engine, path), columns, range(2)))

    assert (found.cells, found.sum, found.mean) == (900, 1350, 1.5)
