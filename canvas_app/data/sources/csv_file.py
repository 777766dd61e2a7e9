"""Tables in text files, in whatever way they are parted, quoted and encoded."""

from __future__ import annotations

from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data.column_types import cast, measure
from canvas_app.data.dialect import Dialect, sniff
from canvas_app.data.encoding import as_utf8
from canvas_app.data.engine import Engine, identifier, literal, select
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.data.zipped import unzipped
from canvas_app.jobs.job import Report

_NAMES = (".csv", ".tsv", ".txt")
_SAMPLE = 20_000
_REASONS = {
    "MISSING COLUMNS": "too few values",
    "TOO MANY COLUMNS": "too many values",
    "UNQUOTED VALUE": "a quote that does not end",
    "LINE SIZE OVER MAXIMUM": "a line that is too long",
    "INVALID ENCODING": "characters that can't be read",
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

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """Sniff the beginning; unless ``quick``, check every value and put aside the rows that don't fit."""
        path = unzipped(Path(self.path), engine.scratch, report)
        text = as_utf8(path, engine.scratch, whole=not quick, report=report)
        dialect = sniff(engine, text.path, path.name)
        notes = (*(note for note in [text.note] if note), *dialect.notes)
        found = self._quick(engine, dialect) if quick else self._thorough(engine, dialect, report)
        return Scan(found.table, notes + found.notes, found.rejected)

    def _quick(self, engine: Engine, dialect: Dialect) -> Scan:
        lenient = {"ignore_errors": "true"}
        sample = select("*", dialect.reader(extra=lenient), f"LIMIT {_SAMPLE}")
        facts = measure(engine, dialect, engine.texts(sample))
        types = [fact.type for fact in facts]
        self._require_rows(engine, dialect)
        table = engine.view(select("*", dialect.reader(types)))
        return Scan(table, tuple(fact.note for fact in facts if fact.note))

    def _thorough(self, engine: Engine, dialect: Dialect, report: Report | None) -> Scan:
        self._require_rows(engine, dialect)
        rejects = engine.new_name()
        keep = {
            "store_rejects": "true",
            "rejects_table": literal(rejects),
            "rejects_scan": literal(f"{rejects}_scan"),
        }
        texts = engine.texts(select("*", dialect.reader(extra=keep)), report, "Checking every value")
        facts = measure(engine, dialect, texts, report)
        casts = ", ".join(cast(fact.name, fact.type, dialect) for fact in facts)
        rejected, told = self._put_aside(engine, rejects)
        notes = tuple(fact.note for fact in facts if fact.note)
        return Scan(engine.view(select(casts, identifier(texts))), notes + told, rejected)

    def _put_aside(self, engine: Engine, rejects: str) -> tuple[Path | None, tuple[str, ...]]:
        """Write the lines that did not fit to a file of their own, each with its number and the reason."""
        columns = "min(line) AS line, first(error_type::VARCHAR) AS reason, first(csv_line) AS content"
        table = identifier(rejects)
        lines = engine.view(select(columns, table, "GROUP BY line_byte_position ORDER BY line"))
        count = engine.count(lines)
        if count == 0:
            return None, ()
        path = engine.scratch / f"{rejects}.csv"
        engine.write_csv(lines, path)
        kinds = engine.run(select("DISTINCT error_type::VARCHAR", table, "ORDER BY 1"))
        reasons = ", ".join(_REASONS.get(kind, kind.lower()) for (kind,) in kinds)
        if count == 1:
            return path, (f"1 row does not fit the columns and was put aside: {reasons}.",)
        return path, (f"{count:,} rows do not fit the columns and were put aside: {reasons}.",)

    def _require_rows(self, engine: Engine, dialect: Dialect) -> None:
        lenient = {"ignore_errors": "true"}
        if not engine.run(select("1", dialect.reader(extra=lenient), "LIMIT 1")):
            raise CanvasError(
                f"{Path(self.path).name} has a header but no rows.",
                hint="Choose a file that holds at least one row below its header.",
            )
