"""Numbers on another scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.spec import Columns, field
from canvas_app.flow.doubles import double
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, Table, Value

_WORDS = {"log": "ln(x + 1)", "signed log": "± ln(|x| + 1)", "root": "√x", "square": "x²"}


class TransformNumber(Step):
    """Bring numbers with a long tail onto a scale where they spread evenly."""

    spec = StepSpec(
        kind="transform_number",
        title="Transform numbers",
        group="Clean",
        icon="ph.chart-line-up",
        example={"columns": ["price"], "using": "signed log"},
        keywords="log logarithm root square skew scale normalise transform",
    )

    columns: Columns = field("Columns", accepts="number")
    using: Literal["log", "signed log", "root", "square"] = field(
        "Scale",
        default="log",
        labels=("Logarithm", "Logarithm of both sides of zero", "Square root", "Square"),
        help="Logarithms of one more than the number, so that zero stays zero. Without one: blank.",
    )

    def summary(self) -> str:
        """The columns and their scale."""
        return f"{some_names(self.columns)} · {_WORDS[self.using]}" if self.columns else "Choose columns"

    def apply(self, table: Table, learned: Learned) -> Table:
        """The same columns as doubles; a number that the scale doesn't have becomes blank."""
        del learned
        return table.mutate(**{name: self._scaled(table[name].cast("float64")) for name in self.columns})

    def _scaled(self, number: NumericValue) -> Value:
        import ibis

        blank, zero, one = ibis.null("float64"), double(0), double(1)
        match self.using:
            case "log":
                return ibis.ifelse(number > double(-1), (ibis.greatest(number, zero - one) + one).ln(), blank)
            case "signed log":
                return number.sign() * (number.abs() + one).ln()
            case "root":
                return ibis.ifelse(number >= zero, ibis.greatest(number, zero).sqrt(), blank)
            case _:
                return number * number
