"""One row per group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, Measure, Measures, field
from canvas_app.data.schema import Schema
from canvas_app.flow.blanks import blanks_as_null
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import joined, some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_OF_NUMBERS = ("sum", "mean", "median")


class GroupSummarise(Step):
    """Make one row of each group, with counts, sums, means and more."""

    spec = StepSpec(
        kind="group_summarise",
        title="Group and summarise",
        group="Shape",
        icon="ph.rows",
        example={
            "keys": ["town"],
            "measures": [{"column": "price", "function": "mean", "name": "mean_price"}],
        },
        keywords="aggregate group by sum mean count pivot",
        rows="makes",
    )

    keys: Columns = field(
        "Group by", optional=True, default=(), help="Without a column all rows are one group."
    )
    measures: Measures = field("Summaries")

    def summary(self) -> str:
        """What is measured, and by what."""
        whole = [measure for measure in self.measures if measure.column or measure.function == "count"]
        if not whole:
            return "No summary yet"
        measured = some_names([_name(measure).replace("_", " ") for measure in whole])
        return f"{measured} by {joined(self.keys)}" if self.keys else measured

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: every summary must fit its column, and have a name of its own."""
        found = list(super().check(*schemas))
        for measure in self.measures if schemas else ():
            problem = _measure_problem(measure, schemas[0])
            found += [problem] if problem else []
        names = [*self.keys, *(_name(measure) for measure in self.measures)]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            found.append(
                Problem(f"Two columns would be called {twice}.", "Give one another name.", field="measures")
            )
        return tuple(found)

    def apply(self, table: Table, learned: Learned) -> Table:
        """Groups in the order of their keys; blanks are a group of their own, and are not measured."""
        del learned
        measured = {_name(measure): _value(measure, table) for measure in self.measures}
        if not self.keys:
            return table.aggregate(**measured)
        return table.group_by(*self.keys).aggregate(**measured).order_by(*self.keys)


def _name(measure: Measure) -> str:
    """The name of the new column, made up where none is given."""
    if measure.name.strip():
        return measure.name.strip()
    return f"{measure.function}_{measure.column}" if measure.column else measure.function


def _measure_problem(measure: Measure, schema: Schema) -> Problem | None:
    if not measure.column and measure.function == "count":
        return None
    if not measure.column:
        return Problem(f"Choose the column of the {measure.function}.", field="measures", open=True)
    if measure.column not in schema:
        return Problem(f"There is no column {measure.column} here.", "Choose another.", field="measures")
    column = schema[measure.column]
    if measure.function in _OF_NUMBERS and not (column.fits("number") or column.type == "switch"):
        return Problem(
            f"{column.name} has no numbers for a {measure.function}.",
            "Choose another column, or count its values.",
            field="measures",
        )
    return None


def _value(measure: Measure, table: Table) -> Value:
    if not measure.column:
        return table.count()
    column = blanks_as_null(table[measure.column])
    if column.type().is_boolean() and measure.function in _OF_NUMBERS:
        column = column.cast("int64")
    match measure.function:
        case "count":
            return column.count()
        case "distinct":
            return column.nunique()
        case "sum":
            return _sum(column)
        case "mean":
            return column.cast("float64").mean()
        case "median":
            return column.cast("float64").median()
        case "min":
            return column.min()
        case "max":
            return column.max()


def _sum(column: Value) -> Value:
    """DuckDB sums integers in 128 bits, which Parquet would only hold as doubles; so say what is meant."""
    if column.type().is_signed_integer():
        return column.sum().cast("decimal(38, 0)").cast("int64")
    return column.cast("float64").sum()
