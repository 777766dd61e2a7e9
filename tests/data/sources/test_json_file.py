from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import Scan, source_for
from canvas_app.data.sources.json_file import JsonFile

ROWS = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
COLUMNS = {"a": [1, 2], "b": ["x", "y"]}


def scan(engine: Engine, folder: Path, content: Any, name: str = "a.json", **options: str) -> Scan:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return JsonFile(path=str(path), **options).scan(engine)


def values(engine: Engine, found: Scan) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = engine.fetch(found.table).to_pydict()
    return columns


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        COLUMNS,
        [["a", "b"], [1, "x"], [2, "y"]],
        {"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]},
        {"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}},
        {"data": ROWS},
        {"answer": {"count": 2, "items": ROWS}},
        '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n',
        '{"a": 1,\n "b": "x"}\n\n{"a": 2, "b": "y"}',
    ],
    ids=["rows", "columns", "lists", "split", "by column", "data", "deeper", "lines", "values"],
)
def test_the_rows_are_found_in_every_shape(engine: Engine, tmp_path: Path, content: Any) -> None:
    assert values(engine, scan(engine, tmp_path, content)) == COLUMNS


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.json"])
def test_one_object_per_line(engine: Engine, tmp_path: Path, name: str) -> None:
    lines = "\n".join(json.dumps(row) for row in ROWS)

    assert values(engine, scan(engine, tmp_path, lines, name)) == COLUMNS


def test_one_list_per_line(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, '[1, "x"]\n[2, "y"]\n', "a.jsonl")

    assert values(engine, found) == {"column_1": [1, 2], "column_2": ["x", "y"]}


def test_objects_by_their_keys_become_rows(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, {"x": {"a": 1}, "y": {"a": 2}})

    assert values(engine, found) == {"key": ["x", "y"], "a": [1, 2]}


def test_the_longest_list_is_taken_and_the_rest_is_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, {"links": [{"u": 1}], "items": ROWS, "total": 2})

    assert values(engine, found) == COLUMNS
    assert found.found["rows_at"] == "items"
    assert found.notes == (
        "The rows were found under “items”.",
        "What stands beside them was left out: links, total.",
    )


def test_the_list_of_rows_can_be_named(engine: Engine, tmp_path: Path) -> None:
    content = {"meta": {"n": [1, 2]}, "all": {"some": [{"u": 1}], "more": ROWS}}

    assert values(engine, scan(engine, tmp_path, content, rows_at="all.some")) == {"u": [1]}
    with pytest.raises(CanvasError, match="no list of rows at none") as caught:
        scan(engine, tmp_path, content, rows_at="none")
    assert caught.value.where.field == "rows_at"


def test_fields_may_be_missing(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, [{"a": 1}, {"b": None}, {"b": "x", "a": 3}, {}])

    assert values(engine, found) == {"a": [1, None, 3, None], "b": [None, None, "x", None]}


def test_nested_values_stay_text_and_are_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, [{"a": 1, "b": {"c": [1, "é"]}}, {"a": 2, "b": None}])

    assert values(engine, found)["b"] == ['{"c": [1, "é"]}', None]
    assert found.notes == ("Nested values were kept as text: b.",)


def test_nested_fields_become_columns_on_request(engine: Engine, tmp_path: Path) -> None:
    rows = [{"a": 1, "b": {"c": 2, "d": {"e": "x"}}, "f": [1]}, {"b": {"c": 3}}]
    found = scan(engine, tmp_path, rows, nested="flatten")

    assert values(engine, found) == {"a": [1, None], "b.c": [2, 3], "b.d.e": ["x", None], "f": ["[1]", None]}


def test_long_numbers_keep_their_digits(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, '[{"id": 123456789012345678901, "n": 9007199254740993}]')

    assert values(engine, found) == {"id": ["123456789012345678901"], "n": [9007199254740993]}
    assert found.notes == ("id was kept as text: its long numbers would lose digits.",)


def test_a_column_of_several_kinds_becomes_text_and_is_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, [{"a": 1}, {"a": "x"}, {"a": 3}, {"a": 4}])

    assert values(engine, found) == {"a": ["1", "x", "3", "4"]}
    assert found.notes == ("a was kept as text: 1 of 4 values is no whole number, such as “x”.",)


def test_fields_that_stand_twice_are_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, '[{"a": 1, "a": 2}]')

    assert values(engine, found) == {"a": [2]}
    assert found.notes == ("A field stood twice in an object 1 time, the last value was kept: a.",)


def test_names_that_differ_in_capitals_alone_stay_apart(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, [{"id": 1, "ID": 2, "": 3}])

    assert values(engine, found) == {"id": [1], "ID_2": [2], "column_3": [3]}


def test_bare_values_become_one_column(engine: Engine, tmp_path: Path) -> None:
    assert values(engine, scan(engine, tmp_path, [1, None, 3])) == {"value": [1, None, 3]}


def test_half_a_character_is_no_obstacle(engine: Engine, tmp_path: Path) -> None:
    assert values(engine, scan(engine, tmp_path, '[{"a": "x\\ud800"}]')) == {"a": ["x?"]}


def test_many_rows_are_read_in_batches(engine: Engine, tmp_path: Path) -> None:
    rows = "\n".join(f'{{"a": {place}, "b": {place}.5}}' for place in range(120_000))
    found = scan(engine, tmp_path, rows, "a.jsonl")

    assert engine.count(found.table) == 120_000
    assert engine.page(found.table, 119_999, 1).to_pydict() == {"a": [119_999], "b": [119_999.5]}


@pytest.mark.parametrize("content", ["[]", "{}", "\n\n", '{"a": []}'])
def test_a_file_without_rows_is_refused(engine: Engine, tmp_path: Path, content: str) -> None:
    with pytest.raises(CanvasError, match="holds no rows"):
        scan(engine, tmp_path, content)


def test_nesting_without_end_is_refused(engine: Engine, tmp_path: Path) -> None:
    deep = "[" * 200 + "]" * 200

    with pytest.raises(CanvasError, match="nested more than 64 levels"):
        scan(engine, tmp_path, f'[{{"a": {deep}}}]')


def test_a_value_without_end_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"64 million characters.*JSON Lines"):
        scan(engine, tmp_path, '[{"a": "' + "x" * 140_000_000)


def test_json_is_known_by_how_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('[{"a": 1}]')

    assert isinstance(source_for(tmp_path / "a.txt"), JsonFile)
