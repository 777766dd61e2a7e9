"""Two tables side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import ColumnPair, ColumnPairs, field
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.blanks import blanks_as_null
from canvas_app.flow.moments import plain_moment
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value


class JoinTables(Step):
    """Bring the columns of two tables together where chosen columns are equal."""

    spec = StepSpec(
        kind="join_tables",
        title="Join tables",
        group="Combine",
        icon="ph.intersect",
        example={"pairs": [{"left": "occupation", "right": "code"}], "how": "left"},
        keywords="merge lookup combine match key",
        rows="makes",
        inputs=("First table", "Second table"),
    )

    pairs: ColumnPairs = field("Where these are equal")
    how: Literal["inner", "left", "right", "full"] = field(
        "Rows to keep",
        default="left",
        labels=("Only those with a match", "All of the first", "All of the second", "All of both"),
    )
    suffix: str = field(
        "For names that are in both",
        default="_right",
        help="Put at the end of the second table's column names that the first has too.",
    )

    def summary(self) -> str:
        """The columns that must be equal."""
        whole = [f"{pair.left} = {pair.right}" for pair in self.pairs if pair.left and pair.right]
        return some_names(whole) or "Choose columns"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: both columns of a pair must be there and hold the same sort of values."""
        found = list(super().check(*schemas))
        if len(schemas) < 2:
            return tuple(found)
        for pair in self.pairs:
            problem = _pair_problem(pair, schemas[0], schemas[1])
            found += [problem] if problem else []
        brought = [name for name in schemas[1].names if name not in self._right_keys()]
        if not self.suffix and any(name in schemas[0] for name in brought):
            found.append(Problem("Some names are in both tables.", "Give an ending.", field="suffix"))
        return tuple(found)

    def apply(self, left: Table, right: Table, learned: Learned) -> Table:
        """The first table's columns, then the second's but for those that are equal anyway.

        A blank equals nothing. A row with several matches comes several times.
        """
        del learned
        inner = {f"right_{at}": name for at, name in enumerate(right.columns)}
        second = right.select(**{new: right[old] for new, old in inner.items()})
        first = left.select(**{f"left_{at}": left[name] for at, name in enumerate(left.columns)})
        lefts = {name: f"left_{at}" for at, name in enumerate(left.columns)}
        rights = {name: new for new, name in inner.items()}
        equal = [_equal(first[lefts[pair.left]], second[rights[pair.right]]) for pair in self.pairs]
        both = first.join(second, equal, how="outer" if self.how == "full" else self.how)
        columns = {name: self._key(both, name, lefts, rights) for name in left.columns}
        for name in right.columns:
            if name not in self._right_keys():
                columns[self._free(name, columns)] = both[rights[name]]
        return both.select(**columns)

    def _right_keys(self) -> set[str]:
        return {pair.right for pair in self.pairs}

    def _key(self, both: Table, name: str, lefts: dict[str, str], rights: dict[str, str]) -> Value:
        """A column of the first table; a key takes the second's value where the first has no row."""
        import ibis

        match = next((pair.right for pair in self.pairs if pair.left == name), None)
        if match is None or self.how in ("inner", "left"):
            return both[lefts[name]]
        return ibis.coalesce(*_alike(both[lefts[name]], both[rights[match]]))

    def _free(self, name: str, taken: dict[str, Value]) -> str:
        while name in taken:
            name += self.suffix or "_right"
        return name


def _equal(left: Value, right: Value) -> Value:
    left, right = _alike(left, right)
    return blanks_as_null(left) == blanks_as_null(right)


def _alike(left: Value, right: Value) -> tuple[Value, Value]:
    """Two keys in a type that holds the values of both."""
    left, right = plain_moment(left), plain_moment(right)
    kinds = left.type(), right.type()
    if kinds[0].is_numeric() and kinds[0] != kinds[1]:
        wide = "int64" if all(kind.is_signed_integer() for kind in kinds) else "float64"
        return left.cast(wide), right.cast(wide)
    if kinds[0].is_temporal() and kinds[0] != kinds[1]:
        return left.cast("timestamp"), right.cast("timestamp")
    return left, right


def _clock(column: ColumnInfo) -> bool:
    return column.engine_type.lstrip("!") == "time"


def _pair_problem(pair: ColumnPair, first: Schema, second: Schema) -> Problem | None:
    for name, schema, which in ((pair.left, first, "first"), (pair.right, second, "second")):
        if not name:
            return Problem(f"Choose the column of the {which} table.", field="pairs", open=True)
        if name not in schema:
            return Problem(
                f"There is no column {name} in the {which} table.", "Choose another.", field="pairs"
            )
    left, right = first[pair.left], second[pair.right]
    numbers = left.fits("number") and right.fits("number")
    same = left.type == right.type and _clock(left) == _clock(right) and left.type != "other"
    if not (numbers or same):
        return Problem(
            f"{left.name} ({left.type}) and {right.name} ({right.type}) can't be equal.",
            "Change the type of one of them before.",
            field="pairs",
        )
    return None
