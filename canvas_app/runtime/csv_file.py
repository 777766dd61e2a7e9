"""Reads CSV as it was meant: parted, quoted and encoded in whatever way, every cell as it is written."""

from __future__ import annotations

import codecs
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from .encoding import HEAD, decoded, decoder_for, encoding_of, require_letters
from .errors import BundleError

_CHUNK = 1 << 20
_NONE = "(empty)"


@dataclass(frozen=True)
class Text:
    """A text file that was looked at."""

    path: Path
    encoding: str
    lines: int
    """How many ends of lines it has; of rows there may be fewer."""


def look_at(path: Path) -> Text:
    """Find out how a file is written; raises ``BundleError`` where it is no text."""
    try:
        with _opened(path) as stream:
            head = bytes(stream.read(HEAD))
        encoding = encoding_of(path.name, head)
        fits, lines = _measured(path, encoding)
    except (OSError, pa.ArrowException) as error:
        why = "the system doesn't allow it" if isinstance(error, PermissionError) else "it is damaged"
        raise BundleError(f"{path.name} can't be read: {why}.", "Get it again, or copy it here.") from error
    if not fits:
        require_letters(path.name, head)
        encoding = "cp1252"
    return Text(path, encoding, lines)


def csv_tables(text: Text, rows: int) -> Iterator[pa.Table]:
    """The rows of a CSV file with a header, so many at a time, every column as text; blanks are null."""
    engine = duckdb.connect(":memory:")
    try:
        with _as_utf8(text) as readable:
            query = f"SELECT * FROM {_reader(engine, readable)}"  # noqa: S608 - literals, quoted below
            reader = engine.execute(query).to_arrow_reader(rows)
            empty = True
            for batch in reader:
                empty = False
                yield pa.Table.from_batches([batch])
            if empty:
                yield reader.schema.empty_table()
    except (duckdb.Error, pa.ArrowException, OSError) as error:  # Arrow gives the engine's word as OSError
        raise _in_words(text.path.name, error) from error
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


def _in_words(name: str, error: Exception) -> BundleError:
    """What the engine says of a row, without its own names for files and settings."""
    if isinstance(error, OSError) and error.errno:
        return BundleError(f"{name} can't be read: {error.strerror}.", "Check the disk, or copy the file.")
    line = re.search(r"Line: (\d+)", str(error))
    if line:
        return BundleError(
            f"Line {line[1]} of {name} doesn't fit its columns.",
            "Look at the file at that place: it may have more or fewer values than the header.",
        )
    return BundleError(
        f"{name} can't be understood as a table.",
        "Save it as CSV in UTF-8: a header line, one row per line, values parted by commas.",
    )


@contextmanager
def _as_utf8(text: Text) -> Iterator[Path]:
    """The file itself where it is UTF-8, else a copy that is, for as long as it is needed."""
    if text.encoding == "utf-8":
        yield text.path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rows.csv"
        _transcode(text, copy)
        yield copy


def _transcode(text: Text, copy: Path) -> None:
    decoder = decoder_for(text.encoding)
    with copy.open("wb") as new:
        for part in _parts(text.path):
            new.write(decoded(decoder, part).encode())
        new.write(decoder.decode(b"", final=True).encode())


def _measured(path: Path, encoding: str) -> tuple[bool, int]:
    """Whether it is what its beginning says, which only UTF-8 may fail to be; and its ends of lines."""
    decoder = codecs.getincrementaldecoder("utf-8")() if encoding == "utf-8" else None
    fits, lines = True, 0
    for part in _parts(path):
        lines += part.count(b"\n")
        if decoder and fits:
            fits = _decodes(decoder, part)
    return fits and (decoder is None or _decodes(decoder, b"", final=True)), lines


def _decodes(decoder: codecs.IncrementalDecoder, part: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(part, final)
    except UnicodeDecodeError:
        return False
    return True


def _parts(path: Path) -> Iterator[bytes]:
    with _opened(path) as stream:
        while part := bytes(stream.read(_CHUNK)):
            yield part


def _opened(path: Path) -> Any:
    """The bytes of the file, unpacked if its name ends in .gz or .zst."""
    with path.open("rb"):
        pass  # Arrow's own errors lack the number by which the system tells a locked file
    return pa.input_stream(str(path), compression="detect")
