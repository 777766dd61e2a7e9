"""Fewer blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Columns, Json, field
from canvas_app.data.engine import first_row, schema_of
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.blanks import blanks_as_null, finite, is_blank
from canvas_app.flow.doubles import double
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.typed_text import read_typed, typed_literal, typed_problem
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_MARK = "_was_blank"


class FillMissing(Step):
    """Replace blanks by a value measured on the training rows, or by one of your own."""

    spec = StepSpec(
        kind="fill_missing",
        title="Fill missing values",
        group="Clean",
        icon="ph.drop",
        example={"columns": ["age"], "using": "median"},
        keywords="impute missing blank null nan median mean mode",
        learns=True,
    )

    columns: Columns = field("Columns")
    using: Literal["median", "mean", "most frequent", "zero", "value"] = field(
        "Fill with", default="median", labels=("Median", "Mean", "Most frequent", "Zero", "Value")
    )
    value: str = field("Value", default="", shown_if=("using", "value"))
    mark: bool = field(
        "Mark filled rows in new columns",
        default=False,
        help="That a value was missing often tells something by itself.",
    )

    @property
    def learning(self) -> bool:
        """Zero and a value of one's own need no rows."""
        return self.using in ("median", "mean", "most frequent")

    def summary(self) -> str:
        """The columns and what fills them."""
        if not self.columns:
            return "Choose columns"
        return f"{some_names(self.columns)} · {self.value if self.using == 'value' else self.using}"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: the way of filling must fit every column."""
        found = list(super().check(*schemas))
        for name in self.columns if schemas else ():
            if name in schemas[0]:
                found += self._check_way(schemas[0][name], schemas[0])
        return tuple(found)

    def learn(self, table: Table) -> Learned:
        """Measure one value per column, all in one query."""
        if not self.learning:
            return {}
        measured = [self._measure(table, name).name(f"value_{at}") for at, name in enumerate(self.columns)]
        if not measured:
            return {}
        row = first_row(table.aggregate(measured))
        return {name: row[f"value_{at}"] for at, name in enumerate(self.columns)}

    def apply(self, table: Table, learned: Learned) -> Table:
        """Fill each column; one that was blank throughout stays blank."""
        schema = schema_of(table)
        filled = {name: self._filled(table[name], schema[name], learned.get(name)) for name in self.columns}
        marks = {name + _MARK: is_blank(table[name]) for name in self.columns} if self.mark else {}
        return table.mutate(**filled, **marks)

    def _check_way(self, column: ColumnInfo, schema: Schema) -> list[Problem]:
        if column.type == "other":
            return [Problem(f"{column.name} can't be filled.", "Change its type to text.", field="columns")]
        found = []
        if self.using in ("median", "mean", "zero") and not column.fits("number"):
            hint = "Take the most frequent value, or a value of your own."
            found.append(Problem(f"{column.name} has no numbers: no {self.using}.", hint, field="columns"))
        if self.using == "value":
            problem = typed_problem(self.value, column, "value")
            found += [problem] if problem else []
        if self.mark and column.name + _MARK in schema:
            taken = f"There is a column {column.name}{_MARK} already."
            found.append(Problem(taken, "Rename it before.", field="mark"))
        return found

    def _measure(self, table: Table, name: str) -> Value:
        match self.using:
            case "median":
                return finite(table[name]).median()
            case "mean":
                return finite(table[name]).mean()
            case _:
                return _most_frequent(table, name)

    def _filled(self, column: Value, info: ColumnInfo, measured: Json) -> Value:
        import ibis

        kept = blanks_as_null(column)
        match self.using:
            case "median" | "mean":
                known = kept.cast("float64")
                return known if measured is None else ibis.coalesce(known, double(measured))
            case "most frequent":
                return ibis.coalesce(kept, _as(measured, column))
            case "zero":
                return ibis.coalesce(kept, ibis.literal(0).cast(column.type()))
            case _:
                return self._filled_with_value(kept, info)

    def _filled_with_value(self, kept: Value, info: ColumnInfo) -> Value:
        """Whole numbers stay whole where the value is; the type must hold any value."""
        import ibis

        value = typed_literal(self.value, info)
        if not info.fits("number"):
            return ibis.coalesce(kept, value.cast(kept.type()))
        whole = kept.type().is_signed_integer() and isinstance(read_typed(self.value, info), int)
        wide = "int64" if whole else "float64"
        return ibis.coalesce(kept.cast(wide), value.cast(wide))


def _as(measured: Json, column: Value) -> Value:
    import ibis

    return ibis.literal(measured).cast(column.type())


def _most_frequent(table: Table, name: str) -> Value:
    """The commonest value; of several the smallest, so that the same rows always give the same."""
    present = table.filter(~is_blank(table[name])).select(value=name)
    counted = present.group_by("value").aggregate(rows=present.count())
    most = counted.filter(counted.rows == counted.rows.max())
    return most.aggregate(value=most.value.min()).as_scalar()
