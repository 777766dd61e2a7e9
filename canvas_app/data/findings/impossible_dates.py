"""Dates that can't be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.schema import ColumnInfo
from canvas_app.data.shares import percent

_MOST = 6
"""Date columns that are compared with each other."""
_FEW = 0.2
_SELDOM = 0.05


class ImpossibleDates(Finding):
    """Dates far from all others, and ends that come before their beginnings."""

    spec = FindingSpec(
        kind="impossible_dates",
        title="Impossible dates",
        icon="ph.calendar-x",
        clear="no impossible dates",
        example={"first": 1900},
    )

    first: int = field("The first possible year", default=1900, ge=1, le=2100)

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Dates before a first year or in the future, where most are not; then pairs in the wrong order."""
        del target
        dates = [info for info in table.columns if _is_day(info) and "]" not in info.name]
        for info in dates:
            yield from self._strange(table, info)
        for first, second in itertools.permutations(dates[:_MOST], 2):
            yield from self._turned(table, first, second)

    def _strange(self, table: Examined, info: ColumnInfo) -> Iterator[Found]:
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
        border = f"{self.first:04d}-01-02"
        column = table.place(info.name)
        early, late = f"{column} < TIMESTAMP '{border}'", f"{column} > TIMESTAMP '{tomorrow}'"
        counts = f"count({column}), count(CASE WHEN {early} THEN 1 END), count(CASE WHEN {late} THEN 1 END)"
        filled, before, after = table.ask(counts)[0]
        for rows, sign, day, words in (
            (before, "<", border, f"before {self.first}"),
            (after, ">", tomorrow, "in the future"),
        ):
            if 0 < rows <= filled * _FEW:
                blanked = f'if([{info.name}] {sign} date("{day}"), blank, [{info.name}])'
                yield Found(
                    self.spec.kind,
                    info.name,
                    "medium",
                    f"{info.name} has {counted(rows, 'date')} {words}",
                    f"{percent(rows / filled)} of its dates",
                    {"rows": rows, "share": rows / filled, "border": day},
                    Fix("Make blank", "formula", {"name": info.name, "formula": blanked}),
                )

    def _turned(self, table: Examined, first: ColumnInfo, second: ColumnInfo) -> Iterator[Found]:
        """Where the second comes after the first in nearly all rows, but not in some."""
        a, b = table.place(first.name), table.place(second.name)
        both, turned = table.ask(f"count({a} <= {b}), count(CASE WHEN {a} > {b} THEN 1 END)")[0]
        if not 0 < turned <= both * _SELDOM:
            return
        name = second.name
        blanked = f"if([{name}] < [{first.name}], blank, [{name}])"
        yield Found(
            self.spec.kind,
            name,
            "medium",
            f"{name} comes before {first.name} in {counted(turned, 'row')}",
            f"In the other {both - turned:,} it comes after",
            {"rows": turned, "share": turned / both},
            Fix("Make blank", "formula", {"name": name, "formula": blanked}),
        )


def _is_day(info: ColumnInfo) -> bool:
    return info.type == "time" and info.engine_type.lstrip("!") != "time" and "('" not in info.engine_type
