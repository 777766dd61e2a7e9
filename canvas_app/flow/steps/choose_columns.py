"""Fewer columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, field
from canvas_app.data.schema import Schema
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table


class ChooseColumns(Step):
    """Keep the columns that you name, or leave them out."""

    spec = StepSpec(
        kind="choose_columns",
        title="Choose columns",
        group="Shape",
        icon="ph.columns",
        example={"columns": ["name", "age"], "rule": "keep"},
        keywords="select drop remove keep fields variables",
    )

    columns: Columns = field("Columns")
    rule: Literal["keep", "leave out"] = field(
        "What to do with them", default="keep", labels=("Keep", "Leave out")
    )

    def summary(self) -> str:
        """The columns, and whether they stay."""
        if not self.columns:
            return "Choose columns"
        names = some_names(self.columns)
        return names if self.rule == "keep" else f"without {names}"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: at least one column must be left."""
        found = super().check(*schemas)
        if self.rule == "leave out" and schemas and set(schemas[0].names) <= set(self.columns):
            found += (Problem("No column would be left.", "Leave out fewer.", field="columns"),)
        return found

    def apply(self, table: Table, learned: Learned) -> Table:
        """The chosen columns in the order in which they came in."""
        del learned
        wanted = self.rule == "keep"
        return table.select(*(name for name in table.columns if (name in self.columns) == wanted))
