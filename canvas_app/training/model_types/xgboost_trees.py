"""Gradient boosting by XGBoost."""

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

_OBJECTIVES = {
    "two-categories": "binary:logistic",
    "many-categories": "multi:softprob",
    "number": "reg:squarederror",
}
_WATCHED = {"two-categories": "auc", "many-categories": "mlogloss", "number": "rmse"}


class XgboostTrees(ModelType):
    """Trees that correct one another, with two kinds of restraint (XGBoost)."""

    spec = ModelTypeSpec(
        kind="xgboost_trees",
        title="Gradient boosted trees (XGBoost)",
        line="Like LightGBM, grown in another way; now and then the better of the two.",
        flaml="xgboost",
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
        import xgboost

        from canvas_app.runtime.estimators import XgboostEstimator

        rounds = max(1, int(settings.get("n_estimators") or 100))
        data = xgboost.DMatrix(rows.features, rows.target, nthread=task.threads)
        watched = (
            [(xgboost.DMatrix(watch.features, watch.target, nthread=task.threads), "w")] if watch else []
        )
        keeper = Watch(patience_of(settings), deadline)
        booster = xgboost.train(
            self._params(task, settings),
            data,
            rounds,
            evals=watched,
            callbacks=[_stopper(keeper, _WATCHED[task.problem])],
            verbose_eval=False,
        )
        kept = {**settings, "n_estimators": keeper.rounds}
        facts = self.facts(task, kept, format="xgboost", file="booster.json")
        return XgboostEstimator(booster[: keeper.rounds], facts, task.threads)

    def save(self, estimator: Estimator, folder: Path) -> None:
        """As XGBoost's own JSON."""
        (folder / "booster.json").write_bytes(bytes(estimator.native.save_raw("json")))

    def starts(self, task: Task, rows: int, features: int) -> tuple[Settings, ...]:
        """Small trees with large steps, for a good model soon; then larger trees with small steps."""
        del task, features
        usual = {
            "min_child_weight": 1.0,
            "subsample": 0.9,
            "colsample_bylevel": 1.0,
            "colsample_bytree": 0.7,
            "reg_alpha": 1 / 1024,
            "reg_lambda": 1.0,
        }
        quick = {"n_estimators": min(150, rows), "max_leaves": min(31, leaves_of(rows)), "learning_rate": 0.2}
        good = {
            "n_estimators": min(1_000, rows),
            "max_leaves": min(48, leaves_of(rows)),
            "learning_rate": 0.07,
        }
        return ({**usual, **quick}, {**usual, **good})

    def _params(self, task: Task, settings: Settings) -> dict[str, Any]:
        own = {name: value for name, value in settings.items() if name != "n_estimators"}
        params = {
            **own,
            "objective": _OBJECTIVES[task.problem],
            "eval_metric": _WATCHED[task.problem],
            "seed": task.seed,
            "nthread": task.threads,
            "verbosity": 0,
        }
        return {**params, "num_class": task.classes} if task.problem == "many-categories" else params


def _stopper(keeper: Watch, metric: str) -> Any:
    from xgboost.callback import TrainingCallback

    class Stopper(TrainingCallback):
        """Asks the keeper after every round."""

        def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
            """Whether to stop."""
            del model
            told = evals_log["w"][metric][-1] if evals_log else None
            return keeper.enough(epoch, -told if told is not None and metric == "auc" else told)

    return Stopper()
