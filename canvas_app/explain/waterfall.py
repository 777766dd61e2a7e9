"""One row's answer as steps from the average row: the figure that both pages share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canvas_app.base.figure import Figure, Waterfall
from canvas_app.base.numerals import cell, number, paragraph, share, signed
from canvas_app.explain.effects import Effects, Unit
from canvas_app.explain.units import lay_words

SHOWN = 6

_TRIFLE = 0.005
"""A step that is less than this share of the largest can't be seen, and nothing is said of it."""


@dataclass(frozen=True)
class ExplainedAnswer:
    """What was said about one row, and which output the effects are about."""

    title: str
    facts: str
    """Before the unit in the subtitle: which row, what was said, what was true."""
    output: str
    """The class or target that the steps lead to."""
    at: int
    """Its place on the last axis of the effects."""
    probability: float | None
    """Of ``output``; None for a number."""
    against: bool = False
    """Whether the effects are about the other one of two categories."""
    remark: str = ""
    """A sentence that follows what can be read off the steps."""


def waterfall(answer: ExplainedAnswer, values: Mapping[str, Any], effects: Effects) -> Figure:
    """The steps of a single row, largest first; what is too small to draw is added up."""
    start, sizes = _towards(answer, effects)
    steps = dict(zip(effects.columns, sizes, strict=True))
    ranked = sorted(steps, key=lambda name: -abs(steps[name]))
    shown, rest = ranked[:SHOWN], ranked[SHOWN:]
    labels = [f"{name} = {cell(values[name])}" for name in shown]
    heights = [steps[name] for name in shown]
    if rest:
        labels.append(f"{len(rest)} other columns" if len(rest) > 1 else "1 other column")
        heights.append(sum(steps[name] for name in rest))
    end = start + sum(steps.values())
    first, last = _ends(answer, start, end, effects)
    marks = Waterfall(first, start, tuple(labels), tuple(heights), last, end)
    return Figure(
        title=answer.title,
        subtitle=f"{answer.facts} · {_unit_words(answer, effects.unit)}",
        marks=marks,
        header=("column", "value", f"effect on {answer.output}, {effects.unit}"),
        rows=(
            ("average row", None, start),
            *((n, _plain(values[n]), steps[n]) for n in ranked),
            ("sum", None, end),
        ),
        reading=paragraph(
            _reading(answer, shown, steps), _colours(answer), lay_words(effects), answer.remark
        ),
    )


def _towards(answer: ExplainedAnswer, effects: Effects) -> tuple[float, list[float]]:
    """Base and effects in the direction of the answer: of two categories, one's gain is the other's loss."""
    base, sizes = float(effects.base[answer.at]), [float(size) for size in effects.values[0, :, answer.at]]
    if not answer.against:
        return base, sizes
    return (1 - base if effects.unit == "probability" else -base), [-size for size in sizes]


def _unit_words(answer: ExplainedAnswer, unit: Unit) -> str:
    if unit == "target":
        return f"steps in the unit of {answer.output}"
    return f"steps in {unit} of the answer {answer.output}"


def _ends(answer: ExplainedAnswer, start: float, end: float, effects: Effects) -> tuple[str, str]:
    """Names of the first and the last bar; what log-odds mean as a probability stands behind them."""
    if answer.probability is None:
        return f"average row: {number(start)}", f"this row: {number(end)}"
    if effects.unit == "probability":
        return f"average row: {share(start)}", f"this row: {share(answer.probability)}"
    average = signed(start)
    if len(effects.base) == 1:
        average += f", so {share(1 / (1 + math.exp(-min(max(start, -700.0), 700.0))))}"
    return f"average row: {average}", f"this row: {signed(end)}, so {share(answer.probability)}"


def _colours(answer: ExplainedAnswer) -> str:
    """What the colours of the bars mean, in the words of the interface."""
    ends = "grey is where the average row stands, pink where this one does"
    if answer.probability is None:
        return f"Blue raises {answer.output}, red lowers it; {ends}."
    return f"Blue speaks for {answer.output}, red against it; {ends}."


def _reading(answer: ExplainedAnswer, shown: list[str], steps: Mapping[str, float]) -> str:
    output, number = answer.output, answer.probability is None
    trifle = _TRIFLE * max((abs(steps[name]) for name in shown), default=0.0)
    lifts = next((name for name in shown if steps[name] > trifle), None)
    pulls = next((name for name in shown if steps[name] < -trifle), None)
    found = []
    if lifts:
        found.append(f"{lifts} lifts {output} most" if number else f"{lifts} speaks most for {output}")
    if pulls:
        found.append(f"{pulls} pulls {output} down most" if number else f"{pulls} most against {output}")
    if pulls and not lifts and not number:
        return f"{pulls} speaks most against {output}."
    return f"{', '.join(found)}." if found else "No column moves this answer."


def _plain(value: Any) -> str | float | int | bool | None:
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if value is None or isinstance(value, str | float | int | bool) else str(value)
