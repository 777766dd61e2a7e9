"""Tables written as Excel workbooks, row by row: texts stay texts, whatever they begin with."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine import Engine, connection_of, told
from canvas_app.jobs.job import Quiet, Report

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import Table

MOST_ROWS = 1_048_575
"""Rows of a worksheet below its header."""
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
"""Signs that a cell holds."""
_BATCH = 2_000
_EXACT = 2**53
"""Whole numbers above are not exact in a worksheet, and written as texts."""
_FIRST_DAY = datetime.date(1900, 3, 1)
"""Earlier days are counted wrongly by worksheets, and written as texts."""
_FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss", "time": "hh:mm:ss"}


@dataclass(frozen=True)
class WrittenWorkbook:
    """How many rows a workbook has, and how many texts were too long for a cell."""

    rows: int
    cut: int


def workbook_problem(rows: int, columns: int) -> CanvasError | None:
    """Why a table doesn't fit into a worksheet."""
    if rows > MOST_ROWS:
        return CanvasError(
            f"A worksheet holds {MOST_ROWS:,} rows below its header; these are {rows:,}.",
            hint="Filter the rows first, or save them as CSV or Parquet.",
        )
    if columns > MOST_COLUMNS:
        return CanvasError(
            f"A worksheet holds {MOST_COLUMNS:,} columns; these are {columns:,}.",
            hint="Hide some columns first, or save them as CSV or Parquet.",
        )
    return None


def write_workbook(engine: Engine, table: Table, path: Path, report: Report | None = None) -> WrittenWorkbook:
    """Write an expression to the first sheet of a new workbook; raises ``CanvasError`` if it doesn't fit."""
    problem = workbook_problem(engine.count(table), len(table.columns))
    if problem is not None:
        raise problem
    temp = files.temporary_beside(path)
    try:
        with files.file_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            written = _write(engine, table, temp, report or Quiet())
        files.publish(temp, path)
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
    return written


def _write(engine: Engine, table: Table, temp: Path, report: Report) -> WrittenWorkbook:
    import xlsxwriter

    total = max(1, engine.count(table))
    options = {"constant_memory": True, "tmpdir": str(engine.scratch), "in_memory": False}
    book = xlsxwriter.Workbook(str(temp), options)
    sheet = _Sheet(book, list(table.columns))
    with ExitStack() as unless_done:
        unless_done.callback(sheet.abandon)
        connection, query = connection_of(table)
        with told():
            for batch in connection.execute(query).to_arrow_reader(_BATCH):
                sheet.add([_values(column) for column in batch.columns])
                report(0.95 * sheet.rows / total, f"Writing row {sheet.rows:,}")
        report(0.95, "Packing the workbook")
        unless_done.pop_all()
    book.close()
    return WrittenWorkbook(sheet.rows, sheet.cut)


def _values(column: pyarrow.Array) -> list[Any]:
    """The cells as Python holds them; times that it can't hold come as texts."""
    import pyarrow

    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError):
        values = column.cast(pyarrow.string()).to_pylist()
    return values


class _Sheet:
    """The one sheet: a header that stays in sight, and the rows below it."""

    def __init__(self, book: Any, names: Sequence[str]) -> None:
        self.rows = 0
        self.cut = 0
        self._book = book
        self._sheet = book.add_worksheet()
        self._formats = {name: book.add_format({"num_format": words}) for name, words in _FORMATS.items()}
        bold = book.add_format({"bold": True})
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            self._sheet.write_string(0, column, name[:LONGEST_TEXT], bold)

    def add(self, columns: Sequence[Sequence[Any]]) -> None:
        """Some rows, column by column."""
        for cells in zip(*columns, strict=True):
            self.rows += 1
            for column, value in enumerate(cells):
                if value is not None:
                    self._cell(column, value)

    def abandon(self) -> None:
        """Leave the workbook unfinished: without this the library would pack it when it is collected."""
        self._book.fileclosed = True
        self._sheet.row_data_fh.close()

    def _cell(self, column: int, value: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(self.rows, column, value)
        elif isinstance(value, int | float | Decimal):
            self._number(column, value)
        elif isinstance(value, datetime.date | datetime.time):
            self._time(column, value)
        else:
            self._text(column, value.hex() if isinstance(value, bytes) else str(value))

    def _number(self, column: int, value: int | float | Decimal) -> None:
        if isinstance(value, float) and math.isnan(value):
            return
        if (isinstance(value, int) and abs(value) > _EXACT) or math.isinf(value):
            self._text(column, str(value))
        else:
            self._sheet.write_number(self.rows, column, value)

    def _time(self, column: int, value: datetime.date | datetime.time) -> None:
        if isinstance(value, datetime.time):
            self._sheet.write_datetime(self.rows, column, value, self._formats["time"])
            return
        moment = isinstance(value, datetime.datetime)
        day = value.date() if isinstance(value, datetime.datetime) else value
        if day < _FIRST_DAY:
            self._text(column, value.isoformat())
            return
        plain = value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value
        self._sheet.write_datetime(self.rows, column, plain, self._formats["moment" if moment else "date"])

    def _text(self, column: int, text: str) -> None:
        self.cut += len(text) > LONGEST_TEXT
        self._sheet.write_string(self.rows, column, text[:LONGEST_TEXT])
