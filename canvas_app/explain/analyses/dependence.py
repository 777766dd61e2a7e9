"""How the values of one column move the answer."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.figure import Figure, Points
from canvas_app.base.numerals import cell, count, paragraph
from canvas_app.base.spec import Column, field
from canvas_app.explain.analysis import Analysis, AnalysisSpec
from canvas_app.explain.brought import sharing
from canvas_app.explain.reading import read_categories, read_curve
from canvas_app.explain.smooth import smooth
from canvas_app.explain.units import axis_label, lay_words
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from canvas_app.explain.explained import ExplainedModel

MOST_NAMES = 8
OTHERS = "others"
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Subject:
    """Which column, what it moves, and the effects on it: one number per sampled row."""

    column: str
    answer: str
    output: str
    values: tuple[Any, ...]
    effects: Any
    overall: float
    """The widest range of effects that any column has."""
    label: str
    """Of the axis of effects."""


class Dependence(Analysis):
    """Set the effect of one column on each row against the column's value there."""

    spec = AnalysisSpec(
        kind="dependence",
        title="How a column moves the prediction",
        icon="ph.chart-line",
        question="At which values does the answer change?",
        order=20,
    )

    column: Column = field("Column", default="", help="Empty: the column of the largest impact.")
    towards: str = field(
        "Towards", default="", help="The answer that is looked at. Empty: the most frequent one."
    )

    def draw(self, model: ExplainedModel, report: Report) -> Figure:
        """A dot per row, and a smoothed line through them."""
        report(0.0, f"Following {self.column or 'the first column'}")
        subject = self._subject(model)
        numbers = _as_numbers(model.shown.column(subject.column))
        if numbers:
            points, reading = _by_value(subject, numbers)
        else:
            points, reading = _by_word(subject) if _is_prose(subject) else _by_name(subject)
        rows = zip((_plain(value) for value in subject.values), map(float, subject.effects), strict=True)
        return Figure(
            title=f"How {subject.column} moves the prediction",
            subtitle=f"Each dot is a row: SHAP value for {subject.output} · {model.sampling}",
            marks=points,
            header=(subject.column, f"effect on {subject.output}, {model.effects.unit}"),
            rows=tuple(rows),
            reading=paragraph(
                reading, lay_words(model.effects), sharing(model.contract.made_from, [subject.column])
            ),
        )

    def _subject(self, model: ExplainedModel) -> _Subject:
        effects = model.effects
        column = self.column or next(iter(effects.impact()), "")
        if column not in effects.columns:
            hint = f"The model looks at: {', '.join(effects.columns)}."
            raise CanvasError(f"The model has no column {column}.", hint=hint, where=Where(field="column"))
        output = self.towards or _usual(model)
        if output not in model.outputs:
            hint = f"It can be: {', '.join(model.outputs)}."
            raise CanvasError(f"No answer is called {output}.", hint=hint, where=Where(field="towards"))
        at, place = model.outputs.index(output), effects.columns.index(column)
        ranges = effects.values[:, :, at].max(axis=0) - effects.values[:, :, at].min(axis=0)
        number = model.contract.problem == "number"
        return _Subject(
            column,
            "the prediction" if number else f"the chance of {output}",
            output,
            tuple(model.shown.column(column).to_pylist()),
            effects.values[:, place, at],
            float(ranges.max()),
            axis_label(effects, model.contract.target),
        )


def _usual(model: ExplainedModel) -> str:
    """The only output, or the class that was true most often."""
    if len(model.outputs) == 1:
        return model.outputs[0]
    return Counter(map(str, model.test.was)).most_common(1)[0][0]


def _as_numbers(column: Any) -> list[float | None]:
    """The values as numbers, moments as years; empty where they are names."""
    import pyarrow.types as kinds

    if kinds.is_integer(column.type) or kinds.is_floating(column.type) or kinds.is_decimal(column.type):
        return [None if value is None else float(value) for value in column.to_pylist()]
    if kinds.is_date(column.type) or kinds.is_timestamp(column.type):
        return [None if value is None else _year(value) for value in column.to_pylist()]
    return []


