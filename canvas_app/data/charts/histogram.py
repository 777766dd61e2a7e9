"""How the values of a column are spread."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from canvas_app.base.figure import Axis, Blocks, Figure, Panel, Plot
from canvas_app.base.numerals import number
from canvas_app.base.spec import Column, field
from canvas_app.data.chart_groups import Groups, colours_of, panels_of
from canvas_app.data.chart_kind import (
    LARGEST,
    ChartKind,
    ChartSpec,
    ChartTable,
    clock,
    value_of,
)
from canvas_app.data.details.bins import values_of
from canvas_app.data.details.column import ColumnDetails, details_of_file


class Histogram(ChartKind):
    """Count the rows in equal parts of a column of numbers or dates."""

    spec = ChartSpec(
        kind="histogram",
        title="Histogram",
        icon="ph.chart-bar",
        question="How are the values spread?",
        example={"column": "age", "colour_by": "town"},
        order=10,
        prefers={"column": ("number", "whole", "time")},
    )

    column: Column = field("Column")
    colour_by: Column = field("Colour by", default="")
    panels: Column = field("One panel per", default="")

    def draw(self, table: ChartTable) -> Figure:
        """A block per part and colour, colours on top of each other."""
        info = table.column(self.column, "column", "number", "whole", "time")
        found = details_of_file(table.engine, table.path, info)
        edges = tuple(max(-LARGEST, min(LARGEST, edge)) for edge in found.edges) or (0.0, 1.0)
        colours = colours_of(table, self.colour_by)
        panels = panels_of(table, self.panels)
        width, last = (edges[-1] - edges[0]) / (len(edges) - 1), len(edges) - 2
        value = value_of(info)
        place = f"greatest(0, least({last}, floor(({value} - {edges[0]!r}) / {width!r})))::INTEGER"
        counted = table.grouped((panels.sql, place, colours.sql), value)
        plot = Plot(
            Axis(self.column, time=clock(info)),
            Axis("rows"),
            tuple(_panels(counted, edges, panels)),
            colours.names if colours.several else (),
            self.colour_by,
        )
        return Figure(
            title=f"How {self.column} is spread",
            subtitle=f"{table.all_rows()} · {found.blanks:,} blank",
            marks=plot,
            header=("panel", "from", "to", "colour", "rows"),
            rows=tuple(
                (panels.names[p], edges[b], edges[b + 1], colours.names[c], n) for p, b, c, n in counted
            ),
            reading=_reading(counted, found, edges) if not clock(info) else "",
        )


def _panels(counted: list[Any], edges: tuple[float, ...], panels: Groups) -> list[Panel]:
    made = []
    for at, name in enumerate(panels.names):
        below: dict[int, int] = defaultdict(int)
        series, x, y = [], [], []
        for _, place, colour, rows in (row for row in counted if row[0] == at):
            series.append(colour)
            x.append((edges[place], edges[place + 1]))
            y.append((float(below[place]), float(below[place] + rows)))
            below[place] += rows
        made.append(Panel(name, Blocks(tuple(series), tuple(x), tuple(y))))
    return made


def _reading(counted: list[Any], found: ColumnDetails, edges: tuple[float, ...]) -> str:
    rows: dict[int, int] = defaultdict(int)
    for _, place, _, count in counted:
        rows[place] += count
    if not rows:
        return f"{found.name} holds no value."
    place = max(rows, key=lambda part: rows[part])
    single = values_of(found.edges, float(found.quantiles[0][1])) if found.quantiles else ()
    if single:
        return f"The most frequent value is {number(single[place])}."
    between = f"{number(edges[place])} and {number(edges[place + 1])}"
    return f"The most frequent values lie between {between}."
