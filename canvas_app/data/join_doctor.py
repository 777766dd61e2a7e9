"""Which columns of two tables fit together, what a join by them does to the rows, and what nearly fits."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.base.words import counted
from canvas_app.data.engine import connection_of, identifier, schema_of, select, told
from canvas_app.data.schema import ColumnInfo
from canvas_app.data.shares import percent
from canvas_app.data.spellings import plain, slips

if TYPE_CHECKING:
    from ibis.expr.types import Table

Pair = tuple[str, str]
"""A column of the first table, and one of the second."""

_SKETCH = 512
_MOST_COLUMNS = 60
_MOST_KEYS = 5_000
_LEAST_SHARE = 0.3
_FEW = 5
"""Different values up to which a fit says little: small numbers are in every table."""
_SHOWN = 3


@dataclass(frozen=True)
class KeyMatch:
    """How the rows of two tables find each other by some pairs of columns."""

    pairs: tuple[Pair, ...]
    left_rows: int
    right_rows: int
    left_keys: int
    """Different keys of the first table; blanks are none."""
    right_keys: int
    left_found: int
    """Rows of the first table that find a row of the second."""
    right_found: int
    matches: int
    """Pairs of rows that find each other."""
    left_unique: bool
    right_unique: bool
    near: tuple[Pair, ...] = ()
    """Keys of the first that find nothing, each with one of the second that means the same, it seems."""
    near_by_form: bool = False
    """Whether most of these differ in capitals, spaces and signs alone."""

    @property
    def share(self) -> float:
        """The part of the first table's rows that find one of the second."""
        return self.left_found / self.left_rows if self.left_rows else 0.0

    def rows(self, how: str) -> int:
        """Rows after a join that keeps ``inner``, ``left``, ``right`` or ``full``."""
        left = self.left_rows - self.left_found if how in ("left", "full") else 0
        right = self.right_rows - self.right_found if how in ("right", "full") else 0
        return self.matches + left + right

    @property
    def multiplies(self) -> bool:
        """Whether some row comes several times for having several matches."""
        return self.matches > self.left_found

    @property
    def words(self) -> str:
        """The fit in a line: ``customer_id fits id: 98 % found, unique on the right``."""
        names = " and ".join(f"{left} fits {right}" for left, right in self.pairs)
        unique = {(True, True): "unique on both sides", (False, True): "unique on the right"}
        unique[True, False] = "unique on the left"
        told = unique.get((self.left_unique, self.right_unique), "several rows on both sides")
        return f"{names}: {percent(self.share)} found, {told}"

    def warnings(self, how: str) -> tuple[str, ...]:
        """What a person should know before such a join runs."""
        found = []
        if self.multiplies:
            more = f"{counted(self.left_rows, 'row')} become {self.rows(how):,}"
            found.append(f"Some rows have several matches and come several times: {more}.")
        if not self.left_found and self.left_rows:
            found.append("No row finds a match.")
        if self.near:
            shown = ", ".join(f"“{left}” and “{right}”" for left, right in self.near[:_SHOWN])
            found.append(f"{counted(len(self.near), 'key')} nearly fit: {shown}.")
        return tuple(found)


def match_keys(left: Table, right: Table, pairs: Sequence[Pair]) -> KeyMatch:
    """How two tables of one engine fit by these pairs. Raises ``CanvasError``; a blank equals nothing."""
    doctor = _Doctor(left, right)
    return doctor.match(tuple(pairs))


def suggest_joins(left: Table, right: Table, most: int = 3) -> tuple[KeyMatch, ...]:
    """The pairs of columns by which the tables fit best, the best first; none where nothing fits."""
    doctor = _Doctor(left, right)
    ranked = sorted(doctor.candidates(), key=lambda item: -item[0])
    found = [doctor.match((pair,)) for _, pair in ranked[: 2 * most]]
    fitting = [match for match in found if match.share >= _LEAST_SHARE or match.near]
    return tuple(sorted(fitting, key=_rank, reverse=True)[:most])


