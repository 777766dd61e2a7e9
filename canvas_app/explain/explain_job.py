"""Draws analyses of a built model in the background; effects are computed once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter

from canvas_app.base.figure import Figure
from canvas_app.base.spec import Json
from canvas_app.explain.analysis import ANALYSES, Analysis
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.part import Part


@dataclass(frozen=True)
class ExplainJob(Job[tuple[Figure, ...]]):
    """Draw some analyses of one model, in the order in which they are named."""

    title: ClassVar[str] = "Explain model"
    result: ClassVar[Any] = tuple[Figure, ...]

    folder: str
    """The model's folder."""
    cache: str
    """A folder of this model's own, which may be deleted."""
    analyses: tuple[Mapping[str, Json], ...]
    """As ``ANALYSES.dump`` gives them."""

    @classmethod
    def of(cls, folder: Path, cache: Path, *analyses: Analysis) -> ExplainJob:
        """The job that draws these analyses."""
        return cls(str(folder), str(cache), tuple(ANALYSES.dump(analysis) for analysis in analyses))

    @staticmethod
    def figure_of(found: Mapping[str, Json]) -> Figure:
        """The figure that a report told of as ``found["figure"]``."""
        figure: Figure = TypeAdapter(Figure).validate_python(found["figure"])
        return figure

    def run(self, report: Report) -> tuple[Figure, ...]:
        """One figure per analysis; each is also told as soon as it is drawn, as ``found``."""
        from canvas_app.explain.explained import ExplainedModel

        report(-1.0, "Opening the model")
        count = len(self.analyses)
        model = ExplainedModel(Path(self.folder), Path(self.cache), Part.of(report, 0, max(count, 1)))
        figures: list[Figure] = []
        for at, saved in enumerate(self.analyses):
            part = Part.of(report, at, count)
            figures.append(ANALYSES.load(saved).draw(model, part))
            part(1.0, f"Drawn: {figures[-1].title}", {"kind": saved["kind"], "figure": asdict(figures[-1])})
        return tuple(figures)
