"""A column computed from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Formula as FormulaText
from canvas_app.base.spec import field
from canvas_app.data.schema import Schema
from canvas_app.flow.formula import compile_formula, formula_problem
from canvas_app.flow.step import Learned, Step, StepSpec

if TYPE_CHECKING:
    from ibis.expr.types import Table


class Formula(Step):
    """Compute a column from the others of the same row."""

    spec = StepSpec(
        kind="formula",
        title="Formula",
        group="Shape",
        icon="ph.math-operations",
        example={"name": "income_log", "formula": "ln([income] + 1)"},
        keywords="compute calculate expression new column derive",
    )

    name: str = field(
        "New column",
        help="The name of a column that is there already replaces it.",
        ask="Give the new column a name.",
    )
    formula: FormulaText = field("Formula", help="Column names stand in [brackets], texts in quotes.")

    def summary(self) -> str:
        """The column and how it is computed."""
        return f"{self.name} = {self.formula}" if self.name and self.formula else "Write a formula"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: the formula must read well and fit the columns."""
        found = super().check(*schemas)
        problem = formula_problem(self.formula, schemas[0]) if schemas and self.formula else None
        return found + ((problem,) if problem else ())

    def apply(self, table: Table, learned: Learned) -> Table:
        """The table with the column at its end, or in the place of the one it replaces."""
        del learned
        return table.mutate(**{self.name: compile_formula(self.formula, table)})
