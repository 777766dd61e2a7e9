"""What a curve says, in plain words computed from the curve."""

from __future__ import annotations

from collections.abc import Sequence

from canvas_app.base.numerals import number
from canvas_app.explain.smooth import Curve

LEVEL = 0.08
"""A stretch that moves less than this share of the whole swing counts as level."""


def read_curve(column: str, answer: str, curve: Curve, *, overall: float) -> str:
    """How a number column moves the answer; ``overall`` is the largest swing of any column."""
    if not curve.y:
        return f"{column} takes too few values here to draw a line."
    if curve.swing <= 0.02 * overall or curve.swing == 0:
        return f"{column} hardly moves {answer}."
    crossings = _crossings(curve)
    words = _first_words(column, answer, curve, crossings)
    return " ".join([*words, *_turns(curve), *_plateau(curve)])


def read_categories(answer: str, names: Sequence[str], means: Sequence[float]) -> str:
    """Which values of a text column lift the answer most, and which pull it down."""
    order = sorted(range(len(means)), key=lambda at: means[at])
    low, high = order[0], order[-1]
    if len(order) < 2 or means[high] - means[low] == 0:
        return f"Its values hardly move {answer}."
    if means[low] >= 0:
        return f"{names[high]} lifts {answer} most, {names[low]} least."
    if means[high] <= 0:
        return f"{names[low]} pulls {answer} down most, {names[high]} least."
    return f"{names[high]} lifts {answer} most; {names[low]} pulls it down most."


def _crossings(curve: Curve) -> list[float]:
    """Where the line passes through zero, and stays beyond it by more than a trifle."""
    trifle = 0.05 * curve.swing
    found, side = [], 0
    last = curve.x[0]
    for x, y in zip(curve.x, curve.y, strict=True):
        here = 0 if abs(y) < trifle else 1 if y > 0 else -1
        if here and side and here != side:
            found.append((last + x) / 2)
        if here:
            side, last = here, x
    return found


def _first_words(column: str, answer: str, curve: Curve, crossings: list[float]) -> list[str]:
    middle = curve.y[0] if abs(curve.y[0]) > 0.05 * curve.swing else sum(curve.y)
    lifts = f"lifts {answer}", f"pulls {answer} down"
    first, second = lifts if middle > 0 else reversed(lifts)
    if not crossings:
        way = "higher" if curve.y[-1] > curve.y[0] else "lower"
        more = "." if _turns(curve) else f"; the more of it, the {way}."
        return [f"{column} {first} throughout{more}"]
    words = [f"Up to about {number(crossings[0])}, {column} {first}."]
    if len(crossings) == 1:
        return [*words, f"From there it {second.replace(answer, 'it')}."]
    until = number(crossings[1])
    return [
        *words,
        f"From there to about {until} it {second.replace(answer, 'it')}; then the way turns again.",
    ]


def _turns(curve: Curve) -> list[str]:
    """A peak or a trough that stands clear of both ends."""
    clear = 0.2 * curve.swing
    top = max(range(len(curve.y)), key=lambda at: curve.y[at])
    low = min(range(len(curve.y)), key=lambda at: curve.y[at])
    ends = (curve.y[0], curve.y[-1])
    if curve.y[top] - max(ends) > clear:
        return [f"It is highest near {number(curve.x[top])}."]
    if min(ends) - curve.y[low] > clear:
        return [f"It is lowest near {number(curve.x[low])}."]
    return []


def _plateau(curve: Curve) -> list[str]:
    """Where the last stretch becomes level, if it is at least a fifth of the range."""
    final = curve.y[-1]
    start = len(curve.y) - 1
    while start > 0 and abs(curve.y[start - 1] - final) <= LEVEL * curve.swing:
        start -= 1
    length = curve.x[-1] - curve.x[start]
    if start and length >= 0.2 * (curve.x[-1] - curve.x[0]):
        return [f"It levels off after {number(curve.x[start])}."]
    return []