def _year(moment: Any) -> float:
    return float(moment.year + (moment.timetuple().tm_yday - 1) / 365.25)


def _by_value(subject: _Subject, numbers: list[float | None]) -> tuple[Points, str]:
    import numpy as np

    known = [at for at, value in enumerate(numbers) if value is not None and np.isfinite(value)]
    x = np.array([numbers[at] for at in known], dtype=float)
    y = np.asarray(subject.effects, dtype=float)[known]
    curve = smooth(x, y)
    if len(known) and not curve.y:
        return _by_place(subject, numbers)
    dots = tuple(map(float, x)), tuple(map(float, y))
    points = Points(*dots, subject.column, subject.label, curve.x, curve.y)
    reading = read_curve(subject.column, subject.answer, curve, overall=subject.overall)
    blank = len(numbers) - len(known)
    return points, paragraph(reading, f"{count(blank, 'blank')} not drawn." if blank else "")


def _by_place(subject: _Subject, numbers: list[float | None]) -> tuple[Points, str]:
    """The one or two values of a number side by side, the lowest first, blanks last."""
    texts = [cell(value) for value in numbers]
    lowest = sorted({value for value in numbers if value is not None and math.isfinite(value)})
    names = list(dict.fromkeys([*map(cell, lowest), *texts]))
    dots = [(names.index(text), row) for row, text in enumerate(texts)]
    return _side_by_side(subject, names, dots, subject.column)


def _by_name(subject: _Subject) -> tuple[Points, str]:
    """Names side by side, the most frequent first."""
    texts = [cell(value) for value in subject.values]
    frequent = [name for name, _ in Counter(texts).most_common(MOST_NAMES)]
    places = {name: at for at, name in enumerate(frequent)}
    dots = [(places.get(text, len(frequent)), row) for row, text in enumerate(texts)]
    others = any(place == len(frequent) for place, _ in dots)
    return _side_by_side(subject, frequent + [OTHERS] * others, dots, subject.column)


def _is_prose(subject: _Subject) -> bool:
    """Whether most rows have a text of their own, so that names would stand for single rows."""
    texts = [str(value) for value in subject.values if value is not None]
    distinct = len(set(texts))
    return distinct > max(MOST_NAMES, 0.5 * len(texts)) and any(" " in text for text in texts)


def _by_word(subject: _Subject) -> tuple[Points, str]:
    """Words side by side, the most frequent first; a row stands above each of its words."""
    words = [set(_WORD.findall(str(value or "").lower())) for value in subject.values]
    counts = Counter(word for found in words for word in found)
    frequent = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_NAMES]
    dots = [(at, row) for row, found in enumerate(words) for at, word in enumerate(frequent) if word in found]
    return _side_by_side(subject, frequent, dots, f"words in {subject.column}")


def _side_by_side(
    subject: _Subject, names: list[str], dots: list[tuple[int, int]], label: str
) -> tuple[Points, str]:
    """Dots as (place, row), spread a little, seeded, to be seen; the mean of each place as its line."""
    import numpy as np

    x = np.array([place for place, _ in dots], dtype=float)
    y = np.asarray(subject.effects, dtype=float)[[row for _, row in dots]]
    means = [float(y[x == at].mean()) for at in range(len(names))]
    spread = x + np.random.default_rng(0).uniform(-0.28, 0.28, len(x))
    line = tuple(map(float, range(len(names))))
    points = Points(
        tuple(map(float, spread)),
        tuple(map(float, y)),
        label,
        subject.label,
        line,
        tuple(means),
        x_ticks=tuple(names),
    )
    return points, read_categories(subject.answer, names, means)


def _plain(value: Any) -> str | float | int | bool | None:
    return value if value is None or isinstance(value, str | float | int | bool) else str(value)
