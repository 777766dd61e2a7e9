"""Tables that were pasted: their text is kept in the project."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import field
from canvas_app.data.engine import Engine
from canvas_app.data.files import write_atomically
from canvas_app.data.pasted import cells_of, table_text
from canvas_app.data.source import SOURCES, Scan, Source, SourceSpec
from canvas_app.jobs.job import Report

_NAME = "pasted table"


class ClipboardTable(Source):
    """A table that was pasted, such as cells of a spreadsheet or a table of a web page."""

    spec = SourceSpec(
        kind="clipboard_table",
        title="Pasted table",
        group="Files",
        icon="ph.clipboard-text",
        example={"text": "name\tage\nAnn\t3\nBob\t4\n"},
    )

    text: str = field("Text", help="Lines of values, parted by tabs, commas or semicolons.")

    def subject(self) -> str:
        """There is but one clipboard."""
        return _NAME

    def fingerprint(self, report: Report | None = None) -> str:
        """SHA-256 of the text."""
        del report
        return hashlib.sha256(self.text.encode()).hexdigest()

    def weight(self) -> int:
        """The length of the text."""
        return len(self.text)

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The text as a file of it would be understood."""
        text = table_text(self.text)
        path = engine.scratch / f"{_NAME}-{engine.new_name()}.csv"

        def write(file: BinaryIO) -> None:
            file.write((_as_csv(cells) if (cells := cells_of(text)) else text).encode("utf-8", "replace"))

        write_atomically(path, write)
        try:
            return SOURCES["csv_file"].read({"path": str(path)}).scan(engine, quick=quick, report=report)
        except CanvasError as error:
            error.message = error.message.replace(path.name, f"The {_NAME}")
            raise


def _as_csv(cells: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(cells)
    return out.getvalue()
