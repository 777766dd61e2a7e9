"""Values that stand for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.column_measures import finite
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.placeholder_words import is_placeholder
from canvas_app.data.shares import percent

_MAYBE = ("none", "unknown", "other", "no", "nil", "unk")
_OFTEN = 0.3
"""Of the rows: a word that may be meant is, where more have it."""
_NINES = (
    -1.0,
    -9.0,
    -99.0,
    -999.0,
    -9999.0,
    -99999.0,
    -999999.0,
    999.0,
    9999.0,
    99999.0,
    999999.0,
    9999999.0,
)
_LOWEST = -0.5
_HIGHEST = 998.5
_APART = 0.5
"""Of the range of the other numbers."""


class Placeholders(Finding):
    """Words and numbers that mean missing, such as "?" or -999."""

    spec = FindingSpec(
        kind="placeholders",
        title="Placeholders",
        icon="ph.question",
        clear="no placeholders for blanks",
        example={"least": 2},
    )

    least: int = field("It must be there at least", default=2, ge=1, le=1000, unit="times")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Every column with such values, all of the column in one."""
        del target
        for name, item in table.facts.items():
            if item.type == "text" and not item.is_prose:
                found = self._words(table, name, item)
            elif item.is_number and item.filled:
                found = self._numbers(table, name, item)
            else:
                continue
            if sum(found.values()) >= self.least:
                yield self._told(item, found)

    def _words(self, table: Examined, name: str, item: ColumnFacts) -> dict[str, int]:
        """Not where nothing else is in the column: then the word is what it says."""
        found = {value: count for value, count in table.frequent(name) if is_placeholder(value)}
        rows = max(1, item.filled)
        found = {value: n for value, n in found.items() if not _may_be_meant(value) or n <= rows * _OFTEN}
        return found if item.distinct > len(found) else {}

    def _numbers(self, table: Examined, name: str, item: ColumnFacts) -> dict[str, int]:
        """Numbers of nines, far from all others, and there several times."""
        if item.low is None or item.high is None or (item.low > _LOWEST and item.high < _HIGHEST):
            return {}
        column = finite(table.place(name))
        wanted = ", ".join(map(repr, _NINES))
        counts = table.ask(f"{column} AS value, count(*) AS n", f"WHERE {column} IN ({wanted}) GROUP BY 1")
        met = {value: count for value, count in counts if count >= self.least}
        if not met:
            return {}
        others = ", ".join(map(repr, met))
        low, high = table.ask(f"min({column}), max({column})", f"WHERE {column} NOT IN ({others})")[0]
        return {f"{value:g}": count for value, count in met.items() if _far(value, low, high)}

    def _told(self, item: ColumnFacts, found: dict[str, int]) -> Found:
        rows = sum(found.values())
        sure = not all(map(_may_be_meant, found))
        share = rows / max(1, item.rows)
        shown = " and ".join(f"“{value}”" if value.strip() else "spaces alone" for value in list(found)[:2])
        more = f" and {len(found) - 2} more" if len(found) > 2 else ""
        return Found(
            self.spec.kind,
            item.name,
            "medium" if sure else "low",
            f"{item.name} says {shown}{more}",
            f"{counted(rows, 'row')}, {percent(share)}, {'probably' if sure else 'perhaps'} missing",
            {"rows": rows, "share": share, "values": list(found)},
            Fix(
                "Make blank",
                "replace_values",
                {"columns": [item.name], "replacements": [{"value": value, "by": ""} for value in found]},
            ),
        )


def _may_be_meant(value: str) -> bool:
    """Words that are an answer as often as they stand for none."""
    return value.strip().lower() in _MAYBE


def _far(value: float, low: float | None, high: float | None) -> bool:
    """Whether a number lies apart from the others by more than their whole range."""
    if low is None or high is None:
        return False
    return value < low - (high - low) * _APART or value > high + (high - low) * _APART
