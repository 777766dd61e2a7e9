"""Tables in text files, in whatever way they are parted, quoted and encoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from canvas_app.base.spec import ColumnRules, Json, field
from canvas_app.data.column_types import TypedColumn, WantedValues
from canvas_app.data.encoding import as_utf8
from canvas_app.data.engine import Engine
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.data.text.choice import Wanted
from canvas_app.data.text.layout import WantedLayout
from canvas_app.data.text.scan import TextScan
from canvas_app.data.text.understanding import Understanding, understand
from canvas_app.data.zipped import unzipped
from canvas_app.jobs.job import Report

_NAMES = (".csv", ".tsv", ".txt")
_NOTHING = "none"
_SIGNS = {"tab": "\t", "space": " ", "comma": ",", "semicolon": ";"}
_TYPES = {
    "VARCHAR": "text",
    "BIGINT": "whole",
    "DOUBLE": "number",
    "BOOLEAN": "switch",
    "DATE": "date",
    "TIME": "time",
    "TIMESTAMP": "date and time",
}


class CsvFile(FileSource):
    """A text file with one row per line and values parted by commas, semicolons or tabs."""

    spec = SourceSpec(
        kind="csv_file",
        title="CSV",
        group="Files",
        icon="ph.file-text",
        example={"path": "titanic.csv"},
        suffixes=(
            *(f"{name}{packed}" for name in _NAMES for packed in ("", ".gz", ".zst", ".zip")),
            ".zip",
        ),
    )

    encoding: str = field("Encoding", default="", help="Such as utf-8 or cp1252; empty to find out.")
    delimiter: str = field(
        "Delimiter", default="", help="What parts the values: one or more letters, or tab; empty to find out."
    )
    quote: str = field(
        "Quote", default="", help="What stands around values; none if nothing does, empty to find out."
    )
    escape: str = field(
        "Escape",
        default="",
        help="What stands before a quote inside of quotes; none if it is doubled, empty to find out.",
    )
    header: Literal["auto", "none", "1", "2", "3", "4"] = field(
        "Header",
        default="auto",
        labels=("Find out", "No header", "1 row", "2 rows", "3 rows", "4 rows"),
        help="How many rows of names stand above the values.",
    )
    skip: int = field("Lines above", default=-1, ge=-1, help="Lines above the table; -1 to find out.")
    footer: int = field("Lines below", default=-1, ge=-1, help="Lines below the table; -1 to find out.")
    comment: str = field(
        "Comment sign", default="", help="How lines that are no rows begin; empty to find out."
    )
    table: int = field(
        "Table", default=0, ge=0, help="Which of several tables in the file, from 1; 0 for the largest."
    )
    decimal: Literal["auto", ".", ","] = field(
        "Decimal mark", default="auto", labels=("Find out", "Point", "Comma")
    )
    thousands: Literal["auto", "none", ",", ".", " ", "'"] = field(
        "Thousands mark",
        default="auto",
        labels=("Find out", "None", "Comma", "Point", "Space", "Apostrophe"),
    )
    date_format: str = field("Date format", default="", help="Such as %d/%m/%Y; empty to find out.")
    missing: str = field(
        "Words for no value",
        default="",
        help="Parted by commas, such as n/a, -999; empty for the usual ones in columns of numbers and dates.",
    )
    as_text: bool = field("All values as text", default=False, help="Keep every value as it is written.")
    types: ColumnRules = field(
        "Types of columns", default=(), help="Types that differ from those found, and what to do on failure."
    )

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """Understand the file; unless ``quick``, check every value and put aside the rows that don't fit."""
        path = unzipped(Path(self.path), engine.scratch, report)
        text = as_utf8(path, engine.scratch, whole=not quick, report=report, encoding=self.encoding)
        file = understand(engine, text.path, path.name, self._grammar(), self._layout())
        scan = TextScan(engine, file, path.name, self._values(), report)
        found = scan.quick() if quick else scan.thorough()
        notes = (*(note for note in [text.note] if note), *file.notes, *found.notes)
        return Scan(found.table, notes, found.rejected, self._found(file, text.encoding, found.columns))

    def _grammar(self) -> Wanted:
        quote, escape = self.quote.strip(), self.escape.strip()
        return Wanted(
            delimiter=_SIGNS.get(self.delimiter.lower(), self.delimiter),
            quote=None if not quote else quote.replace(_NOTHING, ""),
            escape=None if not escape else escape.replace(_NOTHING, ""),
        )

    def _layout(self) -> WantedLayout:
        rows = {"auto": None, _NOTHING: 0}.get(self.header, self.header)
        return WantedLayout(
            header_rows=None if rows is None else int(rows),
            skip=None if self.skip < 0 else self.skip,
            footer=None if self.footer < 0 else self.footer,
            comment=self.comment,
            table=self.table,
        )

    def _values(self) -> WantedValues:
        return WantedValues(
            decimal="" if self.decimal == "auto" else self.decimal,
            thousands="" if self.thousands == "auto" else self.thousands,
            date_format=self.date_format,
            missing=tuple(word.strip() for word in self.missing.split(",") if word.strip()),
            as_text=self.as_text,
            rules=tuple(rule for rule in self.types if rule.column),
        )

    def _found(
        self, file: Understanding, encoding: str, columns: tuple[TypedColumn, ...]
    ) -> Mapping[str, Json]:
        """The value of every field that was used."""
        grammar, layout = file.grammar, file.layout
        forms = [column.form for column in columns]
        words = {word for form in forms for word in form.missing}
        rules: list[Json] = [
            {"column": each.name, "type": _TYPES[each.form.type], "format": each.form.format}
            for each in columns
        ]
        return {
            "encoding": encoding,
            "delimiter": grammar.delimiter,
            "quote": grammar.quote,
            "escape": grammar.escape,
            "header": str(layout.header_rows) if layout.header_rows else _NOTHING,
            "skip": layout.skip,
            "footer": layout.footer,
            "comment": layout.comment,
            "table": layout.table,
            "tables": layout.tables,
            "decimal": "," if any(form.decimal == "," for form in forms) else ".",
            "thousands": _most([form.thousands for form in forms]),
            "date_format": _most([form.format for form in forms]),
            "missing": ", ".join(sorted(words)),
            "types": rules,
        }


def _most(values: list[str]) -> str:
    """The one that is there most often, of those that are not empty."""
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else ""
