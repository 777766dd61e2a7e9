"""Rows of values whose types show only at the end, kept in Parquet pieces until every column has one type."""

from __future__ import annotations

import datetime
import math
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine import Engine, identifier, literal, select, without_patterns

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import Table
    from pyarrow.parquet import ParquetWriter

BATCH = 50_000
"""Rows that are kept in memory before they are written."""
MOST_COLUMNS = 10_000
_EXACT = 2**53
_LARGEST = 2**63 - 1
_EXAMPLE = 40

_KINDS: dict[type, str] = {
    bool: "switch",
    int: "whole",
    float: "number",
    str: "text",
    datetime.date: "date",
    datetime.datetime: "moment",
    datetime.time: "time",
    datetime.timedelta: "number",
    bytes: "bytes",
}
_ENGINE = {
    "blank": "VARCHAR",
    "switch": "BOOLEAN",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "time": "TIME",
    "bytes": "BLOB",
}
_WORDS = {
    "switch": ("switch", "switches"),
    "whole": ("whole number", "whole numbers"),
    "number": ("number", "numbers"),
    "text": ("text", "texts"),
    "date": ("date", "dates"),
    "moment": ("date with a time", "dates with times"),
    "time": ("time", "times"),
    "bytes": ("binary value", "binary values"),
}


@dataclass
class Seen:
    """What was seen in one column so far."""

    kind: str = "blank"
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    """For each kind the first value, as text."""
    long: bool = False
    """Whole numbers of more digits than a number keeps exactly."""
    durations: bool = False

    def note(self, name: str) -> str:
        """What a person should know about how the column was understood."""
        kinds = set(self.counts)
        if self.durations:
            return f"{name} holds durations: they became seconds."
        if self.kind == "text" and self.long and kinds <= {"whole", "number"}:
            return f"{name} was kept as text: its long numbers would lose digits."
        if self.kind == "text" and kinds - {"text"}:
            return self._mixed(name)
        return f"{name} holds binary data, kept as it is." if self.kind == "bytes" else ""

    def _mixed(self, name: str) -> str:
        common = self.counts.most_common(1)[0][0]
        rare = self.counts.most_common()[-1][0]
        count = sum(self.counts.values()) - self.counts[common]
        one, many = _WORDS[common]
        if common == "text":
            others = " and ".join(_WORDS[kind][1] for kind in sorted(self.counts.keys() - {"text"}))
            return f"{name} was kept as text: it also holds {others}, such as “{self.examples[rare]}”."
        no = f"is no {one}" if count == 1 else f"are no {many}"
        return (
            f"{name} was kept as text: {count:,} of {sum(self.counts.values()):,} values {no},"
            f" such as “{self.examples[rare]}”."
        )


@dataclass(frozen=True)
class Piece:
    """One Parquet file, and the kinds of its columns."""

    path: str
    kinds: dict[str, str]


@dataclass(frozen=True)
class Gathered:
    """What became of the rows: pieces on the disk, and the kind that fits all values of each column."""

    pieces: tuple[Piece, ...]
    kinds: dict[str, str]
    """By column, in order."""
    rows: int
    notes: tuple[str, ...] = ()

    def table(self, engine: Engine) -> Table:
        """The rows as an expression, each column of one type."""
        return engine.view(" UNION ALL ".join(self._select(piece) for piece in self.pieces))

    def _select(self, piece: Piece) -> str:
        columns = ", ".join(
            f"{_cast(name, piece.kinds.get(name, ''), kind)} AS {identifier(name)}"
            for name, kind in self.kinds.items()
        )
        return select(columns, f"read_parquet({literal(without_patterns(Path(piece.path)))})")


