from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_app.data.engine import Engine
from canvas_app.data.version_changes import VersionChanges, compare


@pytest.fixture
def changes(engine: Engine, tmp_path: Path) -> Any:
    """The changes from some rows to others."""

    def between(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> VersionChanges:
        for name, rows in (("before", before), ("after", after)):
            engine.write_parquet(engine.from_rows(rows), tmp_path / f"{name}.parquet")
        return compare(engine, tmp_path / "before.parquet", tmp_path / "after.parquet", 1)

    return between


def test_equal_tables_are_as_they_were(changes: Any) -> None:
    rows = {"n": list(range(1000)), "k": ["a", "b"] * 500}

    assert changes(rows, rows).words() == (
        "1,000 rows, as many as before.",
        "2 columns are spread as before.",
    )


def test_columns_that_come_go_or_change_their_type_are_named(changes: Any) -> None:
    found = changes({"n": [1, 2], "old": ["x", "y"], "k": [1, 2]}, {"n": [1], "new": [True], "k": ["one"]})

    assert found.words()[:4] == (
        "1 row fewer: 1 instead of 2.",
        "New: new.",
        "Gone: old.",
        "k is text now; it was whole number before.",
    )


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        (list(range(1000)), [value + 900 for value in range(1000)], "clearly"),
        (["a", "b"] * 500, ["a", "a", "a", "b", "b"] * 200, None),
        (["a", "b"] * 500, ["a"] * 320 + ["b"] * 680, "a little"),
        (["a"] * 1000, ["c"] * 1000, "clearly"),
        ([1.0] * 1000, [None] * 500 + [1.0] * 500, "clearly"),
    ],
)
def test_a_column_that_is_spread_differently_is_named(
    changes: Any, before: list[Any], after: list[Any], how: str | None
) -> None:
    found = changes({"x": before}, {"x": after})
    words = [line for line in found.words() if "differently" in line]

    assert (f"spread {how} differently" in words[0]) if how else words == []


def test_columns_that_name_rows_do_not_drift(changes: Any) -> None:
    before, after = ([f"{start + at}" for at in range(500)] for start in (0, 9000))

    assert changes({"id": before}, {"id": after}).compared == 0


def test_a_table_without_rows_can_be_compared(engine: Engine, tmp_path: Path) -> None:
    engine.write_parquet(engine.from_rows({"a": [1]}), tmp_path / "before.parquet")
    engine.write_parquet(engine.from_rows({"a": []}, {"a": "int64"}), tmp_path / "after.parquet")
    found = compare(engine, tmp_path / "before.parquet", tmp_path / "after.parquet", 1)

    assert found.words() == ("1 row fewer: 0 instead of 1.",)


def test_large_tables_are_compared_by_samples(engine: Engine, tmp_path: Path) -> None:
    engine.write_parquet(engine.view("SELECT range AS n FROM range(600_000)"), tmp_path / "a.parquet")

    assert compare(engine, tmp_path / "a.parquet", tmp_path / "a.parquet", 1).words() == (
        "600,000 rows, as many as before.",
        "1 column is spread as before.",
    )
