"""Files that would break a reader: a clear error or a clean import, soon, and within two gigabytes."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from pyarrow import feather

from canvas_app.base.errors import CanvasError
from canvas_app.data.dataset import Dataset
from canvas_app.data.engine import Engine
from canvas_app.data.import_job import ImportJob
from canvas_app.data.source import source_for
from canvas_app.jobs.apart import Fallen, run_apart
from canvas_app.jobs.job import Quiet

MEMORY = 2_000_000_000
SILENCE = 10.0

NAMES = ("$\\unknowncmd$", "<img src=x>", "=1+1", '"; DROP TABLE x; --', "a\u202eb", "😀" * 40, "constructor")
"""Names of columns that mean something to somebody."""


def bring(path: Path, *, apart: bool = False) -> Dataset:
    """Import a file; ``apart`` as the application does, in a process that may neither hang nor grow."""
    job = ImportJob.of(source_for(path), path.parent / "project")
    began = time.monotonic()
    dataset = run_apart(job, Quiet(), memory=MEMORY, silence=SILENCE) if apart else job.run(Quiet())
    assert apart or time.monotonic() - began < SILENCE
    return dataset


def refused(path: Path, *, apart: bool = False) -> str:
    """What is told of a file that can't be read."""
    with pytest.raises(CanvasError) as caught:
        bring(path, apart=apart)
    assert not isinstance(caught.value, Fallen), "it was ended instead of being refused"
    assert caught.value.hint
    assert not list((path.parent / "project").glob("*"))
    return caught.value.message


def read_or_refused(path: Path) -> bool:
    """Whether a damaged file still gives a table; if not, it is refused in words."""
    try:
        dataset = bring(path)
    except CanvasError as error:
        return not isinstance(error, Fallen) and bool(error.message and error.hint)
    return dataset.rows <= 30_000


