"""The rows and columns of a table as they are shown go to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Condition
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import numbered_table, schema_of_file
from canvas_app.data.row_list import Choice
from canvas_app.data.workbook import write_workbook
from canvas_app.flow.condition_text import all_hold
from canvas_app.flow.written_cells import disarmed
from canvas_app.jobs.job import Job, Report

if TYPE_CHECKING:
    from ibis.expr.types import Table

SUFFIXES = (".csv", ".xlsx", ".parquet")


@dataclass(frozen=True)
class View:
    """A Parquet file as a person looks at it: filtered, sorted, some of its columns in their order."""

    path: str
    columns: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    """Columns to sort by; True for the largest first."""


@dataclass(frozen=True)
class SavedView:
    """A file that was written, its rows, and what is to be known about it."""

    path: str
    rows: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaveViewJob(Job[SavedView]):
    """Write a view as CSV, Excel workbook or Parquet, by the suffix of the target."""

    title: ClassVar[str] = "Save the view"
    result: ClassVar[type] = SavedView
    patience: ClassVar[float] = 20.0
    """Packing a large workbook can't be interrupted."""

    view: View
    target: str
    guarded: bool = True
    """Whether texts that a spreadsheet would take for formulas get a ' in front, in CSV."""

    def run(self, report: Report) -> SavedView:
        """Stream the rows; the file is there whole or not at all."""
        report(0.0, "Preparing")
        path = Path(self.target)
        if path.suffix.lower() not in SUFFIXES:
            raise CanvasError(
                f"{path.name} has none of the endings {', '.join(SUFFIXES)}.", hint="Choose another name."
            )
        with Engine() as engine, shown_rows(engine, self.view) as table:
            return self._write(engine, table, path, report)

    def _write(self, engine: Engine, table: Table, path: Path, report: Report) -> SavedView:
        match path.suffix.lower():
            case ".xlsx":
                written = write_workbook(engine, table, path, report)
                cut = (
                    (f"{written.cut:,} texts were cut, as a cell holds 32,767 signs.",) if written.cut else ()
                )
                return SavedView(str(path), written.rows, cut)
            case ".parquet":
                return SavedView(str(path), engine.write_parquet(table, path, report))
            case _:
                rows = engine.write_csv(disarmed(table) if self.guarded else table, path, report)
                return SavedView(str(path), rows)


@contextmanager
def shown_rows(engine: Engine, view: View) -> Iterator[Table]:
    """The rows and columns of a view as an expression."""
    path = Path(view.path)
    keep = partial(all_hold, view.conditions) if view.conditions else None
    choice = Choice(keep, [condition.column for condition in view.conditions], view.order)
    needed = (*view.columns, *choice.names)
    with numbered_table(engine, path, schema_of_file(engine, path), needed) as (table, number):
        yield choice.of(table, number).select(*view.columns)
