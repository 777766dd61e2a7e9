"""What the columns of a table say about its target; measured once for all that ask."""

from __future__ import annotations

from collections.abc import Mapping

from canvas_app.data.examined import Examined
from canvas_app.data.power import power
from canvas_app.data.quick_model import Unlearned, unlearned
from canvas_app.data.target import Target, kind_of, target_of
from canvas_app.jobs.job import Quiet, Report

_MOST_CELLS = 1_000_000
_LEAST_ROWS = 1_000
_MOST_COLUMNS = 60
"""Columns that the quick model is shown: of more, the strongest."""
SURE_LEAK = {"AUC": 0.995, "R²": 0.99}
LIKELY_LEAK = {"AUC": 0.985, "R²": 0.9}
_ROWS_FOR_LIKELY = 500
"""In fewer rows a good column may well reach it by itself, such as the petals of 150 irises."""


def target_in(table: Examined, name: str) -> Target | None:
    """The answers in the sample; None without a target, or where it can't be predicted."""

    def find() -> Target | None:
        kind = kind_of(table.facts[name]) if name in table.facts else None
        return target_of(table.coded()[name], kind) if kind is not None else None

    return table.once(("target", name), find)


def powers(table: Examined, name: str, report: Report | None = None) -> Mapping[str, float]:
    """How well each other column alone predicts the target, cross-validated; nothing without a target."""

    def measure() -> Mapping[str, float]:
        target = target_in(table, name)
        if target is None:
            return {}
        columns = {other: item for other, item in table.coded().items() if other != name}
        rows = max(_LEAST_ROWS, _MOST_CELLS // max(1, len(columns)))
        target = _first(target, rows)
        floor = 0.0 if target.kind == "number" else 0.5
        found = {}
        for at, (other, item) in enumerate(columns.items()):
            (report or Quiet())(at / len(columns), "Trying each column alone")
            found[other] = max(floor, power(item, target)) if item.distinct > 1 else floor
        return found

    return table.once(("powers", name), measure)


def leaks(table: Examined, name: str) -> tuple[str, ...]:
    """The columns that all but give the target away."""
    target = target_in(table, name)
    if target is None:
        return ()
    border = leak_border(target)
    return tuple(other for other, reached in powers(table, name).items() if reached >= border)


def leak_border(target: Target) -> float:
    """The score from which one column alone is too good to be true."""
    many = len(target.rows) >= _ROWS_FOR_LIKELY
    return LIKELY_LEAK[target.score] if many else SURE_LEAK[target.score]


def answers(table: Examined, name: str, report: Report | None = None) -> Unlearned | None:
    """What a quick model says of rows that it did not learn from, without the columns that leak."""

    def ask() -> Unlearned | None:
        target = target_in(table, name)
        if target is None:
            return None
        reached = powers(table, name)
        strongest = sorted(reached, key=lambda other: -reached[other])[:_MOST_COLUMNS]
        columns = {other: item for other, item in table.coded().items() if other in strongest}
        return unlearned(columns, target, leaks(table, name), report)

    return table.once(("answers", name), ask)


def _first(target: Target, rows: int) -> Target:
    """The sample is in a random order already."""
    return Target(target.name, target.kind, target.rows[:rows], target.answers[:rows], target.classes)
