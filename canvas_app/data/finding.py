"""What a data-quality finding is: a unit that looks at a table, and says what is wrong and what fixes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from canvas_app.base.catalog import Catalog
from canvas_app.base.spec import Spec
from canvas_app.base.unit import Json, UnitSpec

if TYPE_CHECKING:
    from canvas_app.data.examined import Examined

Severity = Literal["low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
"""The worst first."""


@dataclass(frozen=True)
class Fix:
    """The step of a flow that puts it right: its kind and its saved values, and the verb on the button."""

    title: str
    step: str
    values: Mapping[str, Json]


@dataclass(frozen=True)
class Found:
    """One thing that is worth a look, in words and in numbers."""

    kind: str
    """Of the finding."""
    column: str
    """Empty where it is about the whole table."""
    severity: Severity
    words: str
    """What it is, as a headline."""
    detail: str = ""
    """The numbers behind it, in words."""
    evidence: Mapping[str, Json] = field(default_factory=dict)
    fix: Fix | None = None
    """None where no step can know what is right, such as for categories that few rows have."""


@dataclass(frozen=True)
class FindingSpec(UnitSpec):
    """What a finding declares: how bad it is at most, and what is said where there is none."""

    severity: Severity = "medium"
    clear: str = ""
    """What is said where nothing is found, such as ``no duplicate rows``; empty to say nothing."""
    needs: Literal["table", "target", "before"] = "table"
    """What must be there to look: a target, or an earlier version of the table."""
    heavy: bool = False
    """Whether it trains something, and so takes seconds; then it looks at a sample."""


class Finding(Spec):
    """Base of all findings: ``look`` measures, and says what is worth a look."""

    spec: ClassVar[FindingSpec]

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """What is wrong, the worst first; ``target`` is empty without one. Raises ``CanvasError``."""
        raise NotImplementedError


FINDINGS: Catalog[Finding] = Catalog(Finding, "canvas_app.data.findings")


def drop_column(name: str) -> Fix:
    """The step that leaves a column out."""
    return Fix("Drop column", "choose_columns", {"columns": [name], "rule": "leave out"})
