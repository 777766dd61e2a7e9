"""Families compete on the validation rows within a budget that is kept here, on the monotonic clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.data.files import file_errors
from canvas_app.jobs.job import Report
from canvas_app.training import runoff
from canvas_app.training.blind import blind_trials, fit_blind
from canvas_app.training.entry import Entry, best_of, finalists
from canvas_app.training.learner_process import LearnerProcess
from canvas_app.training.metrics import SEARCH_METRIC, answers_of, loss_of, measure_of
from canvas_app.training.model import Candidate, Trial
from canvas_app.training.model_type import MODEL_TYPES, Task

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

_BEAT = 0.05
"""Seconds between two looks at the processes."""
_TRIES_SHARE = 0.35
"""Of the time for the search, what the families get that can't be interrupted, once they were fitted."""
_REFIT_SLACK = 1.1
"""How much longer than in proportion to its rows the last fit is taken to be."""
_MORE_TREES = 4
"""How many times the trees found on a sample there may be for all rows, if they still help."""
_WHOLE = 0.9
"""Share of the trees found in the search that a last fit must reach to be taken."""


@dataclass(frozen=True)
class Plan:
    """What the contest is about, and how long it may take."""

    task: Task
    train: int
    """Training rows."""
    rows: int
    """Training and validation rows together."""
    trials: int | None = None
    deadline: float | None = None
    """On the monotonic clock: when the last fit must be on disk."""


