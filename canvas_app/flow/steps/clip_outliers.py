"""Numbers without extremes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.spec import Columns, Json, field
from canvas_app.data.engine import first_row
from canvas_app.flow.blanks import finite, is_blank
from canvas_app.flow.doubles import double
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, Table, Value

_SIGMA = 1.4826
"""Times the median deviation of normally spread numbers gives their standard deviation."""


class ClipOutliers(Step):
    """Pull extreme numbers in to the border of what is usual, or make them blank."""

    spec = StepSpec(
        kind="clip_outliers",
        title="Clip outliers",
        group="Clean",
        icon="ph.arrows-in-line-vertical",
        example={"columns": ["price"], "using": "quantiles", "share": 20.0},
        keywords="outlier extreme winsorize trim cap robust quantile clip",
        learns=True,
    )

    columns: Columns = field("Columns", accepts="number")
    using: Literal["deviations", "quantiles"] = field(
        "What is extreme",
        default="deviations",
        labels=("Far from the median", "The ends of the order"),
    )
    deviations: float = field(
        "Farther than",
        default=5.0,
        ge=1.0,
        le=50.0,
        step=0.5,
        unit="robust deviations",
        shown_if=("using", "deviations"),
        help="A robust deviation is 1.4826 times the median distance from the median.",
    )
    share: float = field(
        "At each end",
        default=1.0,
        ge=0.0,
        le=25.0,
        step=0.5,
        unit="% of the rows",
        shown_if=("using", "quantiles"),
    )
    then: Literal["clip", "blank"] = field(
        "What becomes of it", default="clip", labels=("The border's value", "A blank")
    )

    def summary(self) -> str:
        """The columns, and what is extreme."""
        if not self.columns:
            return "Choose columns"
        far = (
            f"{self.deviations:g} deviations" if self.using == "deviations" else f"{self.share:g} % each end"
        )
        return f"{some_names(self.columns)} · {far}"

    def learn(self, table: Table) -> Learned:
        """The lowest and the highest usual value of each column."""
        if self.using == "quantiles":
            return self._by_quantiles(table)
        return self._by_deviations(table)

    def apply(self, table: Table, learned: Learned) -> Table:
        """The columns as doubles; blanks stay blank. A column without a border stays as it is."""
        return table.mutate(**{name: self._clipped(table[name], learned.get(name)) for name in self.columns})

    def _by_quantiles(self, table: Table) -> Learned:
        share = self.share / 100
        ends = (("low", share), ("high", 1 - share))
        parts = [
            finite(table[name]).quantile(at).name(f"{end}_{place}")
            for place, name in enumerate(self.columns)
            for end, at in ends
        ]
        row = first_row(table.aggregate(parts)) if parts else {}
        return {name: [row[f"low_{at}"], row[f"high_{at}"]] for at, name in enumerate(self.columns)}

    def _by_deviations(self, table: Table) -> Learned:
        """Two queries: the medians, then the median distances from them."""
        known = {f"c_{at}": finite(table[name]) for at, name in enumerate(self.columns)}
        if not known:
            return {}
        numbers = table.select(**known)
        middle = first_row(numbers.aggregate([numbers[name].median().name(name) for name in known]))
        measured = {
            name: _distance(numbers[name], value) for name, value in middle.items() if value is not None
        }
        spread = (
            first_row(numbers.aggregate([part.name(name) for name, part in measured.items()]))
            if measured
            else {}
        )
        return {
            name: self._borders(middle[f"c_{at}"], spread.get(f"c_{at}"))
            for at, name in enumerate(self.columns)
        }

    def _borders(self, middle: float | None, spread: float | None) -> list[float | None]:
        if middle is None or not spread:
            return [None, None]
        reach = self.deviations * _SIGMA * spread
        return [middle - reach, middle + reach]

    def _clipped(self, column: Value, borders: Json) -> Value:
        import ibis

        known = column.cast("float64")
        if borders is None or None in borders:
            return known
        low, high = double(borders[0]), double(borders[1])
        blank = ibis.null("float64")
        below, above = (low, high) if self.then == "clip" else (blank, blank)
        return ibis.cases((is_blank(column), known), (known < low, below), (known > high, above), else_=known)


def _distance(column: NumericValue, middle: float) -> Value:
    return (column - double(middle)).abs().median()
