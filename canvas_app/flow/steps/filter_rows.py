"""Fewer rows."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Conditions, field
from canvas_app.data.schema import Schema
from canvas_app.flow.conditions import condition_problem, condition_words, holds
from canvas_app.flow.step import Learned, Step, StepSpec

if TYPE_CHECKING:
    from ibis.expr.types import Table


class FilterRows(Step):
    """Keep the rows that meet your conditions, or leave them out."""

    spec = StepSpec(
        kind="filter_rows",
        title="Filter rows",
        group="Shape",
        icon="ph.funnel",
        example={"conditions": [{"column": "age", "operator": "at least", "value": "18"}]},
        keywords="where select subset remove exclude condition",
        rows="drops",
    )

    conditions: Conditions = field("Conditions")
    match: Literal["all", "any"] = field(
        "A row meets them when", default="all", labels=("All of them hold", "One of them holds")
    )
    rule: Literal["keep", "leave out"] = field(
        "What to do with such rows", default="keep", labels=("Keep", "Leave out")
    )

    def summary(self) -> str:
        """The conditions in words."""
        word = " and " if self.match == "all" else " or "
        words = word.join(filter(None, (condition_words(condition) for condition in self.conditions)))
        if not words:
            return "No condition yet"
        return words if self.rule == "keep" else f"without {words}"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: every condition must fit its column."""
        found = list(super().check(*schemas))
        for condition in self.conditions if schemas else ():
            problem = condition_problem(condition, schemas[0], "conditions")
            found += [problem] if problem else []
        return tuple(found)

    def apply(self, table: Table, learned: Learned) -> Table:
        """The rows that stay; a condition on a blank doesn't hold, except that a blank differs."""
        del learned
        if not self.conditions:
            return table
        join = operator.and_ if self.match == "all" else operator.or_
        met = functools.reduce(join, (holds(condition, table) for condition in self.conditions))
        return table.filter(met if self.rule == "keep" else ~met)
