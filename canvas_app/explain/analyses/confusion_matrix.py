"""Where the model is right, and what it takes for what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from canvas_app.base.figure import Figure, Matrix
from canvas_app.base.numerals import count, share
from canvas_app.explain.analysis import Analysis, AnalysisSpec
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from canvas_app.explain.explained import ExplainedModel


class ConfusionMatrix(Analysis):
    """Count the test rows by what they were and what the model said."""

    spec = AnalysisSpec(
        kind="confusion_matrix",
        title="Right and wrong",
        icon="ph.grid-four",
        question="What is taken for what?",
        problems=("two-categories", "many-categories"),
        order=30,
    )

    def draw(self, model: ExplainedModel, report: Report) -> Figure:
        """A matrix of counts, each with its share of the rows that were so."""
        report(0.0, "Counting right and wrong answers")
        names = model.contract.classes
        said, was = map(str, model.test.said), map(str, model.test.was)
        pairs = Counter(zip(was, said, strict=True))
        counts = tuple(tuple(pairs[row, column] for column in names) for row in names)
        right = sum(pairs[name, name] for name in names)
        total = sum(map(sum, counts))
        return Figure(
            title=self.spec.title,
            subtitle=f"{count(total, 'row')} the model never saw",
            marks=Matrix(names, names, counts),
            header=("was", *(f"said {name}" for name in names)),
            rows=tuple((name, *row) for name, row in zip(names, counts, strict=True)),
            reading=_reading(pairs, right, total),
        )


def _reading(pairs: Counter[tuple[str, str]], right: int, total: int) -> str:
    if not total:
        return "There are no test rows."
    words = f"{share(right / total)} of the answers are right."
    wrong = [(number, pair) for pair, number in pairs.items() if pair[0] != pair[1]]
    if not wrong:
        return words
    number, (was, said) = max(wrong)
    return f"{words} The most frequent mistake: {was} taken for {said}, {count(number, 'time')}."
