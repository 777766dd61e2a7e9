"""One row's answer as steps from the average row: the figure that both pages share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canvas_app.explain.effects import Effects, Unit
from canvas_app.explain.figure import Figure, Waterfall
from canvas_app.explain.wording import cell, number, share, signed

SHOWN = 8

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


def waterfall(answer: ExplainedAnswer, values: Mapping[str, Any], effects: Effects) -> Figure:
    """The steps of a single row, largest first; what is too small to draw is added up."""
    steps = dict(zip(effects.columns, map(float, effects.values[0, :, answer.at]), strict=True))
    start = float(effects.base[answer.at])
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
        reading=_reading(answer.output, shown, steps),
    )


def _average(start: float, unit: Unit) -> str:
    if unit == "probability":
        return f"average row: {share(start)}"
    return f"average row: {signed(start)}"


def _reading(output: str, shown: list[str], steps: Mapping[str, float]) -> str:
    lifts = next((name for name in shown if steps[name] > 0), None)
    pulls = next((name for name in shown if steps[name] < 0), None)
    if lifts and pulls:
        return f"{lifts} speaks most for {output}, {pulls} most against it."
    if lifts or pulls:
        return f"{lifts or pulls} speaks most {'for' if lifts else 'against'} {output}."
    return "No column moves this answer."


def _plain(value: Any) -> str | float | int | bool | None:
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if value is None or isinstance(value, str | float | int | bool) else str(value)
