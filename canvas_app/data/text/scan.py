"""The rows of an understood file as a typed table: by DuckDB where it reads the same, by us elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError
from canvas_app.data.column_types import TypedColumn, WantedValues, measure
from canvas_app.data.engine import Engine, identifier, literal, select, without_patterns
from canvas_app.data.engine_errors import UnfitRows
from canvas_app.data.text import fast_path
from canvas_app.data.text.lines import lines_in
from canvas_app.data.text.texts import Texts, write_texts
from canvas_app.data.text.understanding import Understanding
from canvas_app.data.text.value_form import Form
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from ibis.expr.types import Table

_SPREAD = 12
"""Places in a large file at which values are looked at."""
_BLOCK = 65_536
_BLOCK_LINES = 500
_HEAD_LINES = 5_000
_PACKED = (".gz", ".zst")


@dataclass(frozen=True)
class TextTable:
    """The table, its columns as they were found, what to tell, and the rows put aside."""

    table: Table
    columns: tuple[TypedColumn, ...]
    notes: tuple[str, ...] = ()
    rejected: Path | None = None


@dataclass
class TextScan:
    """Reads one understood file into a table."""

    engine: Engine
    file: Understanding
    shown: str
    wanted: WantedValues
    report: Report | None = None
    _notes: list[str] = field(default_factory=list)

    def quick(self) -> TextTable:
        """By what the beginning, and some places further down, show; reading it may raise ``UnfitRows``."""
        if self.file.whole or not fast_path.agrees(self.engine, self.file):
            return self._by_ours()
        sample = replace(self, report=None)._write(self._sample_lines())
        columns = measure(self.engine, self.file.names, _parquet(sample.path), self.wanted)
        if any(column.lenient for column in columns):
            return self.thorough()
        types = [_native(column.form) for column in columns]
        expressions = ", ".join(map(_checked, columns))
        view = self.engine.view(select(expressions, fast_path.reader(self.file, types)))
        return TextTable(view, columns, self._told(columns))

    def thorough(self) -> TextTable:
        """With every value checked, and the rows that don't fit put aside."""
        if self.file.whole or not fast_path.agrees(self.engine, self.file):
            return self._by_ours()
        query = select("*", fast_path.reader(self.file, ["VARCHAR"] * len(self.file.names)))
        try:
            name = identifier(self.engine.texts(query, self.report, "Checking every value"))
        except UnfitRows:
            return self._by_ours()
        columns = measure(self.engine, self.file.names, name, self.wanted, self.report)
        return self._table(name, columns, None)

    def _by_ours(self) -> TextTable:
        texts = self._write(self.file.lines(self.shown))
        if not texts.rows and not texts.reasons:
            raise CanvasError(
                f"{self.shown} has a header but no rows.",
                hint="Choose a file that holds at least one row below its header.",
            )
        name = _parquet(texts.path)
        columns = measure(self.engine, self.file.names, name, self.wanted, self.report)
        return self._table(name, columns, texts)

    def _write(self, lines: Iterator[str]) -> Texts:
        file = self.file
        return write_texts(lines, file.grammar, file.layout, file.names, self.engine.scratch, self.report)

    def _table(self, source: str, columns: Sequence[TypedColumn], texts: Texts | None) -> TextTable:
        aside = [column for column in columns if column.rule and column.rule.on_failure == "put aside"]
        fits = " AND ".join(column.form.fits(column.name) for column in aside if column.lenient)
        rest = f"WHERE {fits}" if fits else ""
        expressions = ", ".join(column.expression() for column in columns)
        table = self.engine.view(select(expressions, source, rest))
        rejected, told = self._put_aside(source, fits, texts)
        mended = _mended(texts) if texts else ()
        return TextTable(table, tuple(columns), (*self._told(columns), *mended, *told), rejected)

    def _told(self, columns: Sequence[TypedColumn]) -> tuple[str, ...]:
        return tuple(column.note for column in columns if column.note)

    def _put_aside(self, source: str, fits: str, texts: Texts | None) -> tuple[Path | None, tuple[str, ...]]:
        """Write the rows that did not fit to a file of their own, each with its line and the reason."""
        parts = []
        if texts is not None and texts.reasons:
            parts.append(select("CAST(line AS BIGINT) AS line, reason, content", _parquet(texts.aside)))
        if fits:
            shown = ", ".join(f"coalesce({identifier(name)}, '')" for name in self.file.names)
            content = f"NULL AS line, 'a value of another type' AS reason, concat_ws(',', {shown}) AS content"
            parts.append(select(content, source, f"WHERE NOT ({fits})"))
        if not parts:
            return None, ()
        lines = self.engine.view(select("*", f"({' UNION ALL '.join(parts)})", "ORDER BY line"))
        path = self.engine.scratch / f"{self.engine.new_name()}.csv"
        count = self.engine.write_csv(lines, path)
        reasons = ", ".join(
            sorted(set(texts.reasons if texts else ()) | ({"a value of another type"} if fits else set()))
        )
        if count == 1:
            return path, (f"1 row does not fit the columns and was put aside: {reasons}.",)
        return path, (f"{count:,} rows do not fit the columns and were put aside: {reasons}.",)

    def _sample_lines(self) -> Iterator[str]:
        """The beginning, and some whole lines from all over the file."""
        yield from self.file.head[:_HEAD_LINES]
        path = self.file.path
        if path.suffix in _PACKED:
            return
        size = path.stat().st_size
        with path.open("rb") as stream:
            for place in range(1, _SPREAD + 1):
                stream.seek(size * place // (_SPREAD + 1))
                lines = lines_in(stream.read(_BLOCK).decode("utf-8", errors="replace"))
                yield from lines[1:-1][:_BLOCK_LINES]


def _native(form: Form) -> str:
    """The type in which DuckDB's reader may read a column without a loss."""
    return form.type if form.native and form.type not in ("BIGINT", "VARCHAR") else "VARCHAR"


def _checked(column: TypedColumn) -> str:
    """The column of what DuckDB read; whole numbers only where their text is theirs to the letter."""
    name = identifier(column.name)
    if column.form == Form("BIGINT"):
        whole = f"TRY_CAST({name} AS BIGINT)"
        lost = literal(f"{column.name} holds more than whole numbers.")
        same = f"{name} IS NULL OR CAST({whole} AS VARCHAR) = {name}"
        return f"CASE WHEN {same} THEN {whole} ELSE error({lost}) END AS {name}"
    return name if _native(column.form) != "VARCHAR" else column.expression()


def _parquet(path: Path) -> str:
    return f"read_parquet({literal(without_patterns(path))})"


def _mended(texts: Texts) -> Iterator[str]:
    """What was done to rows so that they fit."""
    if texts.padded:
        rows = "1 row was" if texts.padded == 1 else f"{texts.padded:,} rows were"
        yield f"{rows} too short: the values at the end are blank."
    if texts.otherwise:
        rows = "1 row is" if texts.otherwise == 1 else f"{texts.otherwise:,} rows are"
        yield f"{rows} parted or quoted in another way than the others, and read so."
    if texts.comments:
        lines = "1 comment line was" if texts.comments == 1 else f"{texts.comments:,} comment lines were"
        yield f"{lines} left out."
    if texts.blank_rows:
        rows = "1 row" if texts.blank_rows == 1 else f"{texts.blank_rows:,} rows"
        yield f"{rows} without any value at the end: left out."
