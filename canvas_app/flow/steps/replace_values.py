"""Other values in place of some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, Replacement, Replacements, field
from canvas_app.data.engine import schema_of
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.typed_text import read_typed, typed_literal, typed_problem
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table, Value


class ReplaceValues(Step):
    """Put other values in the place of those you name, such as a blank for "unknown"."""

    spec = StepSpec(
        kind="replace_values",
        title="Replace values",
        group="Clean",
        icon="ph.swap",
        example={"columns": ["town"], "replacements": [{"value": "Bonn", "by": "Berlin"}]},
        keywords="replace substitute recode map placeholder missing spelling find",
    )

    columns: Columns = field("Columns")
    replacements: Replacements = field("Values", help="Left empty, the second of a pair stands for a blank.")
    match: Literal["exactly", "loosely"] = field(
        "Texts match",
        default="exactly",
        labels=("Letter by letter", "Whatever the capitals and spaces"),
    )

    def summary(self) -> str:
        """The columns, and what stands in the place of what."""
        if not self.columns or not self.replacements:
            return "Choose columns and values"
        pairs = [f"{item.value} → {item.by or 'blank'}" for item in self.replacements]
        return f"{some_names(self.columns)}: {some_names(pairs)}"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: the values must fit every column."""
        found = list(super().check(*schemas))
        if any(not item.value.strip() for item in self.replacements):
            found.append(Problem("Enter the value to look for.", field="replacements", open=True))
            return tuple(found)
        for name in self.columns if schemas else ():
            if name in schemas[0]:
                found += self._misfits(schemas[0][name])
        return tuple(found)

    def apply(self, table: Table, learned: Learned) -> Table:
        """The same columns; the first pair that fits a value decides."""
        del learned
        schema = schema_of(table)
        return table.mutate(**{name: self._replaced(table[name], schema[name]) for name in self.columns})

    def _misfits(self, column: ColumnInfo) -> list[Problem]:
        if column.type == "other":
            hint = "Change its type to text before."
            return [Problem(f"Values of {column.name} can't be replaced.", hint, field="columns")]
        values = [text for item in self.replacements for text in (item.value, item.by) if text]
        found = (typed_problem(text, column, "replacements") for text in values)
        return [problem for problem in found if problem is not None][:1]

    def _replaced(self, column: Value, info: ColumnInfo) -> Value:
        """Whole numbers stay whole where what replaces them is; the type must hold any value."""
        import ibis

        kept = column.cast(self._wide(column, info)) if info.fits("number") else column
        cases = [(self._meets(column, info, item), self._by(item, info, kept)) for item in self.replacements]
        return ibis.cases(*cases, else_=kept) if cases else kept

    def _wide(self, column: Value, info: ColumnInfo) -> str:
        values = [read_typed(item.by, info) for item in self.replacements if item.by]
        whole = column.type().is_signed_integer() and all(isinstance(value, int) for value in values)
        return "int64" if whole else "float64"

    def _meets(self, column: Value, info: ColumnInfo, item: Replacement) -> BooleanValue:
        if info.type == "text" and self.match == "loosely":
            return column.strip().lower() == item.value.strip().lower()
        if info.type == "time" and not column.type().is_time():
            column = column.cast("timestamp")
        return column == typed_literal(item.value, info)

    def _by(self, item: Replacement, info: ColumnInfo, kept: Value) -> Value:
        import ibis

        if not item.by:
            return ibis.null(kept.type())
        return typed_literal(item.by, info).cast(kept.type())
