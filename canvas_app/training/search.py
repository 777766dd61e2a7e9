"""The one door to FLAML: it proposes settings, everything else is ours; its errors end here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import Json
from canvas_app.training.arrays import save_answers
from canvas_app.training.metrics import answers_of, loss_of, score_of
from canvas_app.training.model_type import MODEL_TYPES, ModelType, Rows, Settings, Task

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

Tell = Callable[[Mapping[str, Json]], None]

_TASKS = {"two-categories": "binary", "many-categories": "multiclass", "number": "regression"}
_NOT_SETTINGS = ("task", "n_jobs", "verbose", "verbosity", "random_state", "random_seed", "objective")
_MEMORY = 64 * 2**20
"""Bytes of trees above which FLAML proposes no settings."""
_QUICK = 4_000
"""Rows of a first fit that is there within a second."""
_TRIAL_SHARE = 0.4
"""Of the search's time, what one trial may take, so that there is time to fit its settings again."""
WATCHED_ROWS = 20_000
"""Validation rows by which boosting decides when to stop: all of a large table cost more than a round."""
_FEW_ANSWERS = 100_000
_MOST_ANSWERS = 2_000_000
"""Probabilities, or numbers, that are kept of one trial."""
_SAMPLED_FROM = 100_000
"""Rows from which FLAML begins on samples."""
_SMOKE_ROWS = 200
_SMOKE: Settings = {"n_estimators": 4}


class _Enough(BaseException):
    """The trials that were asked for are done; passes through FLAML, which catches errors only."""


