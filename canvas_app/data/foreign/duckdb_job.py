"""A DuckDB file is opened in a process of its own: to look at, with neither extensions nor a way outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import duckdb

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.engine import identifier, select
from canvas_app.data.engine_errors import first_line
from canvas_app.data.foreign.copy import Copied, copy_batches
from canvas_app.data.loose_rows import BATCH
from canvas_app.jobs.job import Job, Report

_CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "1GB",
    "lock_configuration": "true",
}
_LISTED = """
    SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT schema_name, view_name, -1 FROM duckdb_views() WHERE NOT internal
    ORDER BY 3 DESC, 1, 2
"""
_AS_TEXT = (
    "HUGEINT",
    "UHUGEINT",
    "UUID",
    "BIT",
    "ENUM",
    "TIME WITH TIME ZONE",
    "UNION",
    "MAP",
    "JSON",
    "BIGNUM",
)


@dataclass(frozen=True)
class CopyDuckdb(Job[Copied]):
    """Copy one table of a DuckDB file to the Parquet file ``out``."""

    title = "Read a DuckDB file"
    result: ClassVar[type[Copied]] = Copied

    path: str
    out: str
    table: str = ""
    """Empty for the largest; with its schema where that is not main."""

    def run(self, report: Report) -> Copied:
        """Whatever DuckDB says of the file is told."""
        name = Path(self.path).name
        report(-1.0, f"Opening {name}")
        try:
            with duckdb.connect(self.path, read_only=True, config=dict(_CLOSED)) as connection:
                return self._copy(connection, report)
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise _in_words(name, error) from error

    def _copy(self, connection: duckdb.DuckDBPyConnection, report: Report) -> Copied:
        listed = connection.execute(_LISTED).fetchall()
        shown = {
            name if schema == "main" else f"{schema}.{name}": (schema, name) for schema, name, _ in listed
        }
        sizes = [size for _, _, size in listed]
        name = Path(self.path).name
        if not self.table and not any(size >= 0 for size in sizes):
            raise CanvasError(
                f"{name} holds no table.", hint="Choose another file." if not shown else _choose(shown)
            )
        chosen = self.table or next(iter(shown))
        if chosen not in shown:
            raise CanvasError(
                f"{name} has no table “{chosen}”.", hint=_choose(shown), where=Where(field="table")
            )
        table = ".".join(identifier(part) for part in shown[chosen])
        columns = ", ".join(
            _column(column, kind) for column, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()
        )
        reader = connection.execute(select(columns, table)).to_arrow_reader(BATCH)
        copied = copy_batches(reader.schema, iter(reader), Path(self.out), report)
        return Copied(copied.path, copied.rows, copied.notes, chosen, tuple(shown))


def _column(name: str, kind: str) -> str:
    column = identifier(name)
    if kind == "INTERVAL":
        return f"epoch({column}) AS {column}"
    return f"CAST({column} AS VARCHAR) AS {column}" if kind.startswith(_AS_TEXT) else column


def _choose(shown: dict[str, tuple[str, str]]) -> str:
    return f"Choose one of these: {', '.join(list(shown)[:20])}."


def _in_words(name: str, error: Exception) -> CanvasError:
    text = str(error)
    if "could not set lock" in text.lower():
        return CanvasError(
            f"{name} is open in another program.", hint="Close it there, or make a copy of the file."
        )
    if "disabled by configuration" in text:
        return CanvasError(
            f"The view in {name} reads other files, which is not allowed.", hint="Choose a table instead."
        )
    return CanvasError(
        f"{name} can't be read as a DuckDB file: {first_line(text)}",
        hint="It may be damaged, or made by a newer DuckDB: export the table as Parquet there.",
    )
