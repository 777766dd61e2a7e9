"""Tables of any names and types come back from files as they were, and are shown page by page in order."""

from __future__ import annotations

import csv
import datetime
import decimal
import math
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from canvas_app.data.engine import Engine, first_row, identifier, literal, schema_of
from canvas_app.data.file_rows import Look, part_of_file
from canvas_app.data.files import sha256_of
from canvas_app.data.import_job import ImportJob
from canvas_app.data.source import source_for
from canvas_app.jobs.job import Done, run_inline
from tests.any_values import CELLS, LETTERS, NAMES, cells, quickly, same, tables


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tries."""
    with Engine(scratch=tmp_path_factory.mktemp("engine"), threads=1) as engine:
        yield engine


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that can be filled once more by every try."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


SCREEN = {
    "int64": "whole",
    "float64": "number",
    "decimal(6, 2)": "number",
    "string": "text",
    "boolean": "switch",
    "date": "time",
    "timestamp": "time",
    "time": "time",
}


@given(tables())
@quickly(10)
def test_any_table_survives_a_file(engine: Engine, place: Path, table: Any) -> None:
    values, types = table
    made = engine.from_rows(values, types)
    rows = engine.write_parquet(made, place / "a.parquet")
    back = engine.read_parquet(place / "a.parquet")

    assert rows == engine.count(back) == len(next(iter(values.values())))
    assert [(column.name, column.type) for column in schema_of(back)] == [
        (name, SCREEN[kind]) for name, kind in types.items()
    ]
    assert same(engine.fetch(back).to_pydict(), values)


@given(tables(), st.integers(0, 7), st.integers(0, 7))
@quickly(10)
def test_a_page_of_a_file_is_that_part_of_it(
    engine: Engine, place: Path, table: Any, offset: int, limit: int
) -> None:
    values, types = table
    engine.write_parquet(engine.from_rows(values, types), place / "a.parquet")
    expected = {name: column[offset : offset + limit] for name, column in values.items()}

    assert same(part_of_file(engine, place / "a.parquet", Look(offset, limit)).to_pydict(), expected)
    back = engine.read_parquet(place / "a.parquet")
    assert same(engine.page(back, offset, limit).to_pydict(), expected)


def order_of(cell: Any) -> tuple[int, Any]:
    """Where a cell stands among others: infinities and nothing that is a number last."""
    return (1, 0) if isinstance(cell, float) and math.isnan(cell) else (0, cell)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("kind", sorted(CELLS))
@given(data=st.data())
@quickly(4)
def test_sorted_rows_stand_as_python_sorts_them_and_blanks_come_last(
    engine: Engine, place: Path, kind: str, down: bool, data: st.DataObject
) -> None:
    values = data.draw(cells(kind, 7))
    table = engine.from_rows({"key": values, "id": list(range(7))}, {"key": kind})
    engine.write_parquet(table, place / "a.parquet")
    filled = [at for at in range(7) if values[at] is not None]
    expected = sorted(filled, key=lambda at: order_of(values[at]), reverse=down)
    if down:  # equal ones keep their order all the same
        expected = sorted(filled, key=lambda at: at, reverse=True)
        expected.sort(key=lambda at: order_of(values[at]))
        expected.reverse()
    expected += [at for at in range(7) if values[at] is None]

    assert engine.page(table, 0, 7, [("key", down)])["id"].to_pylist() == expected
    assert (
        part_of_file(engine, place / "a.parquet", Look(0, 7), [("key", down)])["id"].to_pylist() == expected
    )


@given(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.lower), st.text(LETTERS, max_size=9))
@quickly(12)
def test_names_and_texts_stay_themselves_in_sql(engine: Engine, names: list[str], text: str) -> None:
    columns = ", ".join(f"{literal(text)} AS {identifier(name)}" for name in names)

    assert engine.fetch(engine.view(f"SELECT {columns}")).to_pydict() == {name: [text] for name in names}


CSV_CELLS = st.one_of(
    st.text(LETTERS.filter(str.isprintable), max_size=8),
    st.sampled_from(
        ["x,y", "two\nlines", 'a "quote"', ";", "\t", "'", "NULL", "nan", "007", "1e5", " x", "-", "#"]
    ),
)


@given(st.data())
@quickly(15)
def test_every_text_of_a_csv_file_comes_back_from_an_import(
    place: Path, engine: Engine, data: st.DataObject
) -> None:
    """As Python's own writer writes it; a first column of words keeps the header apart from the rows."""
    width = data.draw(st.integers(1, 3))
    lines = data.draw(st.lists(st.lists(CSV_CELLS, min_size=width, max_size=width), min_size=1, max_size=6))
    header = ["key", *(f"c{at}" for at in range(width))]
    rows = [[f"w{at}", *line] for at, line in enumerate(lines)]
    with (place / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([header, *rows, ["end", *("word" for _ in range(width))]])
    outcome = run_inline(ImportJob.of(source_for(place / "a.csv"), place / "data"))

    assert isinstance(outcome, Done), outcome
    back = engine.fetch(engine.read_parquet(place / "data" / f"{outcome.value.blob}.parquet"))
    assert back.column_names == header
    for at, name in enumerate(header):
        expected = [row[at] or None for row in rows]
        assert back[name].to_pylist()[:-1] == expected


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=2, max_size=8))
@quickly(8)
def test_whole_numbers_of_a_csv_file_lose_no_digit(place: Path, engine: Engine, numbers: list[int]) -> None:
    (place / "a.csv").write_text("".join(f"{line}\n" for line in ["id,n", *(f"k,{n}" for n in numbers)]))
    outcome = run_inline(ImportJob.of(source_for(place / "a.csv"), place / "data"))

    assert isinstance(outcome, Done)
    back = engine.fetch(engine.read_parquet(place / "data" / f"{outcome.value.blob}.parquet"))
    assert [int(cell) for cell in back["n"].to_pylist()] == numbers


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=8))
@example([0.1, 0.023217612806301458])
@quickly(8)
def test_numbers_of_a_csv_file_are_read_to_the_last_bit(
    place: Path, engine: Engine, numbers: list[float]
) -> None:
    (place / "a.csv").write_text(
        "".join(f"{line}\n" for line in ["id,n", *(f"k,{n!r}" for n in [0.5, *numbers])])
    )
    outcome = run_inline(ImportJob.of(source_for(place / "a.csv"), place / "data"))

    assert isinstance(outcome, Done)
    back = engine.fetch(engine.read_parquet(place / "data" / f"{outcome.value.blob}.parquet"))
    assert back["n"].to_pylist() == [0.5, *numbers]


