"""What is in the columns of a table: three queries, however many columns there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import Json
from canvas_app.data.engine import Engine, connection_of, identifier, literal, schema_of, select, told
from canvas_app.data.file_rows import columns_of_file, count_of_file, schema_of_file
from canvas_app.data.schema import ColumnInfo, ColumnType

if TYPE_CHECKING:
    from ibis.expr.types import Table

BINS = 20
_TOP = 5
_SAMPLE = 1_000_000
_EXACT_UP_TO = 500_000
"""Rows above which different values are estimated (HyperLogLog), since counting them takes seconds."""


@dataclass(frozen=True)
class ColumnProfile:
    """One column in numbers: blanks, different values, and how the values are spread."""

    name: str
    type: ColumnType
    rows: int
    blanks: int
    distinct: int
    low: Json = None
    """The smallest finite value of numbers; of times, as ISO 8601."""
    high: Json = None
    mean: float | None = None
    bins: tuple[int, ...] = ()
    """Rows per equal part from the smallest to the largest value; of numbers and times."""
    edges: tuple[float, ...] = ()
    """The borders of the bins, one more than these; of times in seconds since 1970."""
    top: tuple[tuple[str, int], ...] = ()
    """The most frequent values of texts and switches with their rows, the most frequent first."""
    estimated: bool = False
    """Whether ``distinct`` (within about 2 %), or all of it (for very long tables), is an estimate."""

    @property
    def blank_share(self) -> float:
        """Blanks among the rows, 0 to 1."""
        return self.blanks / self.rows if self.rows else 0.0


def profile(table: Table, columns: Sequence[str] | None = None) -> tuple[ColumnProfile, ...]:
    """The profiles of the named columns, or all. Raises ``CanvasError``, or ``Cancelled`` if interrupted."""
    infos = [info for info in schema_of(table) if columns is None or info.name in columns]
    if not infos:
        return ()
    with told():
        return tuple(_Profiler(table, infos).profiles())


def profile_file(
    engine: Engine, path: Path, columns: Sequence[str] | None = None
) -> tuple[ColumnProfile, ...]:
    """The profiles of a Parquet file; of a very long one, estimated from blocks spread over all of it."""
    schema = schema_of_file(engine, path)
    names = [info.name for info in schema if columns is None or info.name in columns]
    if not names:
        return ()
    rows = count_of_file(engine, path)
    nth = rows // _SAMPLE
    if nth < 2:
        return profile(columns_of_file(engine, path, names))
    sample = engine.every_block_of_file(path, nth).select(*names)
    return tuple(_scaled(item, rows) for item in profile(sample))


def _scaled(found: ColumnProfile, rows: int) -> ColumnProfile:
    """What was counted on a sample, as it is to be expected of all rows."""
    factor = rows / max(1, found.rows)
    several = found.distinct < found.rows / 2
    return replace(
        found,
        rows=rows,
        blanks=round(found.blanks * factor),
        distinct=found.distinct if several else round(found.distinct * factor),
        bins=tuple(round(count * factor) for count in found.bins),
        top=tuple((value, round(count * factor)) for value, count in found.top),
        estimated=True,
    )


class _Profiler:
    """The queries over one table, with the names of its columns safely quoted."""

    def __init__(self, table: Table, infos: Sequence[ColumnInfo]) -> None:
        self._raw, query = connection_of(table)
        self._source = f"({query})"
        self._infos = infos

    def profiles(self) -> Iterator[ColumnProfile]:
        rows = self._row(["count(*)"])[0]
        measures = self._measures(exact=rows <= _EXACT_UP_TO)
        bins = self._bins(measures)
        top = self._top()
        for info in self._infos:
            filled, distinct, low, high, mean, first, last = measures[info.name]
            yield ColumnProfile(
                name=info.name,
                type=info.type,
                rows=rows,
                blanks=rows - filled,
                distinct=min(distinct, filled),
                low=_shown(low),
                high=_shown(high),
                mean=mean,
                bins=bins.get(info.name, ()),
                edges=_edges(info, low, high) if info.type != "time" else _edges(info, first, last),
                top=top.get(info.name, ()),
                estimated=rows > _EXACT_UP_TO,
            )

    def _measures(self, *, exact: bool) -> dict[str, tuple[Any, ...]]:
        """Of each column: filled, different, smallest, largest, mean, and both ends of times in seconds."""
        parts = [part for info in self._infos for part in _measures_of(info, exact=exact)]
        row = self._row(parts)
        width = len(parts) // len(self._infos)
        return {info.name: row[i * width : (i + 1) * width] for i, info in enumerate(self._infos)}

    def _bins(self, measures: dict[str, tuple[Any, ...]]) -> dict[str, tuple[int, ...]]:
        spread = {}
        for info in self._infos:
            low, high = measures[info.name][5:7] if info.type == "time" else measures[info.name][2:4]
            edges = _edges(info, low, high)
            if edges:
                spread[info.name] = (edges, _bin_of(info, edges))
        if not spread:
            return {}
        counted = self._row([f"histogram({part})" for _, part in spread.values()])
        return {
            name: tuple((found or {}).get(place, 0) for place in range(len(edges) - 1))
            for (name, (edges, _)), found in zip(spread.items(), counted, strict=True)
        }

    def _top(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """One part per column, all in one query; the source is computed once for all of them."""
        names = [info.name for info in self._infos if info.type in ("text", "switch")]
        if not names:
            return {}
        parts = [self._top_of(name) for name in names]
        query = f"WITH source AS {self._source} {' UNION ALL '.join(parts)}"
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
        for name, value, count in self._raw.execute(query).fetchall():
            found[name].append((value, count))
        return {name: tuple(sorted(values, key=lambda item: -item[1])) for name, values in found.items()}

    def _top_of(self, name: str) -> str:
        column = identifier(name)
        values = f"{literal(name)} AS name, left({column}::VARCHAR, 200) AS value, count(*) AS n"
        rest = f"WHERE {column}::VARCHAR <> '' GROUP BY {column} ORDER BY n DESC, {column} LIMIT {_TOP}"
        return f"({select(values, 'source', rest)})"

    def _row(self, parts: Sequence[str]) -> tuple[Any, ...]:
        query = select(", ".join(parts), self._source)
        row: tuple[Any, ...] = self._raw.execute(query).fetchone() or ()
        return row


def _measures_of(info: ColumnInfo, *, exact: bool) -> tuple[str, ...]:
    name, value = identifier(info.name), _filled(info)
    distinct = f"count(DISTINCT {value})" if exact else f"approx_count_distinct({value})"
    counts = (f"count({value})", distinct)
    match info.type:
        case "number" | "whole":
            number = f"{name}::DOUBLE"
            finite = f"FILTER (isfinite({number}))"
            low, high = f"min({number}) {finite}", f"max({number}) {finite}"
            return (*counts, low, high, f"avg({number}) {finite}", "NULL", "NULL")
        case "time":
            ends = f"epoch(min({name}))", f"epoch(max({name}))"
            return (*counts, f"min({value})", f"max({value})", "NULL", *ends)
        case _:
            return (*counts, *["NULL"] * 5)


def _filled(info: ColumnInfo) -> str:
    """SQL for a value that is null where the cell is blank, and which Python can hold."""
    name = identifier(info.name)
    match info.type:
        case "number":
            return f"CASE WHEN NOT isnan({name}::DOUBLE) THEN {name} END"
        case "text":
            return f"nullif({name}, '')"
        case "time" if "timestamp('" in info.engine_type:  # with a time zone, which is UTC here
            return f"{name}::TIMESTAMP"
        case "other":
            return f"{name}::VARCHAR"
        case _:
            return name


def _edges(info: ColumnInfo, low: float | None, high: float | None) -> tuple[float, ...]:
    """Borders of equal parts; few whole numbers get one part each."""
    if low is None or high is None or not isinstance(low, int | float):
        return ()
    if info.type == "whole" and high - low < BINS:
        return tuple(low - 0.5 + step for step in range(int(high - low) + 2))
    if low == high:
        return (low, high)
    step = high / BINS - low / BINS
    return (*(low + step * place for place in range(BINS)), high)


def _bin_of(info: ColumnInfo, edges: Sequence[float]) -> str:
    """SQL for the number of the part that a value falls into."""
    name = identifier(info.name)
    value = f"epoch({name})" if info.type == "time" else f"{name}::DOUBLE"
    last = len(edges) - 2
    width = (edges[-1] / len(edges[1:])) - (edges[0] / len(edges[1:]))
    if width <= 0:
        return f"CASE WHEN {value} BETWEEN {edges[0]!r} AND {edges[-1]!r} THEN 0 END"
    place = f"least({last}, greatest(0, floor(({value} - {edges[0]!r}) / {width!r})))::TINYINT"
    return f"CASE WHEN {value} BETWEEN {edges[0]!r} AND {edges[-1]!r} THEN {place} END"


def _shown(value: Any) -> Json:
    """Times far from ours come as texts, since Python has no dates of such years."""
    return value if value is None or isinstance(value, int | float | str) else value.isoformat()
