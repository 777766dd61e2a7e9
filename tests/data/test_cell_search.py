from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.data.cell_search import Hits, Searched, find_cells
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file
from canvas_app.data.row_list import Choice, RowList, choose_rows


@pytest.fixture
def path(engine: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "a.parquet"
    rows = {"name": ["Ann 5", None, "it's", "ANNA"], "n": [15, 3, 5, 12], "raw": [b"5", b"", b"", b""]}
    engine.write_parquet(engine.from_rows(rows), path)
    return path


def found(engine: Engine, path: Path, text: str, columns: list[str], rows: RowList | None = None) -> Hits:
    return find_cells(engine, text, Searched(path, schema_of_file(engine, path), columns, rows))


def test_hits_come_row_by_row_in_any_column_and_case(engine: Engine, path: Path) -> None:
    hits = found(engine, path, "5", ["name", "n", "raw"])
    assert [hits.cell(number) for number in range(hits.count)] == [(0, 0), (0, 1), (2, 1)]

    hits = found(engine, path, "ann", ["name", "n", "raw"])
    assert [hits.cell(number) for number in range(hits.count)] == [(0, 0), (3, 0)]


def test_the_next_hit_after_a_cell_is_known(engine: Engine, path: Path) -> None:
    hits = found(engine, path, "5", ["name", "n"])

    assert [hits.first_from(*cell) for cell in ((0, 0), (0, 1), (1, 0), (3, 0))] == [0, 1, 2, 3]


@pytest.mark.parametrize("text", ["'; DROP TABLE x; --", "%", "_", '"', "zzz"])
def test_signs_of_the_query_language_are_plain_text(engine: Engine, path: Path, text: str) -> None:
    assert found(engine, path, text, ["name", "n"]).count == 0


def test_a_quote_is_found(engine: Engine, path: Path) -> None:
    assert found(engine, path, "t's", ["name"]).cell(0) == (2, 0)


def test_among_chosen_rows_a_hit_says_its_place_there(engine: Engine, path: Path) -> None:
    rows = choose_rows(engine, path, schema_of_file(engine, path), Choice(lambda table: table.n > 4, ["n"]))
    hits = found(engine, path, "ann", ["name", "n"], rows)

    assert [hits.cell(number) for number in range(hits.count)] == [(0, 0), (2, 0)]
