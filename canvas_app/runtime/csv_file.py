"""Reads CSV as it was meant: parted, quoted and encoded in whatever way, every cell as it is written."""

from __future__ import annotations

import codecs
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from .errors import BundleError

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NONE = "(empty)"


def csv_tables(path: Path, rows: int) -> Iterator[pa.Table]:
    """The rows of a CSV file with a header, so many at a time, every column as text; blanks are null."""
    engine = duckdb.connect(":memory:")
    try:
        with _as_utf8(path) as readable:
            query = f"SELECT * FROM {_reader(engine, readable)}"  # noqa: S608 - literals, quoted below
            reader = engine.execute(query).to_arrow_reader(rows)
            empty = True
            for batch in reader:
                empty = False
                yield pa.Table.from_batches([batch])
            if empty:
                yield reader.schema.empty_table()
    except (duckdb.Error, pa.ArrowException) as error:
        raise BundleError(
            f"{path.name} can't be read as CSV: {str(error).splitlines()[0]}",
            "Save it as CSV in UTF-8 with one header line.",
        ) from error
    finally:
        engine.close()


def unique_names(raw: Sequence[str | None]) -> tuple[str, ...]:
    """Names that are neither empty nor twice there, made as when a table is imported."""
    taken = {name.lower() for name in raw if name}
    seen: set[str] = set()
    names = []
    for place, name in enumerate(raw, start=1):
        free, number = name or f"column_{place}", 2 if name else place
        while free.lower() in seen or (free != name and free.lower() in taken):
            free = f"{name or 'column'}_{number}"
            number += 1
        seen.add(free.lower())
        names.append(free)
    return tuple(names)


def _reader(engine: Any, path: Path) -> str:
    """``read_csv(...)`` with everything said that DuckDB would else guess again."""
    name = _literal(re.sub(r"([*?\[])", r"[\1]", str(path)))
    result = engine.execute(f"FROM sniff_csv({name}, header = true)")
    facts = dict(zip([column[0] for column in result.description], result.fetchone(), strict=True))
    quote = '"' if facts["Quote"] == _NONE else facts["Quote"]
    escape = quote if facts["Escape"] == _NONE else facts["Escape"]
    manner = (
        f"auto_detect = false, delim = {_literal(facts['Delimiter'])}, quote = {_literal(quote)}, "
        f"escape = {_literal(escape)}, skip = {int(facts['SkipRows'])}"
    )
    width = len(facts["Columns"])
    numbered = _columns([f"c{at}" for at in range(width)])
    above = f"read_csv({name}, {manner}, header = false, columns = {numbered})"
    first = engine.execute(f"SELECT * FROM {above} LIMIT 1").fetchone()  # noqa: S608 - literals, quoted below
    return f"read_csv({name}, {manner}, header = true, columns = {_columns(unique_names(first))})"


def _columns(names: Sequence[str]) -> str:
    return "{" + ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names) + "}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _as_utf8(path: Path) -> Iterator[Path]:
    """The file itself where it is UTF-8, else a copy that is, for as long as it is needed."""
    encoding = _encoding(path)
    if encoding == "utf-8":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rows.csv"
        _transcode(path, encoding, copy)
        yield copy


def _transcode(path: Path, encoding: str, copy: Path) -> None:
    with (
        path.open("r", encoding=encoding, errors="replace", newline="") as old,
        copy.open("w", encoding="utf-8", newline="") as new,
    ):
        while part := old.read(_CHUNK):
            new.write(part)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        if path.suffix.lower() in (".gz", ".zst"):
            return "utf-8"
        try:
            while part := file.read(_CHUNK):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
