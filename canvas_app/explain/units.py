"""What effects are counted in: as the label of an axis, and in words that need no statistics."""

from __future__ import annotations

from canvas_app.explain.effects import Effects

_ROOM = 16
"""Letters of a target's name that fit beside a chart."""


def axis_label(effects: Effects, target: str) -> str:
    """The effect with its unit: ``effect, log-odds``; for a number, the target whose unit it has."""
    if effects.unit != "target":
        return f"effect, {effects.unit}"
    name = target if len(target) <= _ROOM else f"{target[: _ROOM - 1]}…"
    return f"effect, in {name}"


def lay_words(effects: Effects) -> str:
    """A sentence on the unit where it isn't plain by itself: 1 / (1 + exp(-2)) is 0.88, exp(1) is 2.7."""
    if effects.unit != "log-odds":
        return ""
    if len(effects.base) == 1:
        return "Log-odds: 0 is even chances, +2 is about 88 in 100."
    return "Log-odds: each +1 makes an answer about 2.7 times as likely, compared with the others."