@dataclass
class Contest:
    """Runs the search and the other tries side by side, and fits the best once more to more rows.

    Its processes load their libraries while the rows are still being read.
    """

    folder: Path
    """Scratch; the features of both parts lie there before ``run``."""
    threads: int
    report: Report
    plan: Plan = field(init=False)
    entries: list[Entry] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        self._search = LearnerProcess(self.folder, "search", self.threads)
        self._search.order("warm", **{"for": "search"})
        self._other = LearnerProcess(self.folder, "tries", self.threads)
        self._other.order("warm", **{"for": "tries"})
        self._saved: dict[str, Mapping[str, Any]] = {}
        self._over: set[str] = set()

    def close(self) -> None:
        """End every process."""
        self._search.end()
        self._other.end()

    def run(self, plan: Plan) -> None:
        """Let the families compete until the budget is over, or the person has seen enough.

        Raises ``CanvasError`` when the search crashed before it found anything.
        """
        self.plan, began = plan, time.monotonic()
        left = None if plan.deadline is None else max(1.0, plan.deadline - began)
        for told in blind_trials(plan.task, self.folder):
            self._enter("", told)
        self._search.order("search", task=asdict(plan.task), trials=plan.trials, seconds=left)
        self._other.order("tries", task=asdict(plan.task), kinds=list(_not_searched(plan.task)))
        while not self._decided(began, left):
            self._listen()
            self.report(self._done(began, left), self._words())
            self._look_after(began, left)
            self._search.alive(_BEAT)
        self._listen()
        if not self._tried() and "tries" not in self._over:
            self._search.end()
            self._await_try(self._tried)
        if not self.entries:
            raise CanvasError(
                "No model could be fitted.", hint="Give it more time, or fewer rows and columns."
            )

    def _await_try(self, there: Callable[[], bool]) -> None:
        """Wait for a fit of what must stand on the leaderboard, or until its process is at its end."""
        while not there() and "tries" not in self._over and self._other.alive(_BEAT):
            self._listen()
            self.report(0.85, "Fitting a linear model")
        self._listen()

    def _try_once(self) -> None:
        """Fit once, in a new process, what must stand on the leaderboard; until it is on disk."""
        self._renew("")
        self._over.discard("tries")
        task = asdict(self.plan.task)
        self._other.order("tries", task=task, kinds=list(_not_searched(self.plan.task)), most=1)
        self._await_try(lambda: bool(self._saved))

    def _decided(self, began: float, left: float | None) -> bool:
        if self.report.enough and (self._tried() or "tries" in self._over):
            return True
        if left is not None:
            reserved = self._cost(self.best) + runoff.reserved(self.entries, self.plan.rows, left)
            if time.monotonic() >= began + left - reserved:
                return True
        return {"search", "tries"} <= self._over

    def _look_after(self, began: float, left: float | None) -> None:
        """Notice a process that died; end the other tries when their share of the time is over."""
        if "search" not in self._over and not self._search.alive():
            self._listen()
            self._search_died()
        if "tries" in self._over:
            return
        dead = not self._other.alive()
        self._listen()
        if dead and "tries" not in self._over:
            self._renew(f"The linear model was cut short by a crash ({self._crash(self._other)}).")
        elif left is not None and self._tried() and time.monotonic() > began + left * _TRIES_SHARE:
            self._renew("")

    def _tried(self) -> bool:
        """Whether a family stands on the leaderboard that FLAML doesn't search."""
        return any(entry.process == "tries" for entry in self.entries)

    def _search_died(self) -> None:
        if "search" in self._over:
            return
        self._over.add("search")
        words = self._search.last_words()
        if not any(entry.process for entry in self.entries):
            raise CanvasError(
                "The search for a model ended unexpectedly before it found one.",
                hint=f"Try fewer rows or columns, or close other programs. This is what is known: {words}",
            )
        known = self._crash(self._search)
        self.notes.append(f"The search ended early, and the best until then was kept ({known}).")

    def _crash(self, process: LearnerProcess) -> str:
        return process.last_words().splitlines()[0]

    def _renew(self, note: str) -> None:
        """Another process in the place of the one for tries and the last fit."""
        if note:
            self.notes.append(note)
        self._over.add("tries")
        self._other.end()
        self._listen()
        self._other = LearnerProcess(self.folder, "fit", self.threads)
        self._other.order("warm", **{"for": "fit"})

    @property
    def best(self) -> Entry:
        """The entry with the smallest loss; the first of equals."""
        return best_of(self.entries)

    def leaderboard(self, chosen: Entry) -> tuple[Candidate, ...]:
        """Each family at its best, the best first."""
        best: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.kind not in best or entry.loss < best[entry.kind].loss:
                best[entry.kind] = entry
        best[chosen.kind] = chosen
        found = sorted(best.values(), key=lambda entry: entry.loss)
        return tuple(replace(self._candidate(entry), chosen=entry is chosen) for entry in found)

    def fit_best(self) -> tuple[Entry, Path]:
        """Fit the best settings to training and validation rows; the entry, and the folder with its model.

        Where the time doesn't suffice, the model of the search is taken, which saw the training rows alone.
        """
        self._search.end()
        self._listen()
        chosen, out = self._settled(), self.folder / "final"
        if not chosen.process:
            self._note_if_nothing_learned()
            return self._fit_blind(chosen)
        seconds = self._seconds_left()
        if seconds is None or seconds > 0.5 * self._cost(chosen):
            if "tries" not in self._over:
                self._renew("")
            if self._fitted(chosen, out, seconds):
                return chosen, out
            self._other.end()
        return self._from_search(chosen)

    def _settled(self) -> Entry:
        """The best in folds, where rows are few and nobody is in a hurry; else on the validation rows."""
        close, left = finalists(self.entries), self._seconds_left()
        if len(close) < 2 or self.report.enough or self.plan.rows > runoff.MOST_ROWS:
            return self.best
        if "tries" not in self._over:
            self._renew("")
        seconds = None if left is None else left - self._cost(self.best)
        if seconds is not None and seconds < runoff.LEAST_SECONDS:
            return self.best
        losses, free = runoff.losses_of(self._other, self.plan.task, close, self.report, seconds)
        if not free:
            self._renew("")
        if len(losses) < 2:
            return self.best
        chosen = close[min(losses, key=lambda at: losses[at])]
        if chosen is not self.best:
            self.notes.append(runoff.in_words(_title(chosen.kind), len(losses)))
        return chosen

    def _fit_blind(self, entry: Entry) -> tuple[Entry, Path]:
        out = self.folder / "blind"
        fit_blind(self.plan.task, entry.kind, self.folder, "train", "validation").keep(out)
        return entry, out

    def _note_if_nothing_learned(self) -> None:
        if not any(entry.process for entry in self.entries):
            self.notes.append("Only the constant answer could be fitted in the time: give it more time.")

    def answer(self, model: Path, features: Any) -> Any:
        """What the model in a folder says: probabilities (n, k), or numbers (n,). Raises ``CanvasError``."""
        import numpy as np

        if "tries" not in self._over or not self._other.alive():
            return answers_of(_loaded(model, self.threads), features)
        with file_errors(self.folder):
            np.save(self.folder / "asked.npy", features, allow_pickle=False)
        self._other.order("answer", model=str(model), threads=self.threads)
        while True:
            self.report(0.95, "Measuring on the test rows")
            alive = self._other.alive(_BEAT)
            if any(news.get("done") == "answer" for news in self._other.news()):
                return np.load(self.folder / "said.npy", allow_pickle=False)
            if not alive:
                hint = f"Try again with fewer rows. This is what is known: {self._other.last_words()}"
                raise CanvasError("The model could not be measured.", hint=hint)

    def _fitted(self, chosen: Entry, out: Path, seconds: float | None) -> bool:
        """Whether the last fit came to its end in time, with as many trees as it should have."""
        soft = None if seconds is None else max(0.5, seconds - self._saving(chosen) - 0.5)
        task, settings = asdict(self.plan.task), dict(chosen.settings)
        watched = self._from_few_rows(chosen)
        if watched:
            settings["n_estimators"] = _MORE_TREES * int(settings["n_estimators"])
        self._other.order(
            "fit", task=task, kind=chosen.kind, settings=settings, out=str(out), seconds=soft, watched=watched
        )
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            self.report(0.9, f"Fitting {_title(chosen.kind)} to all rows but the test")
            alive = self._other.alive(_BEAT)
            for news in self._other.news():
                if "fitted" in news:
                    unhurried = soft is None or news["fitted"]["seconds"] < 0.9 * soft
                    return _reached(news["fitted"], chosen) or (watched and unhurried)
                if news.get("done") == "fit":
                    return False
            if not alive or (until is not None and time.monotonic() > until):
                return False

    def _from_few_rows(self, entry: Entry) -> bool:
        """Whether the number of trees was found on a sample, and so is too small for all rows."""
        return MODEL_TYPES[entry.kind].spec.stops and entry.rows < _WHOLE * self.plan.train

    def _from_search(self, chosen: Entry) -> tuple[Entry, Path]:
        """The best model that is on disk already."""
        if not self._saved:
            self._try_once()
        known = []
        for entry in self.entries:
            saved = self._saved.get(f"{entry.process}-{entry.number}")
            if saved is not None:
                known.append((entry.loss, entry, Path(str(saved["folder"]))))
        if not known:
            blind = min((entry for entry in self.entries if not entry.process), key=lambda entry: entry.loss)
            self.notes.append(
                f"No other model was ready in the time than {_title(blind.kind)}: give it more."
            )
            return self._fit_blind(blind)
        _, entry, folder = min(known, key=lambda item: item[0])
        other = "" if entry is chosen else " and is not quite the best that was tried"
        self.notes.append(
            f"The time did not suffice for a last fit: the model learned from the training rows alone{other}."
        )
        return entry, folder

    def _seconds_left(self) -> float | None:
        return None if self.plan.deadline is None else self.plan.deadline - time.monotonic()

    def _cost(self, entry: Entry) -> float:
        """About how many seconds it takes to fit these settings to all rows but the test."""
        fit = entry.fit_seconds * self.plan.rows / max(1, entry.rows) * _REFIT_SLACK
        return 1.0 + fit + self._saving(entry)

    def _saving(self, entry: Entry) -> float:
        """About how many seconds it takes to write such a model; known from the one in the search."""
        saved = self._saved.get(f"{entry.process}-{entry.number}")
        return 0.0 if saved is None else 1.5 * float(saved["seconds"])

    def _listen(self) -> None:
        for name, process in (("search", self._search), ("tries", self._other)):
            for news in process.news():
                self._take(name, news)

    def _take(self, process: str, news: Mapping[str, Any]) -> None:
        if "trial" in news:
            self._enter(process, news["trial"])
        elif "note" in news:
            self.notes.append(news["note"])
        elif "saved" in news:
            self._saved[f"{process}-{news['saved']['number']}"] = news["saved"]
        elif news.get("done") == process:
            self._over.add(process)
            if process == "tries":
                self._other.order("warm", **{"for": "fit"})

    def _enter(self, process: str, told: Mapping[str, Any]) -> None:
        score = float(told["score"])
        entry = Entry(**{**told, "loss": loss_of(self.plan.task.problem, score), "process": process})
        before = [other.loss for other in self.entries if other.kind == entry.kind]
        self.entries.append(entry)
        seconds = time.monotonic() - self._began
        trial = Trial(len(self.trials) + 1, entry.kind, entry.score, self.best.score, seconds)
        self.trials.append(trial)
        found: dict[str, Json] = {"trial": asdict(trial)}
        if not before or entry.loss < min(before):
            found["candidate"] = asdict(self._candidate(entry))
        self.report(-1.0, self._words(), found)

    def _candidate(self, entry: Entry) -> Candidate:
        count = sum(other.kind == entry.kind for other in self.entries)
        title = _title(entry.kind)
        return Candidate(entry.kind, title, entry.score, entry.fit_seconds, count, entry.settings)

    def _done(self, began: float, left: float | None) -> float:
        if left is not None:
            return 0.1 + 0.8 * min(1.0, (time.monotonic() - began) / left)
        tried = sum(entry.process == "search" for entry in self.entries)
        return 0.1 + 0.8 * min(1.0, tried / (self.plan.trials or 1))

    def _words(self) -> str:
        if not self.entries:
            return "Starting the search"
        measure = measure_of(SEARCH_METRIC[self.plan.task.problem])
        return (
            f"Trial {len(self.trials)}: best {measure.title} {self.best.score:.4g}, {_title(self.best.kind)}"
        )


def _loaded(model: Path, threads: int) -> Estimator:
    """The model in a folder, loaded here: sooner than a new process could be there."""
    import json

    from canvas_app.runtime.estimators import load_estimator

    estimator = load_estimator(model, json.loads((model / "model.json").read_text("utf-8")))
    estimator.threads = threads
    return estimator


def _reached(told: Mapping[str, Any], chosen: Entry) -> bool:
    wanted = chosen.settings.get("n_estimators")
    return wanted is None or int(told["trees"] or 0) >= _WHOLE * int(wanted)


def _not_searched(task: Task) -> tuple[str, ...]:
    """Families with tries of their own."""
    own = (unit.spec for unit in MODEL_TYPES if unit.spec.looks and not unit.spec.flaml)
    return tuple(sorted(spec.kind for spec in own if task.problem in spec.problems))


def _title(kind: str) -> str:
    return str(MODEL_TYPES[kind].spec.title)
