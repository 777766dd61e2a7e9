"""Columns of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, field
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_ENGINE_TYPES = {
    "number": "float64",
    "whole": "int64",
    "text": "string",
    "date": "date",
    "moment": "timestamp",
    "switch": "boolean",
}
_NUMBERS = ("number", "whole", "switch")
_TIMES = ("date", "moment")


class ChangeType(Step):
    """Turn columns into numbers, texts, dates or switches; what doesn't fit becomes blank."""

    spec = StepSpec(
        kind="change_type",
        title="Change type",
        group="Clean",
        icon="ph.arrows-left-right",
        example={"columns": ["age"], "to": "whole"},
        keywords="cast convert number text date boolean parse",
    )

    columns: Columns = field("Columns")
    to: Literal["number", "whole", "text", "date", "moment", "switch"] = field(
        "New type",
        default="number",
        labels=("Number", "Whole number", "Text", "Date", "Date and time", "True or false"),
    )
    misfits: Literal["blank", "stop"] = field(
        "Values that don't fit",
        default="blank",
        labels=("Become blank", "Stop the flow"),
        help="What this step changed tells how many became blank.",
    )

    def summary(self) -> str:
        """The columns and their new type."""
        return f"{some_names(self.columns)} → {self.to}" if self.columns else "Choose columns"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: some types have nothing in common."""
        found = super().check(*schemas)
        if not schemas:
            return found
        known = (schemas[0][name] for name in self.columns if name in schemas[0])
        return found + tuple(self._strange(column) for column in known if not self._can_turn(column))

    def on_replay(self) -> Self:
        """A new row with a value that doesn't fit still gets an answer."""
        return self.changed(misfits="blank")

    def apply(self, table: Table, learned: Learned) -> Table:
        """The same columns at the same places, in the new type."""
        del learned
        return table.mutate(**{name: self._turned(table[name]) for name in self.columns})

    def _can_turn(self, column: ColumnInfo) -> bool:
        if self.to == "text" or column.type == "text":
            return True
        if column.type == "time":
            return self.to in _TIMES and column.engine_type.lstrip("!") != "time"
        return column.type in _NUMBERS and self.to in _NUMBERS

    def _strange(self, column: ColumnInfo) -> Problem:
        hint = (
            "Take its parts with Extract date parts." if column.type == "time" else "Turn it into text first."
        )
        return Problem(f"{column.name} can't be turned into a {self.to}.", hint, field="columns")

    def _turned(self, column: Value) -> Value:
        """Texts of dates may carry a time, and numbers in words may carry spaces."""
        wanted = _ENGINE_TYPES[self.to]
        if self.misfits == "stop":
            return column.cast("timestamp").cast("date") if self.to == "date" else column.cast(wanted)
        if self.to == "date":
            return column.try_cast("timestamp").cast("date")
        return column.try_cast(wanted)