@given(st.lists(st.dates(datetime.date(1000, 1, 1)), min_size=1, max_size=8))
@quickly(6)
def test_dates_of_a_csv_file_stay_on_their_day(
    place: Path, engine: Engine, days: list[datetime.date]
) -> None:
    (place / "a.csv").write_text("".join(f"{line}\n" for line in ["id,d", *(f"k,{day}" for day in days)]))
    outcome = run_inline(ImportJob.of(source_for(place / "a.csv"), place / "data"))

    assert isinstance(outcome, Done)
    back = engine.fetch(engine.read_parquet(place / "data" / f"{outcome.value.blob}.parquet"))
    assert back["d"].to_pylist() == days


def test_the_same_rows_are_the_same_blob_wherever_they_come_from(place: Path) -> None:
    blobs = set()
    for name in ("a.csv", "b.csv"):
        (place / name).write_text("x,y\n1,a\n2,b\n")
        outcome = run_inline(ImportJob.of(source_for(place / name), place / name[0], name="t"))
        assert isinstance(outcome, Done)
        assert sha256_of(place / name[0] / f"{outcome.value.blob}.parquet") == outcome.value.blob
        blobs.add(outcome.value.blob)

    assert len(blobs) == 1


def test_a_dataset_is_called_by_its_name_and_version(place: Path) -> None:
    (place / "a.csv").write_text("x\n1\n")
    outcome = run_inline(ImportJob.of(source_for(place / "a.csv"), place / "data", 3, name="my table"))

    assert isinstance(outcome, Done)
    assert outcome.value.key == "my table/3"


NESTED = {
    "lists": pa.array([[1, 2], [], None], pa.list_(pa.int64())),
    "parts": pa.array([{"a": 1, "b": "x"}, None, {"a": None, "b": ""}]),
    "bytes": pa.array([b"\x00\xff", b"", None]),
    "zoned": pa.array(
        [datetime.datetime(1969, 7, 20, 20, 17), None, datetime.datetime(2024, 1, 1)],
        pa.timestamp("us", "America/New_York"),
    ),
    "coded": pa.array(["x", "y", None]).dictionary_encode(),
    "money": pa.array([decimal.Decimal("12345678901234567890.12"), None, decimal.Decimal("-0.01")]),
    "tiny": pa.array([1, None, -128], pa.int8()),
    "large": pa.array([2**64 - 1, 0, None], pa.uint64()),
    "half": pa.array([1.5, None, math.inf], pa.float32()),
    "nothing": pa.array([None, None, None], pa.null()),
}


@pytest.mark.parametrize("name", NESTED)
def test_columns_of_rarer_types_are_shown_imported_and_counted(
    engine: Engine, place: Path, name: str
) -> None:
    from pyarrow import parquet

    from canvas_app.data.profile import profile

    parquet.write_table(pa.table({name: NESTED[name], "id": [1, 2, 3]}), place / "a.parquet")
    outcome = run_inline(ImportJob.of(source_for(place / "a.parquet"), place / "data"))
    assert isinstance(outcome, Done), outcome
    back = engine.read_parquet(place / "data" / f"{outcome.value.blob}.parquet")
    found = profile(back)[0]

    assert outcome.value.rows == 3
    assert found.blanks == NESTED[name].null_count
    assert engine.page(back, 0, 3, [(name, False), ("id", True)]).num_rows == 3
    assert set(first_row(back)) == {name, "id"}


def test_a_column_called_like_the_engines_own_is_paged_sorted_and_sampled(
    engine: Engine, place: Path
) -> None:
    table = engine.from_rows({"file_row_number": [7, 9, 8]})
    engine.write_parquet(table, place / "a.parquet")
    down = part_of_file(engine, place / "a.parquet", Look(0, 2), [("file_row_number", True)])

    assert down.to_pydict() == {"file_row_number": [9, 8]}
    assert part_of_file(engine, place / "a.parquet", Look(2, 5)).to_pydict() == {"file_row_number": [8]}
    assert engine.count(engine.every_block_of_file(place / "a.parquet", 2)) == 3
