"""A table as findings see it: each measure is made once, whoever asks first."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from canvas_app.data.column_measures import measures_of
from canvas_app.data.engine import connection_of, identifier, schema_of, select, told
from canvas_app.data.fingerprint import fingerprint
from canvas_app.data.schema import ColumnInfo, ColumnType

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.coded import Coded

MOST_ROWS = 200_000
"""Rows above which a sample is looked at."""
MOST_COLUMNS = 300
"""Columns that are looked at, the first ones; the report says so where there are more."""
MODEL_ROWS = 10_000
"""Rows that whatever trains something looks at."""
SEED = 20_240_229
_VALUES = 2_000

T = TypeVar("T")


@dataclass(frozen=True)
class ColumnFacts:
    """One column in numbers; of times, ``low`` and ``high`` are in seconds since 1970."""

    name: str
    type: ColumnType
    rows: int
    filled: int
    distinct: int
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    deviation: float | None = None
    middle: float | None = None
    """The median."""
    spread: float | None = None
    """The median distance from the median."""
    skew: float | None = None
    numbers: int = 0
    """Of a text: cells that read as a number; ``dates`` and ``moments`` alike, and codes such as 007."""
    dates: int = 0
    moments: int = 0
    codes: int = 0
    written_dates: int = 0
    """Of a text: cells such as 2024-12, 31.12.2024 or 12/31/2024."""
    length: float = 0.0
    """Letters of a text, on average."""

    @property
    def blanks(self) -> int:
        """Cells that hold nothing."""
        return self.rows - self.filled

    @property
    def blank_share(self) -> float:
        """Blanks among the rows, 0 to 1."""
        return self.blanks / self.rows if self.rows else 0.0

    @property
    def is_number(self) -> bool:
        """Whether it can be reckoned with."""
        return self.type in ("number", "whole")

    @property
    def names_rows(self) -> bool:
        """Whether every filled cell differs from all others, in rows enough to tell."""
        return self.filled > 20 and self.distinct >= self.filled

    @property
    def is_prose(self) -> bool:
        """Whether its texts are sentences rather than categories."""
        return self.type == "text" and self.length > 40


class Examined:
    """A table of at most 200,000 rows, in the engine of the expression it was made from.

    Its columns have names of our own in there, so that no name of a person's enters a query.
    """

    def __init__(self, table: Table, *, before: Table | None = None) -> None:
        """``before`` is an earlier version of the same table. Raises ``CanvasError``."""
        self._connection, query = connection_of(table)
        self.schema = schema_of(table)
        self.columns: tuple[ColumnInfo, ...] = self.schema.columns[:MOST_COLUMNS]
        self.before = before
        self._whole = f"({query})"
        self._table = f"looked_at_{secrets.token_hex(8)}"
        self._places = {info.name: f"c{at}" for at, info in enumerate(self.columns)}
        self._known: dict[Any, Any] = {}
        self._backend = _backend_of(table)
        self.all_rows = int(self.query(select("count(*)", self._whole))[0][0])
        """Rows of the table; of these, ``rows`` are looked at."""
        self._take()
        self.rows = int(self.query(select("count(*)", self._table))[0][0])

    def close(self) -> None:
        """Let go of the copy that was looked at."""
        with told():
            self._connection.execute(f"DROP TABLE IF EXISTS {self._table}")

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are looked at."""
        return tuple(info.name for info in self.columns)

    @cached_property
    def facts(self) -> Mapping[str, ColumnFacts]:
        """Every column in numbers, in one query."""
        parts = [measures_of(info, self.place(info.name)) for info in self.columns]
        flat = [f"{sql} AS m{at}_{name}" for at, part in enumerate(parts) for name, sql in part.items()]
        if not flat:
            return {}
        row = iter(self.query(select(", ".join(flat), self._table))[0])
        found = {}
        for info, part in zip(self.columns, parts, strict=True):
            measured = {name: next(row) for name in part}
            found[info.name] = ColumnFacts(info.name, info.type, self.rows, **measured)
        return found

    def place(self, name: str) -> str:
        """What a column is called in a query of ours."""
        return self._places[name]

    def ask(self, columns: str, rest: str = "") -> list[tuple[Any, ...]]:
        """Query the rows that are looked at, by the names that ``place`` gives."""
        return self.query(select(columns, self._table, rest))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query of ours. Raises ``CanvasError``, or ``Cancelled`` if interrupted."""
        with told():
            rows: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
            return rows

    def once(self, key: Any, measure: Callable[[], T]) -> T:
        """What was measured under a key, measured now if it is the first time."""
        if key not in self._known:
            self._known[key] = measure()
        known: T = self._known[key]
        return known

    def frequent(self, name: str) -> tuple[tuple[str, int], ...]:
        """The values of a column as texts with their rows, the most frequent first; 2,000 at most."""
        return self.once(("frequent", name), lambda: self._frequent(name))

    @cached_property
    def repeated_rows(self) -> int:
        """Rows that are equal to one before them, among all rows of the table."""
        if not self.schema.columns:
            return 0
        names = ", ".join(identifier(info.name) for info in self.schema)
        rows = self.query(select(f"count(*) - count(DISTINCT hash({names}))", self._whole))
        return int(rows[0][0])

    def coded(self, most: int = MODEL_ROWS) -> Mapping[str, Coded]:
        """The columns of a seeded sample as numbers, for what reckons with them."""
        from canvas_app.data.coded import coded

        def measure() -> Mapping[str, Coded]:
            known = [info for info in self.columns if info.type != "other"]
            return coded(known, self._sampled([self.place(info.name) for info in known], most))

        return self.once(("coded", most), measure)

    def fingerprints(self, rows: Sequence[int], most: int = MODEL_ROWS) -> tuple[list[str], list[str]]:
        """The columns that name rows, and the names of some rows of the sample."""
        from canvas_app.data.engine import told as at_the_door

        known = [info.name for info in self.columns if info.type != "other"]
        came = self._sampled(["came"], most)["came"].to_pylist()
        table = self._backend.table(self._table)
        named = table.select("came", name=fingerprint(table, [self.place(name) for name in known]))
        wanted = [came[row] for row in rows]
        with at_the_door():
            found = named.filter(named.came.isin(wanted)).to_pyarrow().to_pydict()
        by_row = dict(zip(found["came"], found["name"], strict=True))
        return known, [by_row[row] for row in wanted]

    def _frequent(self, name: str) -> tuple[tuple[str, int], ...]:
        column = self.place(name)
        rest = f"WHERE {column}::VARCHAR <> '' GROUP BY 1 ORDER BY n DESC, value LIMIT {_VALUES}"
        return tuple(self.ask(f"{column}::VARCHAR AS value, count(*) AS n", rest))

    def _sampled(self, columns: Sequence[str], most: int) -> Any:
        rest = f"ORDER BY hash(came + {SEED}), came LIMIT {int(most)}"
        with told():
            found = self._connection.execute(select(", ".join(columns) or "came", self._table, rest))
            return found.to_arrow_table()

    def _take(self) -> None:
        """Copy what is looked at: all rows, or a seeded sample of them."""
        renamed = [f"{identifier(info.name)} AS {self._places[info.name]}" for info in self.columns]
        parts = ", ".join(["row_number() OVER () AS came", *renamed])
        rest = ""
        if self.all_rows > MOST_ROWS:
            share = MOST_ROWS / self.all_rows
            rest = f"WHERE hash(came + {SEED}) < {int(share * 2**64)}::UBIGINT"
        inner = select(parts, self._whole)
        with told():
            self._connection.execute(f"CREATE TEMP TABLE {self._table} AS {select('*', f'({inner})', rest)}")


@contextmanager
def examined(table: Table, *, before: Table | None = None) -> Iterator[Examined]:
    """A table to look at, for as long as it is looked at."""
    seen = Examined(table, before=before)
    try:
        yield seen
    finally:
        seen.close()


def _backend_of(table: Table) -> Any:
    import ibis

    with told():
        return ibis.get_backend(table)
