"""Dates as numbers that a model can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, field
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.moments import plain_moment
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import joined, some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_OF_DAYS = ("year", "quarter", "month", "week", "day", "weekday", "day_of_year", "weekend")
_OF_TIMES = ("hour", "minute")


class DateParts(Step):
    """Take the year, month, weekday, hour and more out of dates, as new columns."""

    spec = StepSpec(
        kind="date_parts",
        title="Extract date parts",
        group="Shape",
        icon="ph.calendar",
        example={"columns": ["ordered"], "year": True, "weekday": True},
        keywords="date time year month day weekday hour season calendar",
    )

    columns: Columns = field("Columns", accepts="time")
    year: bool = field("Year", default=True)
    quarter: bool = field("Quarter", default=False)
    month: bool = field("Month", default=True)
    week: bool = field("Week of the year", default=False, help="By ISO 8601, 1 to 53.")
    day: bool = field("Day of the month", default=True)
    weekday: bool = field("Weekday", default=True, help="1 is Monday, 7 is Sunday.")
    day_of_year: bool = field("Day of the year", default=False)
    weekend: bool = field("Is it a weekend?", default=False)
    hour: bool = field("Hour", default=False)
    minute: bool = field("Minute", default=False)
    drop: bool = field("Leave out the dates themselves", default=False)

    def summary(self) -> str:
        """The columns and their parts."""
        if not self.columns:
            return "Choose columns"
        return f"{some_names(self.columns, 1)}: {joined([part.replace('_', ' ') for part in self._parts()])}"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: some part must be wanted, be there, and have its name free."""
        found = list(super().check(*schemas))
        if not self._parts():
            found.append(Problem("No part is chosen.", "Switch at least one on.", field="year"))
        for name in self.columns if schemas else ():
            if name in schemas[0] and schemas[0][name].type == "time":
                found += self._check_parts(schemas[0][name], schemas[0])
        return tuple(found)

    def apply(self, table: Table, learned: Learned) -> Table:
        """New columns at the end, such as ``ordered_year``; a blank date has blank parts."""
        del learned
        parts = {
            f"{name}_{part}": _part(table[name], part)
            for name in self.columns
            for part in self._parts()
            if _has(str(table[name].type()), part)
        }
        with_parts = table.mutate(**parts)
        return with_parts.drop(*self.columns) if self.drop and self.columns else with_parts

    def _parts(self) -> tuple[str, ...]:
        return tuple(part for part in (*_OF_DAYS, *_OF_TIMES) if getattr(self, part))

    def _check_parts(self, column: ColumnInfo, schema: Schema) -> list[Problem]:
        found = []
        there = [part for part in self._parts() if _has(column.engine_type, part)]
        if self._parts() and not there:
            found.append(
                Problem(
                    f"{column.name} has none of these parts.",
                    "Choose parts of the day for times, and of the year for dates.",
                    field="columns",
                )
            )
        taken = [f"{column.name}_{part}" for part in there if f"{column.name}_{part}" in schema]
        if taken:
            found.append(
                Problem(f"There is a column {taken[0]} already.", "Rename it before.", field="columns")
            )
        return found


def _has(engine_type: str, part: str) -> bool:
    """Whether values of that type have the part: dates have no hour, times of the day no year."""
    plain = engine_type.lstrip("!")
    if plain == "date":
        return part in _OF_DAYS
    return plain.startswith("timestamp") or part in _OF_TIMES


def _part(column: Value, part: str) -> Value:
    column = plain_moment(column)
    match part:
        case "week":
            return column.week_of_year().cast("int64")
        case "weekday":
            return column.day_of_week.index().cast("int64") + 1
        case "weekend":
            return column.day_of_week.index() >= 5
        case _:
            return getattr(column, part)().cast("int64")
