"""Tables in DuckDB files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from canvas_app.base.spec import field
from canvas_app.data.engine import Engine
from canvas_app.data.foreign.apart import scan_apart
from canvas_app.data.foreign.duckdb_job import CopyDuckdb
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.jobs.job import Report


class DuckdbFile(FileSource):
    """One table of a DuckDB database file."""

    spec = SourceSpec(
        kind="duckdb_file",
        title="DuckDB",
        group="Files",
        icon="ph.database",
        example={"path": "shop.duckdb"},
        suffixes=(".duckdb", ".ddb"),
        signatures=((8, b"DUCK"),),
    )

    table: str = field("Table", default="", help="The name of a table or view; empty for the largest table.")

    def table_name(self) -> str:
        """The name of the chosen table, or of the file."""
        return self.table or super().table_name()

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The table is copied by a process of its own, which the file can't leave."""
        del quick
        scan, copied = scan_apart(
            Path(self.path), engine, lambda out: CopyDuckdb(self.path, out, self.table), report
        )
        notes = scan.notes
        if len(copied.tables) > 1 and not self.table:
            notes = (f"The file has {len(copied.tables)} tables: “{copied.table}” was read.", *notes)
        return replace(scan, notes=notes, found={"table": copied.table, "tables": list(copied.tables)})