class _LearnerFailed(Exception):
    """A family failed on settings that FLAML proposed."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass
class Judge:
    """Scores every fitted model on the validation rows, tells of it, and keeps each family's best on disk."""

    task: Task
    watch: Rows
    tell: Tell
    folder: Path
    saved: str = "best"
    number: int = 0
    configs: dict[str, tuple[float, Settings]] = field(default_factory=dict)
    _best: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keeper = _Keeper(self.folder, self.saved, self.tell)

    def judge(self, unit: ModelType, estimator: Estimator, rows: int, seconds: float) -> float:
        """The loss on the validation rows; ``seconds`` is what the fit took."""
        answers = answers_of(estimator, self.watch.features)
        score = score_of(self.task.problem, self.watch.target, answers)
        loss = loss_of(self.task.problem, score)
        self.number += 1
        facts = {
            "kind": unit.spec.kind,
            "score": score,
            "fit_seconds": seconds,
            "rows": rows,
            "settings": estimator.facts["settings"],
            "number": self.number,
        }
        gains = loss < self._best.get(unit.spec.kind, float("inf"))
        self.tell({"trial": {**facts, "answers": self._kept(answers, gains)}})
        if gains:
            self._best[unit.spec.kind] = loss
            self._keeper.keep(unit, estimator, self.number)
        return loss

    def _kept(self, answers: Any, gains: bool) -> str:
        """The file that holds what was said: of all where rows are few, else of a family's best."""
        if not gains and answers.size > _FEW_ANSWERS:
            return ""
        name = f"answers-{self.saved}-{self.number}.npy"
        save_answers(self.folder, name, answers[: _MOST_ANSWERS * len(answers) // max(1, answers.size)])
        return name

    def end(self) -> None:
        """Wait until the best is on disk."""
        self._keeper.end()


def search(judge: Judge, rows: Rows, *, trials: int | None, seconds: float | None) -> None:
    """Let FLAML propose settings until the trials or the seconds are over; tells of every trial.

    Families that fail on a few rows are passed over, and so are those that fail later.
    """
    began = time.monotonic()
    units = [unit for unit in _searched(judge.task) if _works(unit, judge, rows)]
    while units:
        left = None if seconds is None else seconds - (time.monotonic() - began)
        if left is not None and left <= 0:
            break
        try:
            _run(judge, rows, units, trials, left)
            break
        except _Enough:
            break
        except _LearnerFailed as failed:
            judge.tell({"note": _passed_over(MODEL_TYPES[failed.kind](), str(failed))})
            units = [unit for unit in units if unit.spec.kind != failed.kind]
    judge.end()


def tries(
    judge: Judge,
    kinds: tuple[str, ...],
    load: Callable[[ModelType], tuple[Rows, Rows]],
    seconds: float | None = None,
) -> None:
    """Fit families with settings of their own, on some rows first where a fit can't be interrupted.

    Those that can grow no longer than ``seconds``.
    """
    until = None if seconds is None else time.monotonic() + seconds
    for kind in kinds:
        unit = MODEL_TYPES[kind]()
        rows, judge.watch = load(unit)
        asked = unit.tries(judge.task, len(rows))
        quick = [(asked[0], rows.first(_QUICK))] if len(rows) > _QUICK and not unit.spec.stops else []
        for settings, some in (*quick, *((settings, rows) for settings in asked)):
            began = time.monotonic()
            watch = judge.watch.first(WATCHED_ROWS)
            try:
                estimator = unit.fit(judge.task, settings, some, watch, until)
            except Exception as error:  # noqa: BLE001 (noqa: house) the door: what a library raises ends here
                judge.tell({"note": _passed_over(unit, _first_line(error))})
                break
            judge.judge(unit, estimator, len(some), time.monotonic() - began)
    judge.end()


def _run(judge: Judge, rows: Rows, units: list[ModelType], trials: int | None, seconds: float | None) -> None:
    from flaml.automl.automl import AutoML
    from flaml.automl.task.factory import task_factory

    kind = _TASKS[judge.task.problem]
    known = task_factory(kind)
    limit = None if seconds is None else max(0.1, seconds * _TRIAL_SHARE)
    automl: Any = AutoML()  # type: ignore[no-untyped-call]  # FLAML has types in part
    for unit in units:
        base = known.estimator_class_from_str(unit.spec.flaml)
        automl.add_learner(unit.spec.flaml, _learner(unit, base, judge, limit))
    automl.fit(
        X_train=rows.features,
        y_train=rows.target,
        X_val=judge.watch.features,
        y_val=judge.watch.target,
        task=kind,
        metric=_metric(judge, trials),
        time_budget=-1 if seconds is None else seconds,
        max_iter=None if trials is None else max(2, trials),
        estimator_list=[unit.spec.flaml for unit in units],
        starting_points={unit.spec.flaml: _starts(unit, judge, rows) for unit in units},
        eval_method="holdout",
        retrain_full=False,
        ensemble=False,
        auto_augment=False,
        allow_label_overlap=False,
        skip_transform=True,
        mlflow_logging=False,
        sample=len(rows) > _SAMPLED_FROM,
        early_stop=seconds is not None,
        mem_thres=_MEMORY,
        n_jobs=judge.task.threads,
        seed=judge.task.seed,
        verbose=0,
    )


def _metric(judge: Judge, trials: int | None) -> Callable[..., tuple[float, dict[str, float]]]:
    """What FLAML calls after each fit: the judge's loss; ends the search after so many trials."""

    def metric(*given: Any) -> tuple[float, dict[str, float]]:
        _, _, fitted, _, learned = given[:5]
        loss = judge.judge(fitted.unit, fitted.model, len(learned), fitted.seconds)
        if loss < judge.configs.get(fitted.unit.spec.flaml, (float("inf"), {}))[0]:
            judge.configs[fitted.unit.spec.flaml] = (loss, given[8])
        if trials is not None and judge.number >= trials:
            raise _Enough
        return loss, {}

    return metric


def _learner(unit_of: ModelType, base: Any, judge: Judge, limit: float | None) -> Any:
    """FLAML's learner with its space and its costs; fitting is ours."""

    class Learner(base):  # type: ignore[misc]  # FLAML ships no types
        """One set of settings of a family."""

        unit = unit_of
        seconds = 0.0

        @classmethod
        def size(cls, config: dict[str, Any]) -> float:
            """Bytes of the trees, which FLAML keeps below its limit."""
            return float(base.size(config)) * unit_of.heaviness

        def fit(self, X_train: Any, y_train: Any, budget: float | None = None, *_: Any, **__: Any) -> float:  # noqa: N803 - FLAML calls it so
            """Fit within the time that FLAML gives, and learn how many trees came of it."""
            began = time.monotonic()
            watch = judge.watch.first(WATCHED_ROWS)
            given = [span for span in (budget, limit) if span is not None]
            deadline = began + min(given) if given and limit is not None else None
            settings = {name: value for name, value in self.params.items() if name not in _NOT_SETTINGS}
            try:
                found = unit_of.fit(judge.task, _plain(settings), Rows(X_train, y_train), watch, deadline)
            except Exception as error:  # (noqa: house) the door: what a library raises ends here
                raise _LearnerFailed(unit_of.spec.kind, _first_line(error)) from error
            self._model = found
            self.params["n_estimators"] = found.facts["settings"]["n_estimators"]
            self.seconds = time.monotonic() - began
            return self.seconds

    return Learner


def _starts(unit: ModelType, judge: Judge, rows: Rows) -> list[dict[str, Json]]:
    """The best known settings of a family, or else those that it sets out from."""
    if unit.spec.flaml in judge.configs:
        return [dict(judge.configs[unit.spec.flaml][1])]
    return [dict(start) for start in unit.starts(judge.task, len(rows), rows.features.shape[1])]


def _searched(task: Task) -> list[ModelType]:
    """The families that FLAML searches, cheap ones first."""
    order = ("lgbm", "xgboost", "extra_tree", "rf")
    units = [unit() for unit in MODEL_TYPES if unit.spec.flaml and task.problem in unit.spec.problems]
    return sorted(
        units, key=lambda unit: order.index(unit.spec.flaml) if unit.spec.flaml in order else len(order)
    )


def _works(unit: ModelType, judge: Judge, rows: Rows) -> bool:
    """Whether a family can be fitted at all, tried on a few rows."""
    few = Rows(judge.watch.features[:_SMOKE_ROWS], judge.watch.target[:_SMOKE_ROWS])
    try:
        answers_of(unit.fit(judge.task, _SMOKE, rows.first(_SMOKE_ROWS)), few.features)
    except Exception as error:  # noqa: BLE001 (noqa: house) the door: what a library raises ends here
        judge.tell({"note": _passed_over(unit, _first_line(error))})
        return False
    return True


def _plain(settings: Mapping[str, Any]) -> dict[str, Json]:
    """Settings as JSON can hold them, without numpy's own numbers."""
    return {name: value.item() if hasattr(value, "item") else value for name, value in settings.items()}


def _passed_over(unit: ModelType, reason: str) -> str:
    return f"{unit.spec.title} was passed over, since it can't be fitted to these rows ({reason})."


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


class _Keeper:
    """Writes models to disk beside the search; a family's newer best replaces one that waits."""

    def __init__(self, folder: Path, name: str, tell: Tell) -> None:
        self._folder, self._name, self._tell = folder, name, tell
        self._waiting: dict[str, tuple[ModelType, Estimator, int]] = {}
        self._ended = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)
        self._thread.start()

    def keep(self, unit: ModelType, estimator: Estimator, number: int) -> None:
        """Write this one next."""
        with self._news:
            self._waiting[unit.spec.kind] = (unit, estimator, number)
            self._news.notify()

    def end(self) -> None:
        """Write what still waits, and stop."""
        with self._news:
            self._ended = True
            self._news.notify()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: bool(self._waiting) or self._ended)
                if not self._waiting:
                    return
                unit, estimator, number = self._waiting.pop(next(iter(self._waiting)))
            folder = self._folder / f"{self._name}-{number}"
            began = time.monotonic()
            unit.keep(estimator, folder)
            seconds = time.monotonic() - began
            self._tell({"saved": {"number": number, "folder": str(folder), "seconds": seconds}})
