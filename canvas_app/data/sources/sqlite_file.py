"""Tables in SQLite files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import field
from canvas_app.data.column_names import unique_names
from canvas_app.data.engine import Engine, identifier, select
from canvas_app.data.foreign.sqlite_reader import SqliteReader, opened
from canvas_app.data.loose_rows import Gathered, LooseRows
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.jobs.job import Quiet, Report

if TYPE_CHECKING:
    from ibis.expr.types import Table


class SqliteFile(FileSource):
    """One table of a SQLite database file."""

    spec = SourceSpec(
        kind="sqlite_file",
        title="SQLite",
        group="Files",
        icon="ph.database",
        example={"path": "shop.sqlite"},
        suffixes=(".sqlite", ".sqlite3", ".db", ".db3"),
        signatures=((0, b"SQLite format 3\x00"),),
    )

    table: str = field("Table", default="", help="The name of a table or view; empty for the largest table.")

    def table_name(self) -> str:
        """The name of the chosen table, or of the file."""
        return self.table or super().table_name()

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The rows as they are stored; as dates and switches where the table declares them and all fit."""
        del quick
        path, tell = Path(self.path), report or Quiet()
        with opened(path, engine.scratch, tell) as reader:
            chosen = reader.chosen(self.table)
            there = [*reader.tables, *reader.views]
            declared = reader.declared(chosen)
            gathered = _gathered(reader, chosen, LooseRows(engine.scratch), tell)
        if not gathered.rows:
            raise CanvasError(
                f"{chosen} in {path.name} has no rows.", hint="Choose a table with at least one row."
            )
        notes = gathered.notes
        if len(there) > 1 and not self.table:
            notes = (f"The file has {len(there)} tables: “{chosen}” was read.", *notes)
        kinds = dict(zip(gathered.kinds, declared.values(), strict=False))
        table = _declared(engine, gathered, kinds)
        return Scan(table, notes, found={"table": chosen, "tables": there})


def _gathered(reader: SqliteReader, table: str, loose: LooseRows, report: Report) -> Gathered:
    renamed: tuple[str, ...] = ()
    for raw, rows in reader.batches(table):
        names, renamed = unique_names(raw)
        loose.add(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        report(-1.0, f"Reading rows: {loose.rows:,}")
    return loose.finish(*renamed)


def _declared(engine: Engine, gathered: Gathered, declared: Mapping[str, str]) -> Table:
    """SQLite has neither dates nor switches: they are texts and numbers in columns that say so."""
    table = gathered.table(engine)
    wanted = {
        name: ("BOOLEAN",) if "BOOL" in kind else ("DATE", "TIMESTAMP")
        for name, kind in declared.items()
        if ("BOOL" in kind and gathered.kinds[name] == "whole")
        or (("DATE" in kind or "TIMESTAMP" in kind) and gathered.kinds[name] == "text")
    }
    casts = [_cast(engine, table.get_name(), name, kinds) for name, kinds in wanted.items()]
    changes = ", ".join(cast for cast in casts if cast)
    if not changes:
        return table
    return engine.view(select(f"* REPLACE ({changes})", identifier(table.get_name())))


def _cast(engine: Engine, table: str, name: str, kinds: tuple[str, ...]) -> str:
    """SQL for the first of the types that holds every value, or nothing."""
    column = identifier(name)
    for kind in kinds:
        fits = {
            "BOOLEAN": f"{column} IN (0, 1)",
            "DATE": f"length({column}) = 10 AND TRY_CAST({column} AS DATE) IS NOT NULL",
            "TIMESTAMP": f"TRY_CAST({column} AS TIMESTAMP) IS NOT NULL",
        }[kind]
        if engine.run(select(f"bool_and({column} IS NULL OR ({fits}))", identifier(table)))[0][0]:
            return f"CAST({column} AS {kind}) AS {column}"
    return ""
