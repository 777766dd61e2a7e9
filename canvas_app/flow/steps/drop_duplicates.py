"""Rows that come once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, field
from canvas_app.data.schema import Schema
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table

_CAME = "__came"
_FIRST = "__first"


class DropDuplicates(Step):
    """Keep the first of several rows that are equal, in all columns or in those you name."""

    spec = StepSpec(
        kind="drop_duplicates",
        title="Drop duplicates",
        group="Clean",
        icon="ph.copy-simple",
        example={"columns": ["town"]},
        keywords="distinct unique deduplicate repeated double rows",
        rows="drops",
    )

    by: Literal["some", "all"] = field(
        "Rows are equal by", default="some", labels=("These columns", "All columns")
    )
    columns: Columns = field("Columns", shown_if=("by", "some"))

    def summary(self) -> str:
        """The columns by which rows are compared."""
        if self.by == "all":
            return "by all columns"
        return f"by {some_names(self.columns)}" if self.columns else "Choose columns"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: the names that it works with must be free."""
        found = super().check(*schemas) if self.by == "some" else ()
        if schemas and (_CAME in schemas[0] or _FIRST in schemas[0]):
            found += (Problem(f"A column is called {_CAME} or {_FIRST}.", "Rename it.", field="columns"),)
        return found

    def apply(self, table: Table, learned: Learned) -> Table:
        """The first of equal rows, in the order in which they came; blanks equal each other."""
        import ibis

        del learned
        equal_by = table.columns if self.by == "all" else self.columns
        if not equal_by:
            return table
        numbered = table.mutate(**{_CAME: ibis.row_number()})
        first = numbered[_CAME].min().over(group_by=[numbered[name] for name in equal_by])
        marked = numbered.mutate(**{_FIRST: first})
        kept = marked.filter(marked[_CAME] == marked[_FIRST])
        return kept.order_by(_CAME).drop(_CAME, _FIRST)