class LooseRows:
    """Takes rows in batches and writes them down; columns may appear late, and change their mind."""

    def __init__(self, folder: Path, *, whole: bool = False) -> None:
        """``whole``: numbers come as floats even where they are counts, as in spreadsheets."""
        self.seen: dict[str, Seen] = {}
        self.rows = 0
        self._folder = folder
        self._whole = whole
        self._pieces: list[Piece] = []
        self._writer: ParquetWriter | None = None

    def add(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Write a batch: values by column, all of one length, with None for blanks."""
        import pyarrow

        _require_few(len(self.seen.keys() | columns.keys()))
        arrays: dict[str, pyarrow.Array] = {}
        kinds: dict[str, str] = {}
        for name, values in columns.items():
            kinds[name], arrays[name] = self._array(name, values)
        table = pyarrow.table(arrays)
        if table.num_rows == 0:
            return
        self.rows += table.num_rows
        with files.file_errors(self._folder):
            self._piece(kinds, table.schema).write_table(table)

    def finish(self, *notes: str) -> Gathered:
        """Close what was written; ``notes`` come before those about the columns."""
        self._close()
        told = tuple(note for name, seen in self.seen.items() if (note := seen.note(name)))
        kinds = {name: seen.kind for name, seen in self.seen.items()}
        return Gathered(tuple(self._pieces), kinds, self.rows, (*notes, *told))

    def _array(self, name: str, values: Sequence[Any]) -> tuple[str, pyarrow.Array]:
        import pyarrow

        seen = self.seen.setdefault(name, Seen())
        types = Counter(map(type, values))
        types.pop(type(None), None)
        if datetime.timedelta in types:
            seen.durations = True
            values = [v.total_seconds() if isinstance(v, datetime.timedelta) else v for v in values]
        kind = _joined({_KINDS[item] for item in types})
        if int in types and kind in ("whole", "number"):
            kind = self._checked(seen, values, kind)
        array = _stored(_as(kind, values), kind)
        if kind == "number" and self._whole and _all_whole(array):
            kind, array = "whole", array.cast(pyarrow.int64())
            types = Counter({int: sum(types.values())})
        self._note(seen, types, values)
        seen.kind = _joined({seen.kind, kind} - {"blank"})
        if seen.kind == "number" and seen.long:
            seen.kind = "text"
        return kind, array

    def _checked(self, seen: Seen, values: Sequence[Any], kind: str) -> str:
        """Whole numbers may be too long for the engine, or for the fractions that stand beside them."""
        wholes = [value for value in values if type(value) is int]
        largest = max(max(wholes), -min(wholes))
        seen.long = seen.long or largest > _EXACT
        return "text" if largest > _LARGEST or (kind == "number" and largest > _EXACT) else kind

    def _note(self, seen: Seen, types: Counter[type], values: Sequence[Any]) -> None:
        for item, count in types.items():
            kind = _KINDS[item]
            seen.counts[kind] += count
            if kind not in seen.examples:
                first = next((value for value in values if _KINDS.get(type(value)) == kind), None)
                seen.examples[kind] = as_text(first)[:_EXAMPLE]

    def _piece(self, kinds: dict[str, str], schema: pyarrow.Schema) -> ParquetWriter:
        from pyarrow.parquet import ParquetWriter

        if self._writer is None or self._pieces[-1].kinds != kinds:
            self._close()
            path = self._folder / f"rows-{secrets.token_hex(8)}.parquet"
            self._pieces.append(Piece(str(path), kinds))
            self._writer = ParquetWriter(path, schema, compression="zstd", compression_level=1)
        return self._writer

    def _close(self) -> None:
        if self._writer is not None:
            with files.file_errors(self._folder):
                self._writer.close()
        self._writer = None


def _require_few(columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise CanvasError(
            f"The table has more than {MOST_COLUMNS:,} columns.",
            hint="Keep fewer of them, or turn the table so that they become rows.",
        )


def as_text(value: Any) -> str:
    """A value as it stands in a column of texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _joined(kinds: set[str]) -> str:
    """The kind that holds values of all these."""
    if not kinds:
        return "blank"
    if len(kinds) == 1:
        return next(iter(kinds))
    for some, joined in (({"whole", "number"}, "number"), ({"date", "moment"}, "moment")):
        if kinds == some:
            return joined
    return "text"


def _as(kind: str, values: Sequence[Any]) -> Sequence[Any]:
    """The values in the one type of their kind."""
    if kind == "text":
        return [value if value is None or type(value) is str else as_text(value) for value in values]
    if kind == "number":
        return [None if value is None else float(value) for value in values]
    if kind == "moment":
        return [_moment(value) if type(value) is datetime.date else value for value in values]
    return values


def _stored(values: Sequence[Any], kind: str) -> pyarrow.Array:
    """The values as Arrow keeps them; halves of characters, which JSON can name, become question marks."""
    import pyarrow

    try:
        return pyarrow.array(values, _arrow(kind))
    except UnicodeEncodeError:
        whole = [value if value is None else value.encode("utf-8", "replace").decode() for value in values]
        return pyarrow.array(whole, _arrow(kind))


def _moment(value: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(value, datetime.time())


def _arrow(kind: str) -> pyarrow.DataType:
    import pyarrow

    types = {
        "switch": pyarrow.bool_(),
        "whole": pyarrow.int64(),
        "number": pyarrow.float64(),
        "date": pyarrow.date32(),
        "moment": pyarrow.timestamp("us"),
        "time": pyarrow.time64("us"),
        "bytes": pyarrow.binary(),
    }
    return types.get(kind, pyarrow.string())


def _all_whole(array: pyarrow.Array) -> bool:
    import pyarrow.compute as pc

    if pc.all(pc.equal(array, pc.trunc(array))).as_py() is not True:
        return False
    largest = pc.max(pc.abs(array)).as_py()
    return largest is not None and math.isfinite(largest) and largest <= _EXACT


def _cast(name: str, kind: str, wanted: str) -> str:
    """SQL for a column of one kind as another."""
    column = identifier(name)
    if not kind:
        return f"CAST(NULL AS {_ENGINE[wanted]})"
    if kind == wanted or _ENGINE[kind] == _ENGINE[wanted]:
        return column
    if wanted == "text" and kind == "bytes":
        return f"lower(hex({column}))"
    if wanted == "text" and kind == "number":  # 2.0 among fractions is 2 elsewhere
        whole = f"{column} = trunc({column}) AND abs({column}) < 1e15"
        short = f"CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        return f"CASE WHEN {whole} THEN {short} ELSE CAST({column} AS VARCHAR) END"
    return f"CAST({column} AS {_ENGINE[wanted]})"
