"""Answers one row as it is typed, and says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from canvas_app.base.figure import Figure
from canvas_app.base.numerals import number, share
from canvas_app.base.spec import Json
from canvas_app.explain.brought import sharing
from canvas_app.explain.waterfall import ExplainedAnswer, waterfall
from canvas_app.jobs.job import Job, Report


@dataclass(frozen=True)
class ExplainedRow:
    """The answer to one row: what is said, how sure, and the steps that lead to it."""

    prediction: str
    """The class, or the number as it is written on screen."""
    classes: tuple[str, ...]
    probabilities: tuple[float, ...]
    """Of each class, in their order; none for a number."""
    figure: Figure
    notes: tuple[str, ...]
    """Values that were not understood or not seen before."""


@dataclass(frozen=True)
class ExplainRowJob(Job[ExplainedRow]):
    """Answer and explain one row; models stay loaded in the worker, so the next row takes no time."""

    title: ClassVar[str] = "Explain one row"
    result: ClassVar[Any] = ExplainedRow
    patience: ClassVar[float] = 10.0
    quiet: ClassVar[bool] = True

    folder: str
    """Of the model."""
    values: Mapping[str, Json]
    """One per column of the contract; None for a blank."""

    def run(self, report: Report) -> ExplainedRow:
        """See ``explain_row``."""
        report(-1.0, "Answering the row")
        return explain_row(Path(self.folder), self.values)


def explain_row(folder: Path, values: Mapping[str, Json]) -> ExplainedRow:
    """The answer to one row and its waterfall, in about 0.02 s once the model is loaded."""
    from canvas_app.explain.loaded import load_model

    model = load_model(folder)
    answer = model.answer_row(values)
    shown, effects = model.explain_row(values)
    remark = sharing(model.contract.made_from)
    if answer.probabilities is None:
        said = number(float(answer.prediction[0]))
        about = ExplainedAnswer(
            "Why this answer", f"said {said}", model.contract.target, 0, None, remark=remark
        )
        return ExplainedRow(said, (), (), waterfall(about, shown, effects), answer.notes)
    shares = tuple(map(float, answer.probabilities[0]))
    best = max(range(len(shares)), key=shares.__getitem__)
    output = answer.classes[best]
    against = output not in model.outputs
    at = 0 if against else model.outputs.index(output)
    facts = f"said {output} with {share(shares[best])}"
    about = ExplainedAnswer("Why this answer", facts, output, at, shares[best], against, remark)
    figure = waterfall(about, shown, effects)
    return ExplainedRow(output, answer.classes, shares, figure, answer.notes)
