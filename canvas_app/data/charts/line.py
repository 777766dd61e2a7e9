"""A number over time."""

from __future__ import annotations

from typing import Any, Literal

from canvas_app.base.figure import Axis, Curves, Figure, Panel, Plot
from canvas_app.base.spec import Column, field
from canvas_app.data.chart_groups import Groups, colours_of, panels_of
from canvas_app.data.chart_kind import (
    ChartKind,
    ChartSpec,
    ChartTable,
    clock,
    value_of,
)
from canvas_app.data.engine import identifier
from canvas_app.data.schema import ColumnInfo

_MOST_POINTS = 400
_UNITS = {
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": 30 * 86_400,
    "quarter": 91 * 86_400,
    "year": 365 * 86_400,
}


class Line(ChartKind):
    """Follow a number over time, or over another number: its mean, sum or the rows per step."""

    spec = ChartSpec(
        kind="line",
        title="Line over time",
        icon="ph.chart-line",
        question="How does it change over time?",
        example={"x": "ordered", "y": "age"},
        order=50,
        prefers={"x": ("time", "whole", "number"), "y": ("number", "whole")},
    )

    x: Column = field("Over", ask="Choose the column of time, or of steps.")
    measure: Literal["mean", "median", "sum", "count"] = field(
        "Height", default="mean", labels=("Mean", "Median", "Sum", "Rows")
    )
    y: Column = field("Of", default="", accepts="number", help="Needed unless rows are counted.")
    every: Literal["auto", "minute", "hour", "day", "week", "month", "quarter", "year"] = field(
        "Every", default="auto", help="How long a step is, where it goes over time."
    )
    colour_by: Column = field("Colour by", default="")
    panels: Column = field("One panel per", default="")

    def draw(self, table: ChartTable) -> Figure:
        """A point per step, a line per colour."""
        x = table.column(self.x, "x", "number", "whole", "time")
        step, words = self._step(table, x)
        colours = colours_of(table, self.colour_by)
        panels = panels_of(table, self.panels)
        found = self._measured(table, (panels.sql, colours.sql, step))
        label = "rows" if self.measure == "count" else f"{self.measure} of {self.y}"
        return Figure(
            title=f"{label[:1].upper()}{label[1:]} over {self.x}",
            subtitle=f"{table.all_rows()} · {words}",
            marks=Plot(
                Axis(self.x, time=clock(x)),
                Axis(label),
                tuple(_panels(found, panels)),
                colours.names if colours.several else (),
                self.colour_by,
            ),
            header=("panel", "colour", self.x, label),
            rows=tuple((panels.names[p], colours.names[c], _told(at, x), y) for p, c, at, y in found),
        )

    def _measured(self, table: ChartTable, keys: tuple[str, str, str]) -> list[Any]:
        if self.measure == "count":
            return table.grouped(keys)
        name = {"mean": "avg"}.get(self.measure, self.measure)
        value = value_of(table.column(self.y, "y", "number", "whole"))
        return table.grouped(keys, value, f"{name}(v)")

    def _step(self, table: ChartTable, x: ColumnInfo) -> tuple[str, str]:
        """SQL for the step that a row is in, and what a point is in words."""
        value = value_of(x)
        low, high = table.ask([f"min({value})", f"max({value})"])[0]
        span = (high - low) if low is not None else 0.0
        if x.type == "time" and not x.engine_type.lstrip("!").startswith("time("):
            fitting = (unit for unit, seconds in _UNITS.items() if span / seconds <= _MOST_POINTS)
            unit = next(fitting, "year") if self.every == "auto" else self.every
            moment = f"{identifier(x.name)}::TIMESTAMP"
            return f"epoch(date_trunc('{unit}', {moment}))", f"a point per {unit}"
        if x.type == "whole" and span <= _MOST_POINTS:
            return value, "a point per value"
        width = (span / _MOST_POINTS) or 1.0
        return f"floor({value} / {width!r}) * {width!r}", f"{_MOST_POINTS} steps"


def _panels(found: list[Any], panels: Groups) -> list[Panel]:
    made = []
    for at, name in enumerate(panels.names):
        here = [row for row in found if row[0] == at]
        series = tuple(dict.fromkeys(row[1] for row in here))
        x = tuple(tuple(float(row[2]) for row in here if row[1] == one) for one in series)
        y = tuple(tuple(float(row[3]) for row in here if row[1] == one) for one in series)
        made.append(Panel(name, Curves(series, x, y)))
    return made


def _told(at: float, x: ColumnInfo) -> str | float:
    """A moment as ISO 8601."""
    import numpy as np

    if x.type != "time":
        return float(at)
    text = str(np.datetime64(round(at), "s"))
    return text.removesuffix("T00:00:00")
