from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file
from canvas_app.data.row_list import Choice
from canvas_app.data.value_counts import Counted, ValueCounts, count_values


@pytest.fixture
def path(engine: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "a.parquet"
    rows = {
        "town": ["Ulm", "Bonn", "Ulm", "", None, "Ulm", "Köln"],
        "n": [1.0, 2.0, 2.0, float("nan"), None, 7.5, 7.5],
    }
    engine.write_parquet(engine.from_rows(rows), path)
    return path


def counts(engine: Engine, path: Path, column: str, **more: object) -> ValueCounts:
    return count_values(engine, Counted(path, schema_of_file(engine, path), column, **more))  # type: ignore[arg-type]


def test_values_come_by_their_frequency_and_blanks_are_one_value(engine: Engine, path: Path) -> None:
    found = counts(engine, path, "town")

    assert found.values == (("Ulm", 3), (None, 2), ("Bonn", 1), ("Köln", 1))
    assert (found.rows, found.distinct, found.matching) == (7, 3, 4)
    assert counts(engine, path, "n").values == (("2.0", 2), ("7.5", 2), (None, 2), ("1.0", 1))


def test_a_part_of_a_value_finds_it_in_any_case(engine: Engine, path: Path) -> None:
    found = counts(engine, path, "town", containing="N'")
    assert found.values == ()

    found = counts(engine, path, "town", containing="ON")
    assert (found.values, found.rows, found.matching) == ((("Bonn", 1),), 7, 1)


def test_only_wanted_rows_are_counted(engine: Engine, path: Path) -> None:
    few = Choice(lambda table: table.n == 2, ["n"])

    assert counts(engine, path, "town", choice=few).values == (("Bonn", 1), ("Ulm", 1))


def test_no_rows_have_no_values(engine: Engine, path: Path) -> None:
    none = Choice(lambda table: table.n == 100, ["n"])

    assert counts(engine, path, "town", choice=none) == ValueCounts((), 0, 0, 0)
