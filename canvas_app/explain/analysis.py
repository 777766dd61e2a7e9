"""What an analysis is: a question about a built model, and the picture that answers it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from canvas_app.base.catalog import Catalog
from canvas_app.base.figure import Figure
from canvas_app.base.spec import Spec, UnitSpec
from canvas_app.jobs.job import Report
from canvas_app.training.model import ProblemType

if TYPE_CHECKING:
    from canvas_app.explain.explained import ExplainedModel

EVERY_PROBLEM: tuple[ProblemType, ...] = ("two-categories", "many-categories", "number")


@dataclass(frozen=True)
class AnalysisSpec(UnitSpec):
    """What every analysis declares: the question it answers, and for which problems."""

    question: str = ""
    problems: tuple[ProblemType, ...] = EVERY_PROBLEM
    order: int = 50
    """Place in the gallery, lowest first."""


class Analysis(Spec):
    """Base of all analyses; made without parameters, each draws what people look at first."""

    spec: ClassVar[AnalysisSpec]

    @abstractmethod
    def draw(self, model: ExplainedModel, report: Report) -> Figure:
        """The picture; raises ``CanvasError`` where a parameter names nothing there is."""


ANALYSES: Catalog[Analysis] = Catalog(
    Analysis,  # type: ignore[type-abstract]  # the family that units are found by, never made
    "canvas_app.explain.analyses",
)


def gallery(problem: str) -> tuple[type[Analysis], ...]:
    """The analyses which suit a problem, in the order in which they are shown."""
    fitting = (unit for unit in ANALYSES if problem in unit.spec.problems)
    return tuple(sorted(fitting, key=lambda unit: (unit.spec.order, unit.spec.kind)))
