"""Gradient boosting by LightGBM."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.training.model_type import (
    ModelType,
    ModelTypeSpec,
    Rows,
    Settings,
    Task,
    Watch,
    leaves_of,
    patience_of,
)

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

_OBJECTIVES = {"two-categories": "binary", "many-categories": "multiclass", "number": "regression"}
_WATCHED = {"two-categories": "auc", "many-categories": "multi_logloss", "number": "l2"}


class LightgbmTrees(ModelType):
    """Trees that correct one another, grown leaf by leaf (LightGBM)."""

    spec = ModelTypeSpec(
        kind="lightgbm_trees",
        title="Gradient boosted trees (LightGBM)",
        line="Many small trees, each correcting the ones before; most often the best for tables.",
        flaml="lgbm",
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
        import lightgbm

        from canvas_app.runtime.estimators import LightgbmEstimator

        rounds = max(1, int(settings.get("n_estimators") or 100))
        params = self._params(task, settings)
        data = lightgbm.Dataset(rows.features, rows.target, params=params, free_raw_data=True)
        watched = [lightgbm.Dataset(watch.features, watch.target, reference=data)] if watch else []
        keeper = Watch(patience_of(settings), deadline)
        booster = lightgbm.train(
            params, data, rounds, valid_sets=watched, callbacks=[lambda told: _stop(keeper, told)]
        )
        booster.best_iteration = keeper.rounds
        kept = {**settings, "n_estimators": keeper.rounds}
        facts = self.facts(task, kept, format="lightgbm", file="model.txt", trees=keeper.rounds)
        return LightgbmEstimator(booster, facts, task.threads)

    def save(self, estimator: Estimator, folder: Path) -> None:
        """As LightGBM's own text, but for how many threads there were, which changes nothing."""
        text = estimator.native.model_to_string(num_iteration=estimator.native.best_iteration)
        text = "\n".join(line for line in text.split("\n") if not line.startswith("[num_threads:"))
        (folder / "model.txt").write_text(text, "utf-8")

    def starts(self, task: Task, rows: int, features: int) -> tuple[Settings, ...]:
        """Small trees with large steps, for a good model soon; then larger trees with small steps."""
        del task, features
        usual = {
            "min_child_samples": 20,
            "log_max_bin": 8,
            "colsample_bytree": 0.7,
            "reg_alpha": 1 / 1024,
            "reg_lambda": 1.0,
        }
        quick = {
            "n_estimators": min(150, rows),
            "num_leaves": min(31, leaves_of(rows)),
            "learning_rate": 0.15,
        }
        good = {
            "n_estimators": min(1_000, rows),
            "num_leaves": min(63, leaves_of(rows)),
            "learning_rate": 0.05,
        }
        return ({**usual, **quick}, {**usual, **good})

    def tries(self, task: Task, rows: int) -> tuple[Settings, ...]:
        """Many small trees with small steps, each looking at half of the features: slow to be misled."""
        del task
        small = {"num_leaves": min(15, leaves_of(rows)), "learning_rate": 0.03, "colsample_bytree": 0.5}
        return ({**small, "n_estimators": 2_000},)

    def _params(self, task: Task, settings: Settings) -> dict[str, Any]:
        own = {name: value for name, value in settings.items() if name != "n_estimators"}
        params = {
            **own,
            "objective": _OBJECTIVES[task.problem],
            "metric": _WATCHED[task.problem],
            "first_metric_only": True,
            "feature_pre_filter": False,
            "seed": task.seed,
            "num_threads": task.threads,
            "deterministic": True,
            "force_row_wise": True,
            "verbosity": -1,
        }
        return {**params, "num_class": task.classes} if task.problem == "many-categories" else params


def _stop(keeper: Watch, env: Any) -> None:
    from lightgbm.callback import EarlyStopException

    told = env.evaluation_result_list
    loss = None if not told else -told[0][2] if told[0][3] else told[0][2]
    if keeper.enough(env.iteration, loss):
        raise EarlyStopException(keeper.rounds - 1, told)
