"""The range of a column, category by category."""

from __future__ import annotations

from canvas_app.base.figure import Axis, Boxes, Figure, Panel, Plot
from canvas_app.base.numerals import number
from canvas_app.base.spec import Column, field
from canvas_app.data.chart_groups import Groups, colours_of, groups_of, panels_of
from canvas_app.data.chart_kind import ChartKind, ChartSpec, ChartTable, value_of
from canvas_app.data.engine import select, told
from canvas_app.data.file_rows import reading

_MOST = 16
_ROOM = 0.76

Row = tuple[int, int, int, float, float, float, float, float, int, int]


class Box(ChartKind):
    """Set quartiles and range of a column of numbers beside each other, category by category."""

    spec = ChartSpec(
        kind="box",
        title="Box plot",
        icon="ph.align-center-vertical",
        question="Do the values differ between categories?",
        example={"column": "age", "by": "town"},
        order=30,
        prefers={"column": ("number", "whole"), "by": ("text", "switch")},
    )

    column: Column = field("Numbers", accepts="number")
    by: Column = field("Categories", default="")
    colour_by: Column = field("Colour by", default="")
    panels: Column = field("One panel per", default="")

    def draw(self, table: ChartTable) -> Figure:
        """A box from quartile to quartile, and lines to the last values within 1.5 times its length."""
        info = table.column(self.column, "column", "number", "whole")
        rows = groups_of(table, self.by, "by", _MOST)
        colours = colours_of(table, self.colour_by)
        panels = panels_of(table, self.panels)
        found = _measured(table, value_of(info), (panels, rows, colours))
        plot = Plot(
            Axis(self.column),
            Axis(self.by, names=rows.names),
            tuple(_panels(found, panels, len(colours.names))),
            colours.names if colours.several else (),
            self.colour_by,
        )
        header = ("panel", "category", "colour", "lower end", "lower quartile", "median", "upper quartile")
        return Figure(
            title=f"{self.column} by {self.by}" if self.by else f"The range of {self.column}",
            subtitle=f"{table.all_rows()} · box: the middle half; line: the median",
            marks=plot,
            header=(*header, "upper end", "rows", "outliers"),
            rows=tuple((panels.names[p], rows.names[r], colours.names[c], *rest) for p, r, c, *rest in found),
            reading=_reading(found, rows, self.column),
        )


def _measured(table: ChartTable, value: str, groups: tuple[Groups, Groups, Groups]) -> list[Row]:
    keys = ", ".join(f"{group.sql} AS {name}" for group, name in zip(groups, "prc", strict=True))
    cells = select(f"{keys}, {value} AS v", reading(table.path))
    quarters = "quantile_cont(v, [0.25, 0.5, 0.75])"
    there = "WHERE p IS NOT NULL AND r IS NOT NULL AND c IS NOT NULL AND v IS NOT NULL GROUP BY p, r, c"
    boxes = select(f"p, r, c, {quarters} AS q, 1.5 * (q[3] - q[1]) AS reach", "cells", there)
    within = "v BETWEEN q[1] - reach AND q[3] + reach"
    parts = (
        f"p, r, c, min(v) FILTER ({within}), any_value(q)[1], any_value(q)[2], any_value(q)[3], "
        f"max(v) FILTER ({within}), count(*), count(*) FILTER (NOT {within})"
    )
    by_keys = "WHERE v IS NOT NULL GROUP BY p, r, c ORDER BY p, r, c"
    joined = select(parts, "cells JOIN boxes USING (p, r, c)", by_keys)
    with told(table.path):
        query = f"WITH cells AS MATERIALIZED ({cells}), boxes AS MATERIALIZED ({boxes}) {joined}"
        found: list[Row] = table.engine.raw.execute(query).fetchall()
        return found


def _panels(found: list[Row], panels: Groups, colours: int) -> list[Panel]:
    thick = _ROOM / colours
    made = []
    for at, name in enumerate(panels.names):
        here = [row for row in found if row[0] == at]
        places = tuple(row[1] - _ROOM / 2 + (row[2] + 0.5) * thick for row in here)
        ends = tuple((row[3], row[4], row[5], row[6], row[7]) for row in here)
        made.append(Panel(name, Boxes(tuple(row[2] for row in here), places, ends, min(0.5, thick * 0.8))))
    return made


def _reading(found: list[Row], rows: Groups, column: str) -> str:
    if not found:
        return f"{column} holds no value."
    if not rows.several:
        return f"Half of the rows have less than {number(found[0][5])}."
    low, high = min(found, key=lambda row: row[5]), max(found, key=lambda row: row[5])
    return (
        f"The median is highest for {rows.names[high[1]]}, {number(high[5])}, "
        f"and lowest for {rows.names[low[1]]}, {number(low[5])}."
    )
