"""What a node of the flow is: declared parameters, and for steps two functions on tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import Problem
from canvas_app.base.spec import FieldSpec, Json, Spec, UnitSpec
from canvas_app.data.schema import Schema

if TYPE_CHECKING:
    from ibis.expr.types import Table

Learned = Mapping[str, Json]
"""What a step measured on its training rows; JSON, so that it can be kept and read."""

RowEffect = Literal["keeps", "drops", "makes"]


@dataclass(frozen=True)
class NodeSpec(UnitSpec):
    """What every kind of node declares: how many tables come in, whether one goes out."""

    inputs: tuple[str, ...] = ("Table",)
    output: bool = True
    keywords: str = ""


@dataclass(frozen=True)
class StepSpec(NodeSpec):
    """What a transform declares: also what it does to rows, and whether it learns."""

    rows: RowEffect = "keeps"
    learns: bool = False


class NodeUnit(Spec):
    """Base of everything that can stand on the canvas."""

    spec: ClassVar[NodeSpec]

    def summary(self) -> str:
        """The parameters in a few words, for the node's second line."""
        return ""

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """What is wrong before anything runs, given the columns that come in."""
        return self.check_needed() + self.check_columns(*schemas)

    @classmethod
    def unlinked(cls, port: int) -> Problem:
        """What to do about an input that no table comes into."""
        names = cls.spec.inputs
        what = "a table to the input" if len(names) == 1 else f"the {_lower(names[port])} to input {port + 1}"
        return Problem(f"Link {what}.", open=True)

    def check_columns(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Named columns that do not come in, or are of a type that the field doesn't take."""
        found: list[Problem] = []
        for item in self.fields():
            if item.word in ("column", "columns") and item.port < len(schemas):
                found += self._check_names(item, schemas[item.port])
        return tuple(found)

    def _check_names(self, item: FieldSpec, schema: Schema) -> list[Problem]:
        value = getattr(self, item.name)
        if item.word == "column":
            return self._check_column(item.name, value, item.accepts, schema) if value else []
        found = []
        twice = next((name for name in value if value.count(name) > 1), None)
        if twice is not None:
            found.append(Problem(f"{twice} is named twice.", "Take it out once.", field=item.name))
        for name in value:
            found += self._check_column(item.name, name, item.accepts, schema)
        return found

    def _check_column(self, field: str, name: str, accepts: str, schema: Schema) -> list[Problem]:
        if not name:
            return [Problem("One of the columns has no name.", "Choose another.", field=field)]
        if name not in schema:
            return [Problem(f"There is no column {name} here.", "Choose another.", field=field)]
        if not schema[name].fits(accepts):
            return [
                Problem(
                    f"{name} is not a {accepts} column.", "Choose another, or change its type.", field=field
                )
            ]
        return []


def _lower(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


class Step(NodeUnit):
    """Base of all transforms: ``learn`` measures, ``apply`` makes an expression, never data."""

    spec: ClassVar[StepSpec]

    @property
    def learning(self) -> bool:
        """Whether it measures rows, with the parameters that it has now."""
        return self.spec.learns

    def on_replay(self) -> Self:
        """The step as it answers new rows: none may be refused, so what stops a flow gives blanks here."""
        return self

    def learn(self, *tables: Table) -> Learned:
        """What ``apply`` needs to know, measured on these rows; nothing for most steps."""
        del tables
        return {}

    def apply(self, *args: Any, **kwargs: Any) -> Table:
        """The table after this step: ``apply(table, learned)``, or ``apply(left, right, learned)``.

        With nothing learned (``{}``) it still gives the same columns, so that schemas can be known
        without running anything.
        """
        raise NotImplementedError


class UnknownUnit(NodeUnit):
    """A unit from another version: kept as it was saved, passed over when run."""

    spec = NodeSpec(
        kind="unknown", title="Unknown step", group="Other", icon="ph.question", inputs=("Table",)
    )

    saved: str = ""
    """The unit's saved JSON, word for word."""

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """It can't run; the person is told what to do."""
        del schemas
        return (Problem("This step is from another version.", "Open the project there, or remove the step."),)


NODES: Catalog[NodeUnit] = Catalog(NodeUnit, "canvas_app.flow.steps", "canvas_app.flow.ends")
STEPS: Catalog[Step] = Catalog(Step, "canvas_app.flow.steps")
