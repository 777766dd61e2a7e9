"""Fewer different values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, field
from canvas_app.data.schema import Schema
from canvas_app.flow.blanks import is_blank
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value


class GroupRare(Step):
    """Put one common word in the place of the values that few training rows have."""

    spec = StepSpec(
        kind="group_rare",
        title="Group rare values",
        group="Clean",
        icon="ph.stack",
        example={"columns": ["occupation"], "least": 30.0, "most": 1},
        keywords="rare infrequent categories collapse lump other cardinality",
        learns=True,
    )

    columns: Columns = field("Columns", accepts="text")
    least: float = field(
        "A value is rare below", default=1.0, ge=0.0, le=50.0, step=0.5, unit="% of the rows"
    )
    most: int = field("Keep at most", default=50, ge=1, le=1000, unit="values")
    name: str = field("Call the rare ones", default="Other", ask="Enter the name of the rare ones.")

    def summary(self) -> str:
        """The columns, and from when on a value is rare."""
        if not self.columns:
            return "Choose columns"
        return f"{some_names(self.columns)}: below {self.least:g} % → {self.name}"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: the rare ones need a name."""
        found = super().check(*schemas)
        if not self.name:
            found += (Problem("Enter the name of the rare ones.", field="name", open=True),)
        return found

    def learn(self, table: Table) -> Learned:
        """The values that stay, of each column, the most frequent first."""
        return {name: self._frequent(table, name) for name in self.columns}

    def apply(self, table: Table, learned: Learned) -> Table:
        """Values that stay, or the common word; blanks stay blank. Nothing learned: nothing is rare."""
        return table.mutate(**{name: self._grouped(table[name], learned.get(name)) for name in self.columns})

    def _frequent(self, table: Table, name: str) -> list[str]:
        """Of equally frequent ones the first in the alphabet, so that the same rows always give the same."""
        import ibis

        present = table.filter(~is_blank(table[name])).select(value=name)
        counted = present.group_by("value").aggregate(rows=present.count())
        share = counted.rows * 100.0 / counted.rows.sum().over()
        frequent = counted.mutate(share=share).filter(ibis._.share >= self.least)
        ordered = frequent.order_by(ibis.desc("rows"), "value").limit(self.most)
        return [str(value) for value in ordered.value.to_pyarrow().to_pylist()]

    def _grouped(self, column: Value, frequent: list[str] | None) -> Value:
        import ibis

        if frequent is None:
            return column
        stays = is_blank(column) | (column.isin(frequent) if frequent else ibis.literal(False))
        return ibis.ifelse(stays, column, ibis.literal(self.name))
