"""Splits what a blend says into parts: the weighted mean of its members' parts, all in one unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from canvas_app.explain.parts import Explainer

_NODES = 40
"""Of the integral along the way from the base to the margin: exact to 1e-7 for differences up to 30."""


@dataclass(frozen=True)
class Share:
    """A member's explainer, its weight, and which of all features it looks at."""

    explainer: Explainer
    weight: float
    start: int
    end: int


def of_blend(shares: Sequence[Share], classes: int) -> Explainer:
    """Parts of the members' probabilities or numbers, weighted and added up feature by feature."""
    own = [in_probability(share.explainer, classes) if classes else share.explainer for share in shares]

    def split(matrix: Any) -> tuple[Any, Any]:
        import numpy as np

        whole = np.zeros((*matrix.shape, classes if classes > 2 else 1))
        level: Any = 0.0
        for share, explainer in zip(shares, own, strict=True):
            parts, base = explainer.split(matrix[:, share.start : share.end])
            whole[:, share.start : share.end] += share.weight * parts
            level = level + share.weight * base
        return whole, level

    cost = sum(share.explainer.cost for share in shares)
    return Explainer(split, "probability" if classes else "target", cost)


def in_probability(explainer: Explainer, classes: int) -> Explainer:
    """The same parts in probability, for a model whose parts are in log-odds.

    Each part is handed on through the softmax by the mean of its derivatives on the straight way from the
    base to the margin, so that parts and base add up to the probability: integrated gradients (Sundararajan
    et al. 2017), which for one output is the rescale rule by which G-DeepSHAP hands Shapley values through
    a series of models (Chen, Lundberg and Lee 2022).
    """
    if explainer.unit != "log-odds":
        return explainer
    through: Callable[[Any, Any], tuple[Any, Any]] = _through_sigmoid if classes == 2 else _through_softmax

    def split(matrix: Any) -> tuple[Any, Any]:
        parts, base = explainer.split(matrix)
        return through(parts, base)

    return Explainer(split, "probability", explainer.cost)


def _through_sigmoid(parts: Any, base: Any) -> tuple[Any, Any]:
    """(rows, features, 1) of log-odds; the mean of the derivative has a closed form."""
    import numpy as np

    moved = parts.sum(axis=1, keepdims=True)
    level, reached = _sigmoid(base), _sigmoid(base + moved)
    near = np.abs(moved) < 1e-6
    slope = np.where(near, level * (1 - level), (reached - level) / np.where(near, 1.0, moved))
    return parts * slope, level


def _through_softmax(parts: Any, base: Any) -> tuple[Any, Any]:
    """(rows, features, classes) of margins; the mean of the derivatives by Gauss-Legendre."""
    import numpy as np

    places, weights = np.polynomial.legendre.leggauss(_NODES)
    moved = parts.sum(axis=1)
    whole = np.zeros_like(parts)
    for place, weight in zip((places + 1) / 2, weights / 2, strict=True):
        shares = _softmax(base + place * moved)
        weighed = np.einsum("njc,nc->nj", parts, shares)
        whole += weight * shares[:, None, :] * (parts - weighed[:, :, None])
    return whole, _softmax(base)


def _sigmoid(margin: Any) -> Any:
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(margin, -500, 500)))


def _softmax(margins: Any) -> Any:
    import numpy as np

    risen = np.exp(margins - margins.max(axis=-1, keepdims=True))
    return risen / risen.sum(axis=-1, keepdims=True)
