"""Chooses the exact way to split margins for an estimator as it lies in a model's folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.explain.blend_parts import Share, of_blend
from canvas_app.explain.effects import Unit
from canvas_app.explain.parts import (
    Explainer,
    of_catboost,
    of_constant,
    of_forest,
    of_lightgbm,
    of_linear,
    of_xgboost,
)
from canvas_app.runtime.blend import BlendEstimator, Member

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator


def explainer_of(estimator: Estimator, average_row: Callable[[], Any]) -> Explainer:
    """The explainer of an estimator; ``average_row`` gives the mean of the features, if it is needed.

    Raises ``CanvasError`` for a format that can only be asked, not looked into.
    """
    if isinstance(estimator, BlendEstimator):
        return of_blend([_share(member, average_row) for member in estimator.members], estimator.classes)
    unit: Unit = "log-odds" if estimator.classes else "target"
    native = estimator.native
    match estimator.format:
        case "lightgbm":
            return of_lightgbm(native, unit)
        case "xgboost":
            return of_xgboost(native, unit, int(estimator.facts.get("trees") or 0))
        case "catboost":
            return of_catboost(native, unit)
        case "constant":
            return of_constant(_margin_of_any_row(estimator), unit)
        case "skops" if hasattr(native, "estimators_"):
            forest = of_forest(native, "probability" if estimator.classes else "target")
            return _placed(forest, native, estimator.classes)
        case "skops":
            linear = of_linear(native.coef_, native.intercept_, average_row(), unit)
            return _placed(linear, native, estimator.classes)
    raise CanvasError(
        f"A model in the format {estimator.format} can't be looked into.",
        hint="Explain the model in the project that it was built in.",
    )


def _share(member: Member, average_row: Callable[[], Any]) -> Share:
    explainer = explainer_of(member.estimator, lambda: average_row()[member.start : member.end])
    return Share(explainer, member.weight, member.start, member.end)


def _placed(explainer: Explainer, native: Any, classes: int) -> Explainer:
    """Outputs by class number, also where a class was not among the rows that were learned from."""
    known = getattr(native, "classes_", None)
    if classes <= 2 or known is None or len(known) == classes:
        return explainer

    def split(matrix: Any) -> tuple[Any, Any]:
        import numpy as np

        parts, base = explainer.split(matrix)
        all_parts = np.zeros((*parts.shape[:2], classes))
        all_base = np.zeros(classes)
        places = np.asarray(known, dtype=int)
        all_parts[:, :, places], all_base[places] = parts, base
        return all_parts, all_base

    return Explainer(split, explainer.unit, explainer.cost)


def _margin_of_any_row(estimator: Estimator) -> Any:
    import numpy as np

    return estimator.margins(np.zeros((1, 1)))[0]
