from __future__ import annotations

import datetime
import errno
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.data.engine import Engine, first_row, identifier, literal, schema_of
from canvas_app.data.engine_errors import in_words
from canvas_app.data.file_rows import Look, part_of_file
from canvas_app.data.profile import profile_file

STRANGE = 'o\'k "x" [a] *; DROP TABLE t; -- 😀'


class Stopping:
    """A report that asks to stop when it is first told something."""

    enough = False

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        raise Cancelled


def forever(engine: Engine) -> Any:
    """An expression that takes minutes."""
    return engine.view("SELECT sum(a.range * b.range) AS x FROM range(3000000) a, range(300000) b")


def test_types_are_told_in_the_words_of_the_screen(engine: Engine) -> None:
    table = engine.from_rows(
        {
            "a": [1],
            "b": [1.5],
            "c": ["x"],
            "d": [True],
            "e": [datetime.date(2020, 1, 1)],
            "f": [datetime.datetime(2020, 1, 1)],
            "g": [[1, 2]],
        }
    )

    assert [column.type for column in schema_of(table)] == [
        "whole",
        "number",
        "text",
        "switch",
        "time",
        "time",
        "other",
    ]


def test_a_written_table_reads_back_the_same(engine: Engine, tmp_path: Path) -> None:
    table = engine.from_rows({STRANGE: [3, None, 1], "text": ["b", "", None]})
    path = tmp_path / "odd 'name' [x]*.parquet"

    assert engine.write_parquet(table, path) == 3
    assert engine.fetch(engine.read_parquet(path)).to_pydict() == engine.fetch(table).to_pydict()
    assert [item.name for item in tmp_path.iterdir() if item.suffix] == [path.name]


def test_a_table_without_rows_keeps_its_columns(engine: Engine, tmp_path: Path) -> None:
    table = engine.from_rows({"a": [], "b": []}, schema={"a": "float64", "b": "string"})
    engine.write_parquet(table, tmp_path / "none.parquet")

    back = engine.read_parquet(tmp_path / "none.parquet")
    assert engine.count(back) == 0
    assert [column.type for column in schema_of(back)] == ["number", "text"]


def test_a_column_of_blanks_is_text(engine: Engine) -> None:
    assert schema_of(engine.from_rows({"a": [None, None]}))["a"].type == "text"


def test_csv_is_written_with_its_header(engine: Engine, tmp_path: Path) -> None:
    engine.write_csv(engine.from_rows({"a": [1, 2], "b": ["x,y", 'q"']}), tmp_path / "out.csv")

    assert (tmp_path / "out.csv").read_text() == 'a,b\n1,"x,y"\n2,"q"""\n'


def test_pages_in_an_order_neither_repeat_nor_lose_rows(engine: Engine) -> None:
    table = engine.from_rows({"id": list(range(5000)), "k": [i % 3 for i in range(5000)]})
    ids: list[int] = []
    for start in range(0, 5000, 700):
        ids += engine.page(table, start, 700, [("k", True)])["id"].to_pylist()

    assert sorted(ids) == list(range(5000))
    assert ids[:3] == [2, 5, 8]


def test_a_stopped_write_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        engine.write_parquet(forever(engine), tmp_path / "out" / "a.parquet", Stopping())

    assert list((tmp_path / "out").iterdir()) == []
    assert engine.count(engine.from_rows({"a": [1]})) == 1


def test_a_query_is_interrupted_from_another_thread(engine: Engine) -> None:
    timer = threading.Timer(0.3, engine.interrupt)
    timer.start()

    with pytest.raises(Cancelled):
        engine.fetch(forever(engine))
    timer.join()


def test_an_interruption_that_came_too_late_is_forgotten(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    engine.write_parquet(engine.from_rows({"n": [3, 1, 2]}), path)
    profile_file(engine, path)
    engine.interrupt()
    engine.settle()

    assert part_of_file(engine, path, Look(0, 3)).num_rows == 3


def test_the_engine_takes_its_scratch_files_along(tmp_path: Path) -> None:
    with Engine(scratch=tmp_path) as engine:
        assert engine.scratch.is_dir()
        assert f"-{os.getpid()}-" in engine.scratch.name

    assert list(tmp_path.iterdir()) == []


def test_extensions_are_never_fetched(engine: Engine) -> None:
    settings = engine.raw.execute(
        "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
    ).fetchone()

    assert settings == (False, False)


def test_the_first_row_is_what_json_can_hold(engine: Engine) -> None:
    table = engine.from_rows({"a": [float("inf")], "b": [datetime.date(2020, 1, 2)], "c": [3]})

    assert first_row(table) == {"a": None, "b": "2020-01-02", "c": 3}
    assert first_row(table.limit(0)) == {"a": None, "b": None, "c": None}


def test_sql_is_one_select(engine: Engine) -> None:
    table = engine.from_rows({"a": [1]})

    assert engine.sql(table.mutate(b=table.a + 1)).lower().count("select") == 1


def test_a_missing_file_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"There is no file .*gone\.parquet\. Check whether"):
        engine.read_parquet(tmp_path / "gone.parquet")


def test_a_file_that_is_not_parquet_is_refused(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("not at all")

    with pytest.raises(CanvasError, match=r"a\.parquet is not a Parquet file"):
        engine.read_parquet(tmp_path / "a.parquet")


def test_a_value_that_does_not_fit_says_what_to_do(engine: Engine) -> None:
    table = engine.from_rows({"a": ["12", "twelve"]})

    with pytest.raises(CanvasError, match=r"twelve.*Change the column's type"):
        engine.fetch(table.mutate(a=table.a.cast("int64")))


def test_a_full_disk_under_the_engine_is_told(tmp_path: Path) -> None:
    error = in_words(OSError(errno.ENOSPC, "No space left on device"), tmp_path / "a.parquet")

    assert "is full" in error.message


def test_too_little_memory_is_told(tmp_path: Path) -> None:
    with Engine(scratch=tmp_path, memory="20MB", threads=1) as engine:
        many = engine.view("SELECT list(range) AS x FROM range(20000000)")
        with pytest.raises(CanvasError, match="not enough memory"):
            engine.fetch(many)


def test_names_and_texts_can_not_leave_their_quotes(engine: Engine) -> None:
    row = engine.raw.execute(f"SELECT {literal(STRANGE)} AS {identifier(STRANGE)}").to_arrow_table()

    assert row.to_pydict() == {STRANGE: [STRANGE]}
