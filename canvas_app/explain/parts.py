"""What each feature adds to a model's margin, by the exact method that fits the kind of model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from canvas_app.explain.effects import Unit

LEAVES_AT_ONCE = 60e6
"""Rows times leaves that are explained at most: about 5 s on one core."""


@dataclass(frozen=True)
class Explainer:
    """A way to split margins into parts: features in, ``(parts, base)`` out."""

    split: Callable[[Any], tuple[Any, Any]]
    """(rows, features) to parts of shape (rows, features, outputs) and base of shape (outputs,)."""
    unit: Unit
    cost: float
    """Leaves that one row passes by; 0 where splitting costs nothing to speak of."""


def of_lightgbm(booster: Any, unit: Unit) -> Explainer:
    """LightGBM's own tree SHAP (``pred_contrib``)."""

    def split(matrix: Any) -> tuple[Any, Any]:
        flat = booster.predict(matrix, pred_contrib=True)
        return _with_base_last(flat.reshape(len(matrix), -1, matrix.shape[1] + 1))

    leaves = sum(tree["num_leaves"] for tree in booster.dump_model()["tree_info"])
    return Explainer(split, unit, float(leaves))


def of_xgboost(booster: Any, unit: Unit, trees: int | None = None) -> Explainer:
    """XGBoost's own tree SHAP (``pred_contribs``), from the first ``trees`` rounds if given."""
    import xgboost

    def split(matrix: Any) -> tuple[Any, Any]:
        rows = xgboost.DMatrix(matrix, feature_names=booster.feature_names)
        found = booster.predict(rows, pred_contribs=True, iteration_range=(0, trees or 0)).astype(float)
        return _with_base_last(found.reshape(len(matrix), -1, matrix.shape[1] + 1))

    leaves = sum(text.count("leaf=") for text in booster.get_dump())
    return Explainer(split, unit, float(leaves))


def of_catboost(model: Any, unit: Unit) -> Explainer:
    """CatBoost's own tree SHAP (``ShapValues``)."""

    def split(matrix: Any) -> tuple[Any, Any]:
        import numpy as np
        from catboost import Pool

        found = np.asarray(model.get_feature_importance(Pool(matrix), type="ShapValues"), dtype=float)
        return _with_base_last(found if found.ndim == 3 else found[:, None, :])

    return Explainer(split, unit, float(sum(model.get_tree_leaf_counts())))


def of_forest(forest: Any, unit: Unit) -> Explainer:
    """Path-dependent tree SHAP (``shap.TreeExplainer``) of a scikit-learn forest."""
    explainer = tree_explainer(forest, feature_perturbation="tree_path_dependent")

    def split(matrix: Any) -> tuple[Any, Any]:
        import numpy as np

        found = np.asarray(explainer.shap_values(matrix, check_additivity=False), dtype=float)
        parts = found if found.ndim == 3 else found[:, :, None]
        base = np.atleast_1d(np.asarray(explainer.expected_value, dtype=float))
        return (parts[:, :, 1:], base[1:]) if len(base) == 2 else (parts, base)

    leaves = sum(float(tree.tree_.n_leaves) for tree in forest.estimators_)
    return Explainer(split, unit, leaves)


def tree_explainer(model: Any, **choices: Any) -> Any:
    """SHAP's own explainer of trees, imported without its complaints about matplotlib's colour maps."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)  # at import of shap.plots, 0.51
        import shap
    return shap.TreeExplainer(model, **choices)


def of_linear(weights: Any, intercept: Any, centre: Any, unit: Unit) -> Explainer:
    """The exact formula: weight times distance from ``centre``, the average row.

    ``weights`` has the shape (outputs, features); Lundberg and Lee 2017, corollary 1.
    """
    import numpy as np

    slopes = np.atleast_2d(np.asarray(weights, dtype=float))
    middle = np.asarray(centre, dtype=float)
    base = np.atleast_1d(np.asarray(intercept, dtype=float)) + slopes @ middle

    def split(matrix: Any) -> tuple[Any, Any]:
        return (np.asarray(matrix, dtype=float) - middle)[:, :, None] * slopes.T[None, :, :], base

    return Explainer(split, unit, 0.0)


def of_constant(base: Any, unit: Unit) -> Explainer:
    """A model which looks at nothing: all parts are zero."""
    import numpy as np

    level = np.atleast_1d(np.asarray(base, dtype=float))

    def split(matrix: Any) -> tuple[Any, Any]:
        return np.zeros((len(matrix), matrix.shape[1], len(level))), level

    return Explainer(split, unit, 0.0)


def _with_base_last(blocks: Any) -> tuple[Any, Any]:
    """(rows, outputs, features + 1) with the base in the last place, taken apart."""
    import numpy as np

    parts = np.swapaxes(blocks[:, :, :-1], 1, 2)
    base = blocks[0, :, -1] if len(blocks) else np.zeros(blocks.shape[1])
    return parts, base
