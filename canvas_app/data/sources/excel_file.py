"""Tables in the sheets of Excel and OpenDocument workbooks."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import field
from canvas_app.data import files
from canvas_app.data.engine import Engine
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.data.workbooks.decode_job import Decoded, DecodeWorkbook
from canvas_app.jobs.apart import Fallen, run_apart
from canvas_app.jobs.job import Quiet, Report

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMORY = 2_000_000_000
_SILENCE = 10.0
_SPEED = 10_000_000
"""Bytes per second that even a slow machine reads."""
_UNPACKED = 8


class ExcelFile(FileSource):
    """A workbook of Excel or LibreOffice: the table of one sheet, or of all sheets alike."""

    spec = SourceSpec(
        kind="excel_file",
        title="Excel",
        group="Files",
        icon="ph.table",
        example={"path": "titanic.xlsx"},
        suffixes=(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        signatures=((0, _COMPOUND),),
    )

    sheet: str = field(
        "Sheet", default="", help="The name of a sheet; empty for the first that holds a table."
    )
    range: str = field("Range", default="", help="Such as B3:F200; empty for the table as it is found.")
    header: Literal["auto", "none", "1", "2", "3"] = field(
        "Header",
        default="auto",
        labels=("Find out", "No header", "1 row", "2 rows", "3 rows"),
        help="How many rows of names stand above the values.",
    )
    every_sheet: bool = field(
        "All sheets as one table",
        default=False,
        help="Put sheets with the same columns below each other, with a column for the sheet's name.",
    )

    @classmethod
    def holds(cls, path: Path, head: bytes) -> bool:
        """Other things are zip archives too: the parts tell."""
        if not head.startswith(b"PK\x03\x04"):
            return head.startswith(_COMPOUND)
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
        return any(name.startswith("xl/") for name in names) or {"mimetype", "content.xml"} <= set(names)

    def weight(self) -> int:
        """Workbooks are packed well."""
        return super().weight() * _UNPACKED

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The rows are read by a process of its own, which a hostile workbook can't leave."""
        del quick
        decoded = self._decoded(engine, report or Quiet())
        found = {
            "sheet": decoded.sheet,
            "range": decoded.range,
            "header": decoded.header,
            "sheets": list(decoded.sheets),
        }
        gathered = decoded.gathered
        return Scan(gathered.table(engine), gathered.notes, found=found)

    def _decoded(self, engine: Engine, report: Report) -> Decoded:
        path = Path(self.path)
        with files.file_errors(path):
            size = path.stat().st_size
            path.open("rb").close()
        job = DecodeWorkbook(
            self.path, str(engine.scratch), self.sheet, self.range, self.header, self.every_sheet
        )
        try:
            silence = _SILENCE + size / _SPEED * _UNPACKED
            return run_apart(job, report, memory=_MEMORY, silence=silence)
        except Fallen as error:
            raise CanvasError(
                f"{path.name} can't be opened: it takes too much memory or time, or it is damaged.",
                hint="Open it in a spreadsheet program and save the sheet as CSV.",
            ) from error
