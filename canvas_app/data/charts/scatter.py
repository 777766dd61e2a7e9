"""Two columns against each other."""

from __future__ import annotations

from typing import Any, Literal

from canvas_app.base.figure import Axis, Density, Dots, Figure, Panel, Plot
from canvas_app.base.spec import Column, field
from canvas_app.data import association
from canvas_app.data.chart_groups import Groups, colours_of, panels_of
from canvas_app.data.chart_kind import (
    ChartKind,
    ChartSpec,
    ChartTable,
    clock,
    value_of,
)
from canvas_app.data.details.bins import MOST as MOST_BINS
from canvas_app.data.details.bins import edges_of
from canvas_app.data.engine import identifier, select, told
from canvas_app.data.file_rows import numbered_source

MOST_DOTS = 3_000
"""Rows that are drawn as dots."""
_DENSE = 20_000
_FIELDS = (64, 40)
_SEED = 20_240_229


class Scatter(ChartKind):
    """Set two columns of numbers or dates against each other, row by row."""

    spec = ChartSpec(
        kind="scatter",
        title="Scatter plot",
        icon="ph.circles-three",
        question="Do two columns move together?",
        example={"x": "age", "y": "income", "colour_by": "town"},
        order=40,
        prefers={"x": ("number", "whole", "time"), "y": ("number", "whole", "time")},
    )

    x: Column = field("Across", ask="Choose the column that goes across.")
    y: Column = field("Upwards", ask="Choose the column that goes upwards.")
    show: Literal["auto", "dots", "density"] = field(
        "Show", default="auto", labels=("What fits", "Dots", "Density"), help="Density counts all rows."
    )
    colour_by: Column = field("Colour by", default="")
    panels: Column = field("One panel per", default="")

    def draw(self, table: ChartTable) -> Figure:
        """A dot per row of a sample; or the density of all rows where they are very many."""
        x, y = (
            table.column(name, at, "number", "whole", "time") for name, at in ((self.x, "x"), (self.y, "y"))
        )
        panels = panels_of(table, self.panels)
        axes = Axis(self.x, time=clock(x)), Axis(self.y, time=clock(y))
        dense = self.show == "density" or (self.show == "auto" and not self.colour_by and table.rows > _DENSE)
        title = f"{self.y} against {self.x}"
        if dense:
            found = _counted(table, (value_of(x), value_of(y)), panels)
            header, rows = (("panel", self.x, self.y, "rows"), tuple(_fields(found, panels)))
            subtitle = f"Rows per field of a grid · {table.all_rows()}"
            return Figure(title, subtitle, Plot(*axes, tuple(found)), header, rows)
        colours = colours_of(table, self.colour_by)
        series = colours.names if colours.several else ()
        dots = self._sampled(table, (value_of(x), value_of(y)), panels, colours)
        shown = f"{len(dots):,} of {table.all_rows()}" if len(dots) < table.rows else table.all_rows()
        return Figure(
            title=title,
            subtitle=f"Each dot is a row · {shown}",
            marks=Plot(*axes, tuple(_panels(dots, panels)), series, self.colour_by),
            header=("panel", self.x, self.y, "colour"),
            rows=tuple((panels.names[p], a, b, colours.names[c]) for p, a, b, c in dots),
            reading=_reading(dots, self.x, self.y),
        )

    def _sampled(
        self, table: ChartTable, values: tuple[str, str], panels: Groups, colours: Groups
    ) -> list[Any]:
        """Rows that are the same every time."""
        number = identifier(table.engine.new_name())
        cells = f"{panels.sql} AS p, {values[0]} AS x, {values[1]} AS y, {colours.sql} AS c, {number} AS came"
        share = min(1.0, 2 * MOST_DOTS / max(1, table.rows))
        few = f"WHERE hash({number} + {_SEED}) < {int(share * (2**64 - 1))}::UBIGINT" if share < 1 else ""
        needed = filter(None, (self.x, self.y, self.colour_by, self.panels))
        inner = select(cells, numbered_source(table.path, table.schema, number, needed), few)
        there = "WHERE x IS NOT NULL AND y IS NOT NULL AND p IS NOT NULL AND c IS NOT NULL"
        with told(table.path):
            order = f"{there} ORDER BY hash(came + {_SEED}) LIMIT {MOST_DOTS}"
            return table.engine.raw.execute(select("p, x, y, c", f"({inner})", order)).fetchall()


def _panels(dots: list[Any], panels: Groups) -> list[Panel]:
    made = []
    for at, name in enumerate(panels.names):
        here = [dot for dot in dots if dot[0] == at]
        x, y = (tuple(float(dot[part]) for dot in here) for part in (1, 2))
        made.append(Panel(name, Dots(tuple(dot[3] for dot in here), x, y)))
    return made


def _counted(table: ChartTable, values: tuple[str, str], panels: Groups) -> list[Panel]:
    """How many rows fall into each field."""
    borders = [_borders(table, value, fields) for value, fields in zip(values, _FIELDS, strict=True)]
    if not all(borders):
        return [Panel(name, Density((0, 1), (0, 1), ((0,),))) for name in panels.names]
    places = [
        f"least({len(edges) - 2}, floor(({value} - {edges[0]!r}) / {(edges[1] - edges[0])!r}))::INTEGER"
        for value, edges in zip(values, borders, strict=True)
    ]
    counts = {row[:3]: row[3] for row in table.grouped((panels.sql, *places))}
    return [
        Panel(name, Density(borders[0], borders[1], _grid(counts, at, borders)))
        for at, name in enumerate(panels.names)
    ]


def _grid(
    counts: dict[Any, int], panel: int, borders: list[tuple[float, ...]]
) -> tuple[tuple[int, ...], ...]:
    width, height = (len(edges) - 1 for edges in borders)
    return tuple(tuple(counts.get((panel, x, y), 0) for x in range(width)) for y in range(height))


def _borders(table: ChartTable, value: str, fields: int) -> tuple[float, ...]:
    """Even parts; values that are few lie in the middle of theirs, so that no part stays empty by chance."""
    import numpy as np

    low, high, different = table.ask([f"min({value})", f"max({value})", f"approx_count_distinct({value})"])[0]
    if low is None:
        return ()
    if different < 2 * MOST_BINS:
        there = f"WHERE {value} IS NOT NULL ORDER BY 1"
        return edges_of(np.array([row[0] for row in table.ask([f"DISTINCT {value}"], there)]), whole=False)
    return tuple(low + (high - low) * at / fields for at in range(fields + 1))


def _fields(found: list[Panel], panels: Groups) -> list[tuple[str, float, float, int]]:
    rows = []
    for name, panel in zip(panels.names, found, strict=True):
        assert isinstance(panel.layer, Density)
        rows += [
            (name, panel.layer.x[x], panel.layer.y[y], count)
            for y, line in enumerate(panel.layer.counts)
            for x, count in enumerate(line)
            if count
        ]
    return rows


def _reading(dots: list[Any], x: str, y: str) -> str:
    import numpy as np

    if len(dots) < 3:
        return "There are too few rows to compare."
    across, upwards = (np.array([float(dot[part]) for dot in dots]) for part in (1, 2))
    rank = association.spearman(across, upwards)
    way = "rises" if rank > 0 else "falls"
    if abs(rank) < 0.1:
        return f"{y} neither rises nor falls with {x} (Spearman {rank:.2f})."
    strength = "clearly " if abs(rank) > 0.6 else "" if abs(rank) > 0.3 else "slightly "
    return f"{y} {strength}{way} with {x} (Spearman {rank:.2f})."
