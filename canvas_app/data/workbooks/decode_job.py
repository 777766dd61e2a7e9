"""A workbook becomes rows in Parquet pieces, in a process that can be ended if the workbook is hostile."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted
from canvas_app.data.loose_rows import Gathered, LooseRows
from canvas_app.data.workbooks.body import Body
from canvas_app.data.workbooks.cells import Area, area_of, words_of
from canvas_app.data.workbooks.guard import check, refuse_encrypted
from canvas_app.data.workbooks.sight import Row, Sighted, find_table
from canvas_app.jobs.job import Job, Report

_HEAD = 2000
"""Rows that are looked at to find the table."""


@dataclass(frozen=True)
class Decoded:
    """The rows, and which part of the workbook they are."""

    gathered: Gathered
    sheet: str
    sheets: tuple[str, ...]
    """All that could be read instead."""
    range: str
    header: str


@dataclass(frozen=True)
class DecodeWorkbook(Job[Decoded]):
    """Read the table of one sheet, or of all sheets of one shape, into ``folder``."""

    title = "Read a workbook"
    result: ClassVar[type[Decoded]] = Decoded

    path: str
    folder: str
    sheet: str = ""
    range: str = ""
    header: str = "auto"
    every_sheet: bool = False

    def run(self, report: Report) -> Decoded:
        """Nothing is opened before it was looked at from outside."""
        path = Path(self.path)
        report(-1.0, f"Looking at {path.name}")
        errors = check(path).errors
        report(-1.0, f"Opening {path.name}")
        with _told(path.name):
            workbook = _Workbook(path)
            if "" in errors and len(workbook.names) == 1:
                errors = {workbook.names[0]: errors[""]}
            return self._read(workbook, errors, report)

    def _read(self, workbook: _Workbook, errors: dict[str, int], report: Report) -> Decoded:
        area = area_of(self.range)
        first, rows = self._chosen(workbook, area)
        loose = LooseRows(Path(self.folder), whole=True)
        notes = list(self._notes(workbook, first, rows))
        for sheet in workbook.names if self.every_sheet else (first,):
            part = rows if sheet == first else _rows_of(workbook, sheet, area, self.header)
            if part is None or part.table.names != rows.table.names:
                notes.append(f"The sheet “{sheet}” was left out: it has other columns.")
                continue
            notes += self._take(loose, sheet, part, errors.get(sheet, 0), report)
        if not loose.rows:
            raise _empty(workbook.path.name)
        told = loose.finish(*dict.fromkeys(notes))
        used = words_of(rows.table, rows.place, rows.taken)
        return Decoded(told, first, workbook.names, used, str(rows.table.headers or "none"))

    def _take(self, loose: LooseRows, sheet: str, part: _Rows, errors: int, report: Report) -> Iterator[str]:
        """Write the rows of a sheet, and tell what was passed over."""
        body = Body(part.table, whole=bool(self.range))
        for batch in body.batches(part.below):
            named = {"sheet": [sheet] * len(next(iter(batch.values())))} if self.every_sheet else {}
            loose.add({**named, **{_beside(name, named): values for name, values in batch.items()}})
            report(-1.0, f"Reading rows: {loose.rows:,}")
        part.taken = body.rows + body.passed.blank
        errors += body.passed.errors
        if errors:
            yield f"{counted(errors, 'cell')} with an error such as #DIV/0! became blank."
        yield from body.passed.notes()

    def _chosen(self, workbook: _Workbook, area: Area) -> tuple[str, _Rows]:
        """The sheet to read: as asked for, or the first that holds a table."""
        if self.sheet and self.sheet not in workbook.names:
            there = ", ".join(workbook.names)
            raise CanvasError(
                f"{workbook.path.name} has no sheet “{self.sheet}”.", hint=f"Choose one of these: {there}."
            )
        narrow: tuple[str, _Rows] | None = None
        for sheet in (self.sheet,) if self.sheet else workbook.names:
            rows = _rows_of(workbook, sheet, area, self.header)
            if rows is None:
                continue
            if self.sheet or (rows.filled and len(rows.table.names) > 1):
                return sheet, rows
            narrow = narrow or (sheet, rows)
        if narrow is None:
            raise _empty(workbook.path.name, self.sheet)
        return narrow

    def _notes(self, workbook: _Workbook, sheet: str, rows: _Rows) -> Iterator[str]:
        count = len(workbook.names)
        if count > 1 and not self.every_sheet and not self.sheet:
            yield f"The workbook has {count} sheets: “{sheet}” was read."
        table = rows.table
        if table.top and not self.range:
            lines = "The first row was" if table.top == 1 else f"The first {table.top} rows were"
            yield f"{lines} left out: the table begins below."
        if table.headers > 1:
            yield f"The header has {table.headers} rows, whose words were joined."
        if not table.headers:
            yield "The sheet has no header: its columns were called column_1, column_2 and so on."
        else:
            yield from table.notes


@dataclass
class _Rows:
    """The rows of one sheet, from which the header was told apart."""

    table: Sighted
    below: Iterator[Row]
    place: tuple[int, int]
    """Where in the sheet they begin, row and column."""
    filled: bool
    taken: int = 0


class _Workbook:
    """A workbook that is open."""

    def __init__(self, path: Path) -> None:
        import python_calamine

        self.path = path
        try:
            self._book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
        except python_calamine.CalamineError:  # what it is told by its content alone lacks the reason
            self._book = python_calamine.load_workbook(path)
        wanted = python_calamine.SheetTypeEnum.WorkSheet
        sheets = [item for item in self._book.sheets_metadata if item.typ == wanted]
        seen = [item for item in sheets if item.visible == python_calamine.SheetVisibleEnum.Visible]
        self.names: tuple[str, ...] = tuple(item.name for item in seen or sheets)

    def sheet(self, name: str) -> Any:
        """The sheet of that name, with all its cells."""
        return self._book.get_sheet_by_name(name)


def _rows_of(workbook: _Workbook, name: str, area: Area, header: str) -> _Rows | None:
    sheet = workbook.sheet(name)
    if sheet.start is None:
        return None
    place, rows = area.of(sheet.iter_rows(), sheet.start[1])
    head = list(islice(rows, _HEAD))
    table = find_table(head, _merged(sheet, place), header)
    if table is None:
        return None
    return _Rows(table, chain(head[table.body :], rows), place, len(head) > table.body)


def _merged(sheet: Any, place: tuple[int, int]) -> Sequence[Any]:
    top, left = place
    return [
        ((a - top, b - left), (c - top, d - left))
        for (a, b), (c, d) in sheet.merged_cell_ranges or ()
        if a >= top and b >= left
    ]


def _beside(name: str, taken: dict[str, Any]) -> str:
    return f"{name}_2" if name.lower() in taken else name


def _empty(name: str, sheet: str = "") -> CanvasError:
    where = f"The sheet “{sheet}” of {name}" if sheet else name
    return CanvasError(
        f"{where} holds no table with at least one row below its header.",
        hint="Choose another sheet or range, or another file.",
    )


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what the reader raises into words."""
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError:
        refuse_encrypted(name)
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise CanvasError(
            f"{name} is damaged, or no workbook that can be read: {error}.",
            hint="Open it in a spreadsheet program and save it again, or save the sheet as CSV.",
        ) from error
