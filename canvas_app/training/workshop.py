"""The process beside the search: it tries what FLAML doesn't search, compares, fits for good, and answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.data.files import file_errors
from canvas_app.jobs.job import Report
from canvas_app.training.learner_process import LearnerProcess
from canvas_app.training.metrics import answers_of
from canvas_app.training.model_type import Task

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

_BEAT = 0.05
"""Seconds between two looks at the process."""


@dataclass(frozen=True)
class Order:
    """One fit for good: of which family, with which settings, and where the model is to lie."""

    kind: str
    title: str
    settings: Mapping[str, Json]
    out: Path
    watched: bool = False
    """Whether some rows are held back that say when to stop."""


@dataclass
class Workshop:
    """One process, replaced by another where it hangs, dies, or is busy with what nobody needs any more."""

    folder: Path
    """Scratch; the features lie there."""
    threads: int
    report: Report
    process: LearnerProcess = field(init=False)

    def __post_init__(self) -> None:
        self._start("tries")

    def _start(self, purpose: str) -> None:
        self.process = LearnerProcess(self.folder, purpose, self.threads)
        self.process.order("warm", **{"for": purpose})

    def renew(self) -> None:
        """Another process in the place of this one."""
        self.process.end()
        self._start("fit")

    def fit(
        self, task: Task, order: Order, seconds: float | None, soft: float | None
    ) -> Mapping[str, Any] | None:
        """Fit to all rows but the test: how it ended, or None where it didn't in so many ``seconds``.

        After ``soft`` seconds boosting and forests stop growing.
        """
        self.process.order(
            "fit",
            task=asdict(task),
            kind=order.kind,
            settings=dict(order.settings),
            out=str(order.out),
            seconds=soft,
            watched=order.watched,
        )
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            self.report(0.9, f"Fitting {order.title} to all rows but the test")
            alive = self.process.alive(_BEAT)
            for news in self.process.news():
                if "fitted" in news:
                    told: Any = news["fitted"]
                    return dict(told)
                if news.get("done") == "fit":
                    return None
            if not alive or (until is not None and time.monotonic() > until):
                return None

    def answer(self, model: Path, features: Any) -> Any:
        """What the model in a folder says: probabilities (n, k), or numbers (n,). Raises ``CanvasError``."""
        import numpy as np

        if not self.process.alive():
            return answers_of(_loaded(model, self.threads), features)
        with file_errors(self.folder):
            np.save(self.folder / "asked.npy", features, allow_pickle=False)
        self.process.order("answer", model=str(model), threads=self.threads)
        while True:
            self.report(0.95, "Measuring on the test rows")
            alive = self.process.alive(_BEAT)
            if any(news.get("done") == "answer" for news in self.process.news()):
                return np.load(self.folder / "said.npy", allow_pickle=False)
            if not alive:
                hint = f"Try again with fewer rows. This is what is known: {self.process.last_words()}"
                raise CanvasError("The model could not be measured.", hint=hint)


def _loaded(model: Path, threads: int) -> Estimator:
    """The model in a folder, loaded here: sooner than a new process could be there."""
    import json

    from canvas_app.runtime.estimators import load_estimator

    estimator = load_estimator(model, json.loads((model / "model.json").read_text("utf-8")))
    estimator.threads = threads
    return estimator
