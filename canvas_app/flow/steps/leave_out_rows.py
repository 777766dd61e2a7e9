"""Rows that were looked at, and are not wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, field
from canvas_app.base.words import counted
from canvas_app.data.fingerprint import fingerprint
from canvas_app.data.schema import Schema
from canvas_app.flow.step import Learned, Step, StepSpec

if TYPE_CHECKING:
    from ibis.expr.types import Table


class LeaveOutRows(Step):
    """Leave out certain rows, known by the values that they have in some columns."""

    spec = StepSpec(
        kind="leave_out_rows",
        title="Leave out certain rows",
        group="Clean",
        icon="ph.eraser",
        example={"columns": ["town"], "rows": "03b16e0a78b5"},
        keywords="exclude remove suspect unusual outlier rows labels",
        rows="drops",
    )

    columns: Columns = field("Rows are known by", ask="Choose the columns by which rows are known.")
    rows: str = field(
        "Rows",
        ask="Enter the rows.",
        help="Of each row the first 12 letters of a sum over its values, as the health report gives them.",
    )

    def summary(self) -> str:
        """How many rows."""
        return f"without {counted(len(self.rows.split()), 'row')}" if self.rows.split() else "No rows yet"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: values without a text of their own can't tell rows apart."""
        found = super().check(*schemas)
        known = [schemas[0][name] for name in self.columns if name in schemas[0]] if schemas else []
        return found + tuple(
            Problem(f"Rows can't be known by {column.name}.", "Leave it out of the list.", field="columns")
            for column in known
            if column.type == "other"
        )

    def apply(self, table: Table, learned: Learned) -> Table:
        """The other rows."""
        del learned
        named = self.rows.split()
        return table.filter(~fingerprint(table, self.columns).isin(named)) if named else table
