"""A number per category."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from canvas_app.base.figure import Axis, Blocks, Figure, Panel, Plot
from canvas_app.base.numerals import number
from canvas_app.base.spec import Column, field
from canvas_app.data.chart_groups import Groups, colours_of, groups_of, panels_of
from canvas_app.data.chart_kind import ChartKind, ChartSpec, ChartTable, value_of

_MOST = 20
_HALF = 0.38

Row = tuple[Any, ...]
"""Panel, bar, colour and value."""


class Bar(ChartKind):
    """Compare categories by their rows, or by the mean, median or sum of another column."""

    spec = ChartSpec(
        kind="bar",
        title="Bar chart",
        icon="ph.chart-bar-horizontal",
        question="Which categories have most?",
        example={"column": "town", "measure": "mean", "of": "age"},
        order=20,
        prefers={"column": ("text", "switch", "whole")},
    )

    column: Column = field("Categories")
    measure: Literal["count", "mean", "median", "sum"] = field(
        "Length", default="count", labels=("Rows", "Mean", "Median", "Sum")
    )
    of: Column = field("Of", default="", accepts="number", help="Needed unless rows are counted.")
    colour_by: Column = field("Colour by", default="")
    panels: Column = field("One panel per", default="")

    def draw(self, table: ChartTable) -> Figure:
        """A lying bar per category; colours are stacked, or side by side where sums make no sense."""
        table.column(self.column, "column")
        bars = groups_of(table, self.column, "column", _MOST)
        colours = colours_of(table, self.colour_by)
        panels = panels_of(table, self.panels)
        found = self._measured(table, (panels.sql, bars.sql, colours.sql))
        stacked = self.measure in ("count", "sum")
        label = "rows" if self.measure == "count" else f"{self.measure} of {self.of}"
        plot = Plot(
            Axis(label),
            Axis(self.column, names=bars.names),
            tuple(_panels(found, panels, len(colours.names), stacked=stacked)),
            colours.names if colours.several else (),
            self.colour_by,
        )
        return Figure(
            title=f"{label[:1].upper()}{label[1:]} by {self.column}",
            subtitle=table.all_rows(),
            marks=plot,
            header=("panel", self.column, "colour", label),
            rows=tuple((panels.names[p], bars.names[b], colours.names[c], m) for p, b, c, m in found),
            reading=_reading(found, bars, label) if not colours.several and not panels.several else "",
        )

    def _measured(self, table: ChartTable, keys: tuple[str, str, str]) -> list[Row]:
        if self.measure == "count":
            return table.grouped(keys)
        name = {"mean": "avg"}.get(self.measure, self.measure)
        value = value_of(table.column(self.of, "of", "number", "whole"))
        return table.grouped(keys, value, f"{name}(v)")


def _panels(found: list[Row], panels: Groups, colours: int, *, stacked: bool) -> list[Panel]:
    made = []
    for at, name in enumerate(panels.names):
        ends: dict[tuple[int, bool], float] = defaultdict(float)
        series, x, y = [], [], []
        for _, place, colour, value in (row for row in found if row[0] == at):
            start = ends[place, value < 0] if stacked else 0.0
            ends[place, value < 0] = start + value
            thick = 2 * _HALF / (1 if stacked else colours)
            low = place - _HALF + (0 if stacked else colour * thick)
            series.append(colour)
            x.append((start, start + float(value)))
            y.append((low, low + thick))
        texts = tuple(number(float(high)) for _, high in x) if colours == 1 else ()
        made.append(Panel(name, Blocks(tuple(series), tuple(x), tuple(y), texts)))
    return made


def _reading(found: list[Any], bars: Groups, label: str) -> str:
    if not found:
        return "There is nothing to compare."
    top = max(found, key=lambda row: row[3])
    name, value = bars.names[top[1]], number(float(top[3]))
    return (
        f"Most rows are of {name}: {value}."
        if label == "rows"
        else f"The {label} is highest for {name}: {value}."
    )
