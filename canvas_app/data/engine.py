"""The one door to DuckDB, through Ibis: expressions go in, tables come out, errors speak plainly."""

from __future__ import annotations

import datetime
import decimal
import math
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from canvas_app.base.errors import Cancelled
from canvas_app.base.spec import Json
from canvas_app.data import files
from canvas_app.data.engine_errors import in_words
from canvas_app.data.schema import ColumnInfo, ColumnType, Schema
from canvas_app.jobs.job import Quiet, Report
from canvas_app.jobs.scratch import new_scratch

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import Table

Order = Sequence[tuple[str, bool]]
"""Columns to sort by; True for the largest first."""

_SHARE_OF_MEMORY = 0.4
_LEAST_MEMORY = 400_000_000
_BLOCK = 50_000
_BEAT = 0.1
"""Seconds between two looks at how far a query is."""
_FORM = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, USE_TMP_FILE false"
"""At the first level writing takes a fifth less time than at the usual third; files are a seventh larger."""


class Engine:
    """DuckDB in memory over Parquet and CSV files: never a store, and never on the network."""

    def __init__(
        self, *, memory: str | None = None, threads: int | None = None, scratch: Path | None = None
    ) -> None:
        """``memory`` such as "1GB"; ``scratch`` takes what doesn't fit in memory (an own folder in it)."""
        import ibis

        with files.file_errors(scratch or Path(tempfile.gettempdir())):
            self.scratch = new_scratch("engine", scratch)
        self.raw = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "allow_community_extensions": "false",
                "preserve_insertion_order": "true",
                "threads": threads or max(1, os.cpu_count() or 1),
                "temp_directory": str(self.scratch / "spill"),
            },
        )
        """The connection; only for the floor of data."""
        self.raw.execute("SET memory_limit = ?", [memory or self._share_of_memory()])
        self.raw.execute("SET enable_progress_bar = true")
        self.raw.execute("SET enable_progress_bar_print = false")
        self._ibis = ibis.duckdb.from_connection(self.raw)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read_parquet(self, path: Path) -> Table:
        """The table in a Parquet file; nothing is read but its columns' names and types."""
        with told(path):
            if not path.is_file():
                raise FileNotFoundError(path)
            return self._ibis.read_parquet(without_patterns(path))

    def from_rows(
        self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, str] | None = None
    ) -> Table:
        """A small table of values; ``schema`` gives types in Ibis' words, such as ``{"age": "int64"}``.

        Columns without any value and without a type become text.
        """
        import ibis
        import pyarrow

        wanted = dict(schema or {})
        with told():
            arrays = {
                name: pyarrow.array(list(values), ibis.dtype(wanted[name]).to_pyarrow())
                if name in wanted
                else _array(values)
                for name, values in columns.items()
            }
            return self._ibis.create_table(self.new_name(), pyarrow.table(arrays), temp=True)

    def from_arrow(self, table: pyarrow.Table) -> Table:
        """A table of Arrow's, as it is."""
        with told():
            return self._ibis.create_table(self.new_name(), table, temp=True)

    def keep(self, table: Table) -> Path:
        """The rows of an expression, computed once: a Parquet file in the scratch folder, quickly packed."""
        path = self.scratch / f"{self.new_name()}.parquet"
        self._write(table, path, "FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false", None)
        return path

    def drop(self, table: Table) -> None:
        """Let go of what ``from_rows`` made."""
        with told():
            self.raw.execute(f"DROP TABLE IF EXISTS {identifier(table.get_name())}")

    def view(self, select: str) -> Table:
        """A table over a SELECT of ours, whose parts came through ``literal`` and ``identifier``."""
        name = self.new_name()
        with told():
            self.raw.execute(f"CREATE TEMP VIEW {identifier(name)} AS {select}")
            return self._ibis.table(name)

    def named(self, name: str) -> Table:
        """A table or view that this engine keeps under a name of ours."""
        with told():
            return self._ibis.table(name)

    def texts(self, query: str, report: Report | None = None, note: str = "") -> str:
        """Keep what a SELECT of ours gives as a table, on disk where it is large; gives its name."""
        name = self.new_name()
        self.run(f"CREATE TEMP TABLE {identifier(name)} AS {query}", report, note)
        return name

    def new_name(self) -> str:
        """A name that no table of this engine has."""
        return f"t_{secrets.token_hex(8)}"

    def count(self, table: Table) -> int:
        """How many rows an expression has."""
        with told():
            return int(self._ibis.to_pyarrow(table.count()).as_py())

    def page(self, table: Table, offset: int, limit: int, order: Order = ()) -> pyarrow.Table:
        """Some rows of an expression; rows that are equal by ``order`` keep the order they came in."""
        with told():
            if order:
                table = self.in_order(table, order)
            return self._ibis.to_pyarrow(table.limit(limit, offset=offset))

    def in_order(self, table: Table, order: Order) -> Table:
        """The expression sorted, blanks last; equal rows keep the order they came in."""
        import ibis

        with told():
            came = f"came_{self.new_name()}"
            keys = [ibis.desc(name) if down else ibis.asc(name) for name, down in order]
            return table.mutate(**{came: ibis.row_number()}).order_by(*keys, came).drop(came)

    def every_block_of_file(self, path: Path, nth: int) -> Table:
        """Each ``nth`` block of rows of a Parquet file, as a sample that is quick to read."""
        numbered = f"read_parquet({literal(without_patterns(path))}, file_row_number = true)"
        rest = f"WHERE (file_row_number // {_BLOCK}) % {int(nth)} = 0"
        table = self.read_parquet(path)
        if "file_row_number" in table.columns:  # the engine can't number the rows then: all of them are taken
            return table
        return self.view(select("* EXCLUDE (file_row_number)", numbered, rest))

    def fetch(self, table: Table) -> pyarrow.Table:
        """All rows of an expression; for what is known to be small."""
        with told():
            return self._ibis.to_pyarrow(table)

    def sql(self, table: Table) -> str:
        """The expression as one SELECT that a person can read."""
        import ibis

        with told():
            return str(ibis.to_sql(table, dialect="duckdb"))

    def write_parquet(self, table: Table, path: Path, report: Report | None = None) -> int:
        """Stream an expression into a Parquet file; gives the number of rows. Raises ``CanvasError``."""
        return self._write(table, path, _FORM, report)

    def write_csv(self, table: Table, path: Path, report: Report | None = None) -> int:
        """Stream an expression into a CSV file with a header; gives the number of rows."""
        return self._write(table, path, "FORMAT csv, HEADER true, USE_TMP_FILE false", report)

    def run(self, query: str, report: Report | None = None, note: str = "") -> list[tuple[Any, ...]]:
        """Run one query of ours, telling how far it is; stopping the report stops the query."""
        report = report or Quiet()
        running = _Running(self.raw, query)
        done = 0.0
        try:
            while not running.ended(_BEAT):
                done = max(done, running.done)
                report(done, note)
        finally:
            running.stop()
        with told():
            return running.rows()

    def interrupt(self) -> None:
        """Stop the running query, from any thread; whoever runs it gets ``Cancelled``."""
        self.raw.interrupt()

    def settle(self) -> None:
        """Forget an interruption that came when its query had just ended; the next one would stop for it."""
        with told():
            self.raw.execute("SELECT 1").fetchall()

    def close(self) -> None:
        """End the engine and remove what it put on the disk."""
        self.raw.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _write(self, table: Table, path: Path, form: str, report: Report | None) -> int:
        temp = files.temporary_beside(path)
        try:
            with told(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                temp.touch()
                self._ibis._run_pre_execute_hooks(table)  # hands over tables that are in memory
                query = self._ibis.compile(table)
                written = self.run(f"COPY ({query}) TO {literal(str(temp))} ({form})", report, "Writing")
            files.publish(temp, path)
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
        return int(written[0][0])

    def _share_of_memory(self) -> str:
        row = self.raw.execute("SELECT current_setting('memory_limit')").fetchone()
        amount, unit = str(row[0] if row else "1 GiB").split()
        scale = {"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
        share = max(_LEAST_MEMORY, int(float(amount) * scale[unit] * _SHARE_OF_MEMORY))
        return f"{share}B"


def literal(text: str) -> str:
    """A text as it may stand in SQL."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as it may stand in SQL."""
    return '"' + name.replace('"', '""') + '"'


def select(columns: str, source: str, rest: str = "") -> str:
    """A SELECT from parts which came through ``literal`` and ``identifier``, or are our own words."""
    return f"SELECT {columns} FROM {source} {rest}".rstrip()  # noqa: S608 - nothing of a person's is unquoted


def without_patterns(path: Path) -> str:
    """The path with its stars and brackets meant as they are written."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def schema_of(table: Table) -> Schema:
    """The columns of an expression; no query runs."""
    return Schema(
        tuple(ColumnInfo(name, column_type(dtype), str(dtype)) for name, dtype in table.schema().items())
    )


def first_row(table: Table) -> dict[str, Json]:
    """The first row of an expression, as JSON can hold it: no row gives blanks, as NaN and infinity do."""
    with told():
        rows = table.limit(1).to_pyarrow().to_pylist()
    row = rows[0] if rows else dict.fromkeys(table.columns)
    return {name: _as_json(value) for name, value in row.items()}


def connection_of(table: Table) -> tuple[duckdb.DuckDBPyConnection, str]:
    """The connection that an expression is bound to, and its SELECT; only for the floor of data."""
    import ibis

    with told():
        backend = ibis.get_backend(table)
        backend._run_pre_execute_hooks(table)  # hands over tables that are in memory
        return backend.con, str(backend.compile(table))


@contextmanager
def told(path: Path | None = None) -> Iterator[None]:
    """Turn what DuckDB, Ibis, Arrow and the system raise into ``CanvasError``, or ``Cancelled``."""
    import pyarrow
    from ibis.common.exceptions import IbisError

    try:
        yield
    except duckdb.InterruptException as error:
        raise Cancelled from error
    except (duckdb.Error, IbisError, pyarrow.ArrowException, OSError) as error:
        raise in_words(error, path) from error


class _Running:
    """A query on a thread of its own, since DuckDB blocks the caller who has to report meanwhile."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: str) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self._error: duckdb.Error | None = None
        self._thread = threading.Thread(target=self._run, args=(query,), name="query", daemon=True)
        self._thread.start()

    @property
    def done(self) -> float:
        """How far, 0 to 1."""
        return min(1.0, max(0.0, self._connection.query_progress() / 100))

    def ended(self, seconds: float) -> bool:
        """Wait that long at most; whether the query has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Interrupt until it ends; once isn't enough when the query has not quite begun."""
        while self._thread.is_alive():
            self._connection.interrupt()
            self._thread.join(0.02)

    def rows(self) -> list[tuple[Any, ...]]:
        """What the query gave; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._rows

    def _run(self, query: str) -> None:
        try:
            self._rows = self._connection.execute(query).fetchall()
        except duckdb.Error as error:
            self._error = error


def _array(values: Sequence[Any]) -> pyarrow.Array:
    import pyarrow

    array = pyarrow.array(list(values))
    return array.cast(pyarrow.string()) if pyarrow.types.is_null(array.type) else array


def column_type(dtype: Any) -> ColumnType:
    """The type on screen; ``dtype`` is Ibis' own."""
    asked: tuple[tuple[bool, ColumnType], ...] = (
        (dtype.is_boolean(), "switch"),
        (dtype.is_integer(), "whole"),
        (dtype.is_numeric(), "number"),
        (dtype.is_string(), "text"),
        (dtype.is_date() or dtype.is_time() or dtype.is_timestamp(), "time"),
    )
    return next((name for fits, name in asked if fits), "other")


def _as_json(value: Any) -> Json:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if isinstance(value, dict):
        return {name: _as_json(item) for name, item in value.items()}
    return value if value is None or isinstance(value, str | int | bool) else str(value)