class _Doctor:
    """Two tables, and the queries about their keys."""

    def __init__(self, left: Table, right: Table) -> None:
        self._connection, first = connection_of(left)
        _, second = connection_of(right)
        self._sources = (f"({first})", f"({second})")
        self._schemas = (schema_of(left), schema_of(right))

    def match(self, pairs: tuple[Pair, ...]) -> KeyMatch:
        keys = tuple(self._keys(side, pairs) for side in (0, 1))
        with_ = f"WITH a AS ({keys[0]}), b AS ({keys[1]})"
        parts = (
            "(SELECT sum(n) FROM a), (SELECT sum(n) FROM b)",
            "(SELECT count(*) FROM a WHERE key IS NOT NULL), (SELECT count(*) FROM b WHERE key IS NOT NULL)",
            "sum(a.n), sum(b.n), sum(a.n * b.n)",
            "(SELECT max(n) FROM a WHERE key IS NOT NULL), (SELECT max(n) FROM b WHERE key IS NOT NULL)",
        )
        row = self._run(f"{with_} {select(', '.join(parts), 'a', 'JOIN b ON a.key = b.key')}")[0]
        whole = [int(value or 0) for value in row]
        near, by_form = self._near(pairs) if whole[4] < whole[0] else ((), False)
        return KeyMatch(
            pairs=pairs,
            left_rows=whole[0],
            right_rows=whole[1],
            left_keys=whole[2],
            right_keys=whole[3],
            left_found=whole[4],
            right_found=whole[5],
            matches=whole[6],
            left_unique=whole[7] <= 1,
            right_unique=whole[8] <= 1,
            near=near,
            near_by_form=by_form,
        )

    def candidates(self) -> Iterator[tuple[float, Pair]]:
        """Pairs that may fit, each with how promising it is: by a sketch of the values, and by the names."""
        sketches = [{info.name: self._sketch(side, info) for info in self._usable(side)} for side in (0, 1)]
        for first in self._usable(0):
            for second in self._usable(1):
                if _sort(first) != _sort(second):
                    continue
                a, b = sketches[0][first.name], sketches[1][second.name]
                alike = _names_alike(first.name, second.name)
                share = _contained(a, b)
                if share >= _LEAST_SHARE or (alike > 0.8 and _sort(first) == "text"):
                    telling = 0.3 if min(len(a), len(b)) <= _FEW else 1.0
                    yield share * telling + alike, (first.name, second.name)

    def _usable(self, side: int) -> list[ColumnInfo]:
        known = [info for info in self._schemas[side] if _sort(info) in ("text", "number", "time")]
        return known[:_MOST_COLUMNS]

    def _keys(self, side: int, pairs: tuple[Pair, ...]) -> str:
        """SQL for the keys of a table with their rows; null where a part of the key is blank."""
        parts = []
        for pair in pairs:
            both = self._schemas[0][pair[0]], self._schemas[1][pair[1]]
            parts.append(_value(both[side], both[1 - side]))
        whole = " AND ".join(f"{part} IS NOT NULL" for part in parts)
        key = f"CASE WHEN {whole} THEN row({', '.join(parts)}) END AS key"
        return select(f"{key}, count(*) AS n", self._sources[side], "GROUP BY 1")

    def _sketch(self, side: int, info: ColumnInfo) -> set[int]:
        """The smallest checksums of its different values, which are a fair sample of them."""
        value = f"hash({_value(info, info, wide=True)})"
        rest = f"WHERE {_value(info, info)} IS NOT NULL ORDER BY 1 LIMIT {_SKETCH}"
        return {row[0] for row in self._run(select(f"DISTINCT {value}", self._sources[side], rest))}

    def _near(self, pairs: tuple[Pair, ...]) -> tuple[tuple[Pair, ...], bool]:
        """Texts that find nothing, with what they were perhaps meant to be; of single columns alone."""
        infos = [self._schemas[side][pairs[0][side]] for side in (0, 1)]
        if len(pairs) != 1 or any(info.type != "text" for info in infos):
            return (), False
        values = [_value(info, info) for info in infos]
        texts = [
            select(f"DISTINCT {value} AS key", self._sources[side], f"WHERE {value} IS NOT NULL")
            for side, value in enumerate(values)
        ]
        there = {row[0] for row in self._run(f"{texts[1]} LIMIT {10 * _MOST_KEYS}")}
        lost = [
            row[0] for row in self._run(f"{texts[0]} AND {values[0]} NOT IN ({texts[1]}) LIMIT {_MOST_KEYS}")
        ]
        by_plain = {plain(text): text for text in sorted(there, reverse=True)}
        by_form = [(text, by_plain[plain(text)]) for text in sorted(lost) if plain(text) in by_plain]
        slipped = slips({**{plain(text): 1 for text in lost}, **dict.fromkeys(by_plain, 100)})
        by_slip = [
            (text, by_plain[slipped[plain(text)]])
            for text in sorted(lost)
            if plain(text) not in by_plain and slipped.get(plain(text)) in by_plain
        ]
        return (*by_form, *by_slip), len(by_form) > len(by_slip)

    def _run(self, query: str) -> list[tuple[Any, ...]]:
        with told():
            rows: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
            return rows


def _value(info: ColumnInfo, other: ColumnInfo, *, wide: bool = False) -> str:
    """SQL for a value as the join compares it: numbers of different kinds as doubles, times as moments."""
    name = identifier(info.name)
    match _sort(info):
        case "text":
            return f"nullif({name}, '')"
        case "number" if wide or info.engine_type != other.engine_type:
            return f"CASE WHEN NOT isnan({name}::DOUBLE) THEN {name}::DOUBLE END"
        case "number" if info.type == "number":
            return f"CASE WHEN NOT isnan({name}::DOUBLE) THEN {name} END"
        case "time" if wide or info.engine_type != other.engine_type:
            return f"{name}::TIMESTAMP"
        case _:
            return name


def _sort(info: ColumnInfo) -> str:
    """What it can be compared with."""
    if info.type == "time" and info.engine_type.lstrip("!") == "time":
        return "clock"
    return "number" if info.type in ("number", "whole") else info.type


def _contained(first: set[int], second: set[int]) -> float:
    """The share of the first's different values that the second has, from both sketches."""
    if not first or not second:
        return 0.0
    ends = [max(sketch) for sketch in (first, second) if len(sketch) >= _SKETCH]
    end = min(ends) if ends else max(max(first), max(second))
    seen = {value for value in first if value <= end}
    return len(seen & second) / len(seen) if seen else 0.0


def _names_alike(first: str, second: str) -> float:
    """How alike two names are, 0 to 1; ``customer_id`` and ``id`` are rather alike."""
    a, b = (" ".join(re.findall(r"[a-z]+|[0-9]+", name.lower())) for name in (first, second))
    if not a or not b:
        return 0.0
    ends = 0.7 if set(a.split()) & set(b.split()) else 0.0
    return max(ends, difflib.SequenceMatcher(None, a, b).ratio()) if a != b else 1.0


def _rank(match: KeyMatch) -> tuple[float, float]:
    (left, right) = match.pairs[0]
    few = min(match.left_keys, match.right_keys) <= _FEW
    unique = 0.5 * match.right_unique + 0.2 * match.left_unique
    return match.share + unique + _names_alike(left, right) - 0.7 * few, match.share
