"""A column of texts, switches or anything else in full: every different value is counted once."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase, ascii_uppercase, digits

from canvas_app.data.details.bins import edges_of
from canvas_app.data.details.column import MOST_TOP, Cells, ColumnDetails, Pattern, TextFacts
from canvas_app.data.engine import identifier, literal, select

LONGEST_VALUE = 1000
"""Signs of a frequent value that are kept."""
_SHAPED = 60
"""Signs of a text from which its shape is taken."""
_VALUES = 20_000
"""Different values whose shapes are taken."""
_PATTERNS = 8
_TABLE = "values_of_a_column"


def text_details(cells: Cells) -> ColumnDetails:
    """Group the column once; the rest asks the groups."""
    value = f"nullif({cells.name}, '')" if cells.info.type == "text" else f"{cells.name}::VARCHAR"
    grouped = select(f"{value} AS v, count(*) AS n", cells.source, "GROUP BY 1")
    table = identifier(_TABLE)
    cells.raw.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {grouped}")
    try:
        return _from_groups(cells, table)
    finally:
        cells.raw.execute(f"DROP TABLE IF EXISTS {table}")


def _from_groups(cells: Cells, table: str) -> ColumnDetails:
    parts = "coalesce(sum(n) FILTER (v IS NOT NULL), 0), count(v), sum(n) FILTER (v <> trim(v))"
    filled, distinct, spaced = cells.raw.execute(select(parts, table)).fetchall()[0]
    commonest = f"WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT {MOST_TOP}"
    several = distinct < filled or distinct == 1
    top = cells.raw.execute(select(f"left(v, {LONGEST_VALUE}), n", table, commonest)).fetchall()
    found = ColumnDetails(
        cells.info.name,
        cells.info.type,
        cells.rows,
        cells.looked_at,
        blanks=cells.looked_at - int(filled),
        distinct=int(distinct),
        top=tuple((value, int(count)) for value, count in top) if several else (),
    )
    return _with_texts(found, cells, table, int(spaced or 0)) if cells.info.type == "text" else found


def _with_texts(found: ColumnDetails, cells: Cells, table: str, spaced: int) -> ColumnDetails:
    import numpy as np

    if not found.filled:
        return found
    by_length = "WHERE v IS NOT NULL GROUP BY 1 ORDER BY 1"
    counted = select("length(v) AS size, sum(n)::BIGINT AS n", table, by_length)
    sizes = cells.raw.execute(counted).fetchnumpy()
    lengths, rows = np.asarray(sizes["size"]), np.asarray(sizes["n"])
    below = np.cumsum(rows)
    edges = edges_of(lengths, whole=True)
    bins = np.diff([0, *(int(rows[lengths < edge].sum()) for edge in edges[1:])])
    shapes, asked = _patterns(cells, table, found.distinct)
    facts = TextFacts(
        shortest=int(lengths[0]),
        longest=int(lengths[-1]),
        mean_length=float((lengths * rows).sum() / rows.sum()),
        middle_length=float(lengths[np.searchsorted(below, below[-1] / 2)]),
        spaced=spaced,
        patterns=shapes,
        patterns_of=asked,
    )
    return replace(found, edges=edges, bins=tuple(bins.tolist()), texts=facts)


def _patterns(cells: Cells, table: str, distinct: int) -> tuple[tuple[Pattern, ...], int]:
    """The commonest shapes; with runs of letters and digits drawn together where lengths differ much."""
    part = _VALUES / distinct if distinct > _VALUES else 1.0
    chosen = "WHERE v IS NOT NULL" + (f" AND hash(v) < {int(part * 2**64)}::UBIGINT" if part < 1 else "")
    exact = _grouped(cells, table, chosen, _shape(f"left(v, {_SHAPED})"))
    total = sum(count for _, count, _ in exact)
    if sum(count for _, count, _ in exact[:_PATTERNS]) < total / 2:
        exact = _grouped(cells, table, chosen, _drawn_together(_shape(f"left(v, {_SHAPED})")))
    scale = 1 / part
    shapes = tuple(Pattern(shape, round(count * scale), value) for shape, count, value in exact[:_PATTERNS])
    return shapes, min(distinct, _VALUES)


def _grouped(cells: Cells, table: str, chosen: str, shape: str) -> list[tuple[str, int, str]]:
    parts = f"{shape} AS shape, sum(n)::BIGINT AS rows, min(left(v, {_SHAPED})) AS value"
    return cells.raw.execute(select(parts, table, f"{chosen} GROUP BY 1 ORDER BY 2 DESC, 1")).fetchall()


def _shape(text: str) -> str:
    """Letters and digits by their kind; the slow way only for texts with others than those of ASCII."""
    signs, kinds = f"{ascii_lowercase}{ascii_uppercase}{digits}", "a" * 26 + "A" * 26 + "9" * 10
    shape = f"translate({text}, {literal(signs)}, {literal(kinds)})"
    other = shape
    for letters, kind in ((r"[\p{Ll}\p{Lo}\p{Lt}\p{Lm}]", "a"), (r"\p{Lu}", "A"), (r"\p{Nd}", "9")):
        other = f"regexp_replace({other}, '{letters}', '{kind}', 'g')"
    return f"CASE WHEN strlen({text}) = length({text}) THEN {shape} ELSE {other} END"


def _drawn_together(shape: str) -> str:
    """``Aaaaa 999`` as ``Aa+ 9+``."""
    for sign in "Aa9":
        shape = f"regexp_replace({shape}, '{sign}{sign}+', '{sign}+', 'g')"
    return shape
