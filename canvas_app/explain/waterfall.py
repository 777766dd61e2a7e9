"""One row's answer as steps from the average row: the figure that both pages share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canvas_app.explain.effects import Effects, Unit
from canvas_app.explain.figure import Figure, Waterfall
from canvas_app.explain.units import lay_words
from canvas_app.explain.wording import cell, number, paragraph, share, signed

SHOWN = 6

_UNIT_WORDS: dict[Unit, str] = {
    "log-odds": "steps in log-odds",
    "probability": "steps in probability",
    "target": "steps in the unit of the answer",
}


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
    said = number(end) if answer.probability is None else share(answer.probability)
    first = f"average row: {number(start)}" if answer.probability is None else _average(start, effects.unit)
    marks = Waterfall(first, start, tuple(labels), tuple(heights), f"this row: {said}", end)
    return Figure(
        title=answer.title,
        subtitle=f"{answer.facts} · {_UNIT_WORDS[effects.unit]}",
        marks=marks,
        header=("column", "value", f"effect on {answer.output}, {effects.unit}"),
        rows=(
            ("average row", None, start),
            *((n, _plain(values[n]), steps[n]) for n in ranked),
            ("sum", None, end),
        ),
        reading=paragraph(_reading(answer, shown, steps), lay_words(effects), answer.remark),
    )


def _towards(answer: ExplainedAnswer, effects: Effects) -> tuple[float, list[float]]:
    """Base and effects in the direction of the answer: of two categories, one's gain is the other's loss."""
    base, sizes = float(effects.base[answer.at]), [float(size) for size in effects.values[0, :, answer.at]]
    if not answer.against:
        return base, sizes
    return (1 - base if effects.unit == "probability" else -base), [-size for size in sizes]


def _average(start: float, unit: Unit) -> str:
    if unit == "probability":
        return f"average row: {share(start)}"
    return f"average row: {signed(start)}"


def _reading(answer: ExplainedAnswer, shown: list[str], steps: Mapping[str, float]) -> str:
    output, number = answer.output, answer.probability is None
    lifts = next((name for name in shown if steps[name] > 0), None)
    pulls = next((name for name in shown if steps[name] < 0), None)
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
