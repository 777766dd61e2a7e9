"""Numbers and dates in the clothes of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.placeholder_words import is_placeholder
from canvas_app.data.reads_as import MOSTLY

_MONTHS = 12
_ORDERED = 'date(concat(right({name}, 4), "-", {month}, "-", {day}))'
_POINTS = "^[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?$"
_COMMAS = "^[+-]?([0-9]{1,3}([.][0-9]{3})+|[0-9]+)(,[0-9]+)?$"


class MistypedColumn(Finding):
    """Text columns whose values are numbers or dates."""

    spec = FindingSpec(
        kind="mistyped_column",
        title="Mistyped columns",
        icon="ph.text-t",
        clear="no numbers or dates held as text",
        example={"least": 3},
    )

    least: int = field("In at least", default=3, ge=1, le=1000, unit="cells")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Those that read so as they stand, then those that do once their signs are taken away."""
        del target
        for item in table.facts.values():
            if item.type != "text" or item.filled < self.least or item.codes or item.is_prose:
                continue
            words = sum(count for value, count in table.frequent(item.name) if is_placeholder(value))
            meant = max(1, item.filled - words)
            if item.filled - words < self.least:
                continue
            if item.numbers >= meant * MOSTLY and item.numbers:
                yield self._told(item, "numbers", item.numbers, {"columns": [item.name], "to": "number"})
            elif item.dates >= meant * MOSTLY and item.dates:
                to = "moment" if item.moments else "date"
                yield self._told(item, "dates", item.dates, {"columns": [item.name], "to": to})
            elif item.written_dates >= meant * MOSTLY:
                yield from self._written(table, item)
            else:
                yield from self._disguised(table, item, meant)

    def _told(self, item: ColumnFacts, kind: str, count: int, values: dict[str, Any]) -> Found:
        misfits = item.filled - count
        detail = (
            f"{counted(misfits, 'cell')} would become blank" if misfits else f"All {count:,} read as {kind}"
        )
        return Found(
            self.spec.kind,
            item.name,
            "medium",
            f"{item.name} holds {kind} as text",
            detail,
            {kind: count, "others": misfits},
            Fix(f"Turn into {kind}", "change_type", values),
        )

    def _written(self, table: Examined, item: ColumnFacts) -> Iterator[Found]:
        """Months, and days in front of the year; nothing where day and month can't be told apart."""
        text = table.place(item.name)
        parts = (f"max(TRY_CAST(left({text}, 2) AS INT))", f"max(TRY_CAST(substr({text}, 4, 2) AS INT))")
        months = f"count(CASE WHEN regexp_matches({text}, '^[0-9]{{4}}-') THEN 1 END)"
        first, second, by_month = table.ask(f"{', '.join(parts)}, {months}")[0]
        name = f"[{item.name}]"
        if by_month:
            formula = f'date(concat({name}, "-01"))'
        elif (first or 0) > _MONTHS >= (second or 0):
            formula = _ORDERED.format(name=name, day=f"left({name}, 2)", month=f"left(right({name}, 7), 2)")
        elif (second or 0) > _MONTHS >= (first or 0):
            formula = _ORDERED.format(name=name, month=f"left({name}, 2)", day=f"left(right({name}, 7), 2)")
        else:
            return
        if "]" not in item.name:
            found = self._told(item, "dates", item.written_dates, {})
            yield replace(
                found, fix=Fix("Turn into dates", "formula", {"name": item.name, "formula": formula})
            )

    def _disguised(self, table: Examined, item: ColumnFacts, meant: int) -> Iterator[Found]:
        """Numbers with a sign of money or per cent, or with the marks of another country."""
        text = f"trim(regexp_replace({table.place(item.name)}, '[\\s€$£%]', '', 'g'))"
        points = f"count(CASE WHEN regexp_matches({text}, '{_POINTS}') THEN 1 END)"
        commas = f"count(CASE WHEN regexp_matches({text}, '{_COMMAS}') THEN 1 END)"
        by_points, by_commas = table.ask(f"{points}, {commas}")[0]
        count, thousands, decimal = (by_points, ",", ".") if by_points >= by_commas else (by_commas, ".", ",")
        if count < meant * MOSTLY or "]" in item.name:
            return
        yield Found(
            self.spec.kind,
            item.name,
            "medium",
            f"{item.name} holds numbers as text",
            f"{count:,} read as numbers without their signs and thousands marks",
            {"numbers": count, "others": item.filled - count},
            Fix(
                "Turn into numbers",
                "formula",
                {"name": item.name, "formula": _formula(item.name, thousands, decimal)},
            ),
        )


def _formula(name: str, thousands: str, decimal: str) -> str:
    text = f"[{name}]"
    for sign in ("€", "$", "£", "%", " ", "\u00a0", thousands):
        text = f'replace({text}, "{sign}", "")'
    return f'number(replace({text}, "{decimal}", "."))' if decimal != "." else f"number({text})"
