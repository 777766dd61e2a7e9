"""Gradient boosting by CatBoost."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.training.model_type import (
    ModelType,
    ModelTypeSpec,
    Rows,
    Settings,
    Task,
    Watch,
    patience_of,
)

if TYPE_CHECKING:
    from canvas_app.base.spec import Json
    from canvas_app.runtime.estimators import Estimator

_OBJECTIVES = {"two-categories": "Logloss", "many-categories": "MultiClass", "number": "RMSE"}
_WATCHED = {"two-categories": "AUC", "many-categories": "MultiClass", "number": "RMSE"}
_KEPT = ("features_info", "oblivious_trees", "scale_and_bias")
"""What answers need of CatBoost's JSON; the rest says when and by which build it was fitted."""


class CatboostTrees(ModelType):
    """Trees that ask one question per level, and correct one another (CatBoost)."""

    spec = ModelTypeSpec(
        kind="catboost_trees",
        title="Gradient boosted trees (CatBoost)",
        line="Boosted trees of an even shape: they err elsewhere than the others, and seldom by much.",
        stops=True,
    )

    def fit(
        self,
        task: Task,
        settings: Settings,
        rows: Rows,
        watch: Rows | None = None,
        deadline: float | None = None,
    ) -> Estimator:
        """Boost until the watched rows gain no more, or the deadline comes."""
        from catboost import CatBoost, Pool

        from canvas_app.runtime.estimators import CatboostEstimator

        keeper = Watch(patience_of(settings), deadline)
        model = CatBoost(self._params(task, settings))
        model.fit(
            Pool(rows.features, rows.target),
            eval_set=Pool(watch.features, watch.target) if watch else None,
            callbacks=[_Stopper(keeper, _WATCHED[task.problem])],
        )
        kept: dict[str, Json] = {**settings, "n_estimators": keeper.rounds}
        facts = self.facts(task, kept, format="catboost", file="catboost.json", trees=keeper.rounds)
        model.shrink(keeper.rounds)
        return CatboostEstimator(_plain(model, _OBJECTIVES[task.problem]), facts, task.threads)

    def save(self, estimator: Estimator, folder: Path) -> None:
        """As CatBoost's own JSON."""
        from canvas_app.runtime.estimators import CatboostEstimator

        assert isinstance(estimator, CatboostEstimator)
        (folder / "catboost.json").write_bytes(estimator.text)

    def tries(self, task: Task, rows: int) -> tuple[Settings, ...]:
        """Trees of usual depth, then deeper ones."""
        del task, rows
        usual = {"n_estimators": 1_000, "learning_rate": 0.08, "depth": 6, "l2_leaf_reg": 3.0}
        return (usual, {**usual, "learning_rate": 0.05, "depth": 8})

    def _params(self, task: Task, settings: Settings) -> dict[str, Any]:
        own = {name: value for name, value in settings.items() if name != "n_estimators"}
        classes = {"classes_count": task.classes} if task.problem == "many-categories" else {}
        return {
            **own,
            **classes,
            "iterations": max(1, int(settings.get("n_estimators") or 100)),
            "loss_function": _OBJECTIVES[task.problem],
            "eval_metric": _WATCHED[task.problem],
            "random_seed": task.seed,
            "thread_count": task.threads,
            "logging_level": "Silent",
            "allow_writing_files": False,
            "use_best_model": False,
        }


class _Stopper:
    """Asks the keeper after every round."""

    def __init__(self, keeper: Watch, metric: str) -> None:
        self._keeper, self._metric = keeper, metric

    def after_iteration(self, info: Any) -> bool:
        """Whether to go on."""
        told = (info.metrics or {}).get("validation", {}).get(self._metric)
        loss = None if not told else -told[-1] if self._metric == "AUC" else told[-1]
        return not self._keeper.enough(info.iteration - 1, loss)


def _plain(model: Any, objective: str) -> bytes:
    """The model as JSON, without what differs from one fit to the next."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        saved = json.loads(path.read_text("utf-8"))
    held = {name: saved[name] for name in _KEPT}
    held["model_info"] = {"params": {"loss_function": {"type": objective}}}
    return json.dumps(held, sort_keys=True).encode()
