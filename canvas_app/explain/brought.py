"""Effects of columns that a recipe made, handed on to the columns that a row brings; none is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from canvas_app.explain.effects import Effects

MadeFrom = Mapping[str, tuple[str, ...]]
"""From a column after the recipe to the columns of a row that it is computed from."""

_NAMED = 3
"""Columns that a clause lists by their names."""


def handed_on(effects: Effects, made_from: MadeFrom, brought: Sequence[str]) -> Effects:
    """The effects on ``brought``, in their order, equally shared where a column comes from several.

    A column that comes from none of them stays under its own name, so that parts still add up.
    """
    import numpy as np

    goes_to = {name: made_from.get(name) or (name,) for name in effects.columns}
    reached = {name for names in goes_to.values() for name in names}
    columns = tuple(dict.fromkeys([*(name for name in brought if name in reached), *sorted(reached)]))
    places = {name: at for at, name in enumerate(columns)}
    values = np.zeros((effects.values.shape[0], len(columns), effects.values.shape[2]))
    for at, names in enumerate(goes_to.values()):
        for name in names:
            values[:, places[name], :] += effects.values[:, at, :] / len(names)
    return replace(effects, columns=columns, values=values)


def sharing(made_from: MadeFrom, about: Sequence[str] | None = None) -> str:
    """A sentence on the columns whose part is shared by several, or by several with one of ``about``."""
    shared = [
        made
        for made, names in made_from.items()
        if len(names) > 1 and (about is None or any(name in names for name in about))
    ]
    if not shared:
        return ""
    if len(shared) > 1:
        return f"The parts of {_listed(shared)} are shared by the columns they are made from."
    return f"{shared[0]}'s part is shared by {_listed(made_from[shared[0]])}."


def _listed(names: Sequence[str]) -> str:
    shown = list(names) if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
