from __future__ import annotations

import datetime
import random
from pathlib import Path

import pyarrow
import pytest
from pyarrow import feather, ipc

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.foreign.arrow_job import CopyArrow
from canvas_app.data.source import source_for
from canvas_app.data.sources.arrow_file import ArrowFile
from canvas_app.jobs.job import Quiet

TABLE = pyarrow.table({"a": [1, 2, None], "b c": ["x", None, "z"]})


def write(path: Path, table: pyarrow.Table, form: str = "file") -> Path:
    if form in ("lz4", "zstd", "uncompressed"):
        feather.write_feather(table, path, compression=form)
        return path
    make = ipc.new_stream if form == "stream" else ipc.new_file
    with pyarrow.OSFile(str(path), "wb") as sink, make(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return path


def copied(path: Path) -> pyarrow.Table:
    import pyarrow.parquet

    out = path.with_name("out.parquet")
    CopyArrow(str(path), str(out)).run(Quiet())
    return pyarrow.parquet.read_table(out)


@pytest.mark.parametrize("form", ["file", "stream", "lz4", "zstd", "uncompressed"])
def test_every_format_of_arrow_is_read(tmp_path: Path, form: str) -> None:
    assert copied(write(tmp_path / "a.arrow", TABLE, form)) == TABLE


def test_a_file_becomes_a_table(engine: Engine, tmp_path: Path) -> None:
    found = ArrowFile(path=str(write(tmp_path / "a.feather", TABLE, "lz4"))).scan(engine)

    assert engine.fetch(found.table) == TABLE


def test_types_that_tables_lack_become_others(tmp_path: Path) -> None:
    columns = {
        "category": pyarrow.array(["x", "y", "x"]).dictionary_encode(),
        "nothing": pyarrow.nulls(3),
        "half": pyarrow.array([1.5, 2.5, None], pyarrow.float16()),
        "length": pyarrow.array([datetime.timedelta(hours=1), None, datetime.timedelta(0)]),
        "view": pyarrow.array(["x", None, "y"], pyarrow.string_view()),
    }

    assert copied(write(tmp_path / "a.arrow", pyarrow.table(columns))).to_pydict() == {
        "category": ["x", "y", "x"],
        "nothing": [None, None, None],
        "half": [1.5, 2.5, None],
        "length": [3600.0, None, 0.0],
        "view": ["x", None, "y"],
    }


def test_names_twice_there_are_made_unique_and_told(engine: Engine, tmp_path: Path) -> None:
    table = pyarrow.table([pyarrow.array([1]), pyarrow.array([2])], names=["a", "a"])
    found = ArrowFile(path=str(write(tmp_path / "a.arrow", table))).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {"a": [1], "a_2": [2]}
    assert found.notes == ("A second column called a is now a_2.",)


def test_a_table_without_rows_is_refused(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.arrow", TABLE.slice(0, 0))

    with pytest.raises(CanvasError, match="has columns but no rows"):
        ArrowFile(path=str(path)).scan(engine)


def test_damaged_bytes_are_refused_in_words(engine: Engine, tmp_path: Path) -> None:
    rows = pyarrow.table({"a": [f"text {place}" for place in range(5000)]})
    whole = bytearray(write(tmp_path / "a.arrow", rows).read_bytes())
    for place in random.Random(3).sample(range(300, 20_000), 4000):
        whole[place] = 255
    (tmp_path / "a.arrow").write_bytes(whole)

    with pytest.raises(CanvasError, match="damaged"):
        ArrowFile(path=str(tmp_path / "a.arrow")).scan(engine)


def test_it_is_known_by_how_it_begins(tmp_path: Path) -> None:
    assert isinstance(source_for(write(tmp_path / "a.dat", TABLE)), ArrowFile)