def packed(path: Path, *parts: bytes) -> Path:
    """A file of these bytes, packed as they come."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        for part in parts:
            file.write(part)
    return path


def parquet(path: Path) -> Path:
    pq.write_table(pyarrow.table({"a": range(20_000), "b": [f"text {n}" for n in range(20_000)]}), path)
    return path


def workbook(path: Path, rows: int = 2000) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        for at in range(1, rows):
            sheet.write_row(at, 0, [at, f"text {at}"])
    return path


def database(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (a INTEGER, b TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(n, f"text {n}") for n in range(5000)])
    return path


def duck(path: Path) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS a, 'text ' || range AS b FROM range(5000)")
    return path


def arrow(path: Path) -> Path:
    feather.write_feather(
        pyarrow.table({"a": range(5000), "b": [f"text {n}" for n in range(5000)]}), path, compression="lz4"
    )
    return path


def lines(path: Path) -> Path:
    path.write_text("\n".join(json.dumps({"a": n, "b": f"text {n}"}) for n in range(5000)))
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    "a.parquet": parquet,
    "a.xlsx": workbook,
    "a.sqlite": database,
    "a.duckdb": duck,
    "a.feather": arrow,
    "a.jsonl": lines,
}


@pytest.mark.slow
def test_a_line_of_a_gigabyte(tmp_path: Path) -> None:
    part = b"x" * 10_000_000

    assert "a.csv.gz" in refused(packed(tmp_path / "a.csv.gz", b"a,b\n1,", *[part] * 100, b"\n"), apart=True)


@pytest.mark.slow
def test_a_json_text_of_a_gigabyte(tmp_path: Path) -> None:
    part = b"x" * 10_000_000

    assert "64 million characters" in refused(
        packed(tmp_path / "a.json.gz", b'[{"a": "', *[part] * 100, b'"}]')
    )


@pytest.mark.slow
def test_a_hundred_thousand_columns(tmp_path: Path) -> None:
    names = [f"c{place}" for place in range(100_000)]
    (tmp_path / "a.csv").write_text(",".join(names) + "\n" + ",".join(["1"] * 100_000) + "\n")
    (tmp_path / "a.json").write_text(json.dumps([dict.fromkeys(names, 1)]))

    assert "more than 10,000 columns" in refused(tmp_path / "a.csv", apart=True)
    assert "more than 10,000 columns" in refused(tmp_path / "a.json", apart=True)


def test_encodings_that_change_halfway(tmp_path: Path) -> None:
    whole = ("name,n\n" + "é,1\n" * 500).encode() + ("è,2\n" * 500).encode("cp1252")
    (tmp_path / "a.csv").write_bytes(whole)

    assert bring(tmp_path / "a.csv").rows == 1000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"a": NaN}]', "NaN is no JSON"),
        ('[{"a": -Infinity}]', "-Infinity is no JSON"),
        ('[{"a": 1},]', "a comma after the last element"),
        ("[" * 1_000_000, "nested more than 64 levels"),
        ('{"a":' * 1_000_000, "nested more than 64 levels"),
        ('[{"a": ' + "[" * 500 + "]" * 500 + "}]", "nested more than 64 levels"),
        ('[{"a": ' + "9" * 1_000_000 + "}]", "more than 4,300 digits"),
        ('[{"a": 1}', "ends before it is complete"),
    ],
)
def test_json_that_is_none(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "a.json").write_text(content)

    assert told in refused(tmp_path / "a.json")


def test_a_parquet_file_with_a_broken_footer(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "whole.parquet").read_bytes()
    length = struct.unpack("<I", whole[-8:-4])[0]
    broken = {
        "cut": whole[:-9],
        "long": whole[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1",
        "zeros": whole[: -8 - length] + bytes(length) + whole[-8:],
        "short": b"PAR1" + whole[-8:],
    }
    for name, content in broken.items():
        (tmp_path / f"{name}.parquet").write_bytes(content)
        assert f"{name}.parquet" in refused(tmp_path / f"{name}.parquet")


def test_a_workbook_that_is_a_bomb(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(10):
                sheet.write(b'<c r="A1"/>' * 1_000_000)

    assert "would grow" in refused(tmp_path / "a.xlsx", apart=True)


def test_a_billion_laughs(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/sharedStrings.xml", f'<!DOCTYPE l [<!ENTITY l0 "ha">{laughs}]><sst>&l9;</sst>')

    assert "declares entities" in refused(tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_cut_short(tmp_path: Path, name: str) -> None:
    path = MAKERS[name](tmp_path / name)
    whole = path.read_bytes()
    for share in (0.5, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert read_or_refused(path)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", MAKERS)
def test_a_file_with_changed_bytes(tmp_path: Path, name: str, seed: int) -> None:
    path = MAKERS[name](tmp_path / name)
    whole = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for place in chance.sample(range(len(whole)), max(4, len(whole) // 500)):
        whole[place] = chance.randrange(256)
    path.write_bytes(whole)
    assert read_or_refused(path)


def named(path: Path) -> pyarrow.Table:
    """Write a table with the names, in the format of the file's ending."""
    table = pyarrow.table({name: ["x", "y"] for name in NAMES})
    quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in NAMES)
    rows = [[letter] * len(NAMES) for letter in "xy"]
    match path.suffix:
        case ".csv":
            path.write_text("\n".join([quoted.replace(", ", ","), *map(",".join, rows)]))
        case ".json":
            path.write_text(json.dumps(table.to_pylist()))
        case ".jsonl":
            path.write_text("\n".join(map(json.dumps, table.to_pylist())))
        case ".xlsx":
            with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
                sheet = book.add_worksheet()
                for at, row in enumerate([NAMES, *rows]):
                    sheet.write_row(at, 0, row)
        case ".parquet":
            pq.write_table(table, path)
        case ".feather":
            feather.write_feather(table, path)
        case ".sqlite":
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(f"CREATE TABLE t ({quoted})")
                connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(NAMES))})", rows)
        case ".duckdb":
            with duckdb.connect(str(path)) as database:
                database.register("given", table)
                database.execute("CREATE TABLE t AS SELECT * FROM given")
    return table


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "xlsx", "parquet", "feather", "sqlite", "duckdb"])
def test_names_that_mean_something_to_somebody(tmp_path: Path, engine: Engine, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    table = named(path)
    dataset = bring(path)

    assert dataset.schema.names == NAMES
    rows = engine.fetch(engine.read_parquet(tmp_path / "project" / f"{dataset.blob}.parquet"))
    assert rows.to_pylist() == table.to_pylist()
