"""Families compete on the validation rows within a budget that is kept here, on the monotonic clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.jobs.job import Report
from canvas_app.training.blind import blind_trials
from canvas_app.training.entry import Entry, best_of
from canvas_app.training.last_fit import Found, LastFit, Plan
from canvas_app.training.learner_process import LearnerProcess
from canvas_app.training.metrics import SEARCH_METRIC, loss_of, measure_of
from canvas_app.training.model import Candidate, Trial
from canvas_app.training.model_type import MODEL_TYPES
from canvas_app.training.workshop import Workshop

_BEAT = 0.05
"""Seconds between two looks at the processes."""
_TRIES_SHARE = 0.5
"""Of the time for the search, what the families get that can't be interrupted, once they were fitted."""


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
    trials: list[Trial] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        self._search = LearnerProcess(self.folder, "search", self.threads)
        self._search.order("warm", **{"for": "search"})
        self._workshop = Workshop(self.folder, self.threads, self.report)
        self._found = Found([], {}, self.notes)
        self._over: set[str] = set()

    def close(self) -> None:
        """End every process."""
        self._search.end()
        self._workshop.process.end()

    @property
    def entries(self) -> list[Entry]:
        """All that was tried."""
        return self._found.entries

    def run(self, plan: Plan) -> None:
        """Let the families compete until the budget is over, or the person has seen enough.

        Raises ``CanvasError`` when the search crashed before it found anything.
        """
        self.plan, began = plan, time.monotonic()
        left = None if plan.deadline is None else max(1.0, plan.deadline - began)
        for told in blind_trials(plan.task, self.folder):
            self._enter("", told)
        self._search.order("search", task=asdict(plan.task), trials=plan.trials, seconds=left)
        self._try(_with_tries(plan), None if left is None else left * _TRIES_SHARE)
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
        while not there() and "tries" not in self._over and self._workshop.process.alive(_BEAT):
            self._listen()
            self.report(0.85, "Fitting a linear model")
        self._listen()

    def _try_once(self) -> None:
        """Fit once, in a new process, what must stand on the leaderboard; until it is on disk."""
        self._renew("")
        self._over.discard("tries")
        self._try(_with_tries(self.plan)[:1], None)
        self._await_try(lambda: bool(self._found.saved))

    def _try(self, kinds: Sequence[str], seconds: float | None) -> None:
        self._workshop.process.order("tries", task=asdict(self.plan.task), kinds=list(kinds), seconds=seconds)

    def _decided(self, began: float, left: float | None) -> bool:
        if self.report.enough and (self._tried() or "tries" in self._over):
            return True
        if left is not None and time.monotonic() >= began + left - self._found.reserved(self.plan.rows, left):
            return True
        return {"search", "tries"} <= self._over

    def _look_after(self, began: float, left: float | None) -> None:
        """Notice a process that died; end the other tries when their share of the time is over."""
        if "search" not in self._over and not self._search.alive():
            self._listen()
            self._search_died()
        if "tries" in self._over:
            return
        dead = not self._workshop.process.alive()
        self._listen()
        if dead and "tries" not in self._over:
            known = self._crash(self._workshop.process)
            self._renew(f"What is tried beside the search was cut short by a crash ({known}).")
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
        self._workshop.process.end()
        self._listen()
        self._workshop.renew()

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
        """Fit what is best to training and validation rows; the entry, and the folder with its model."""
        self._search.end()
        self._listen()
        if any(entry.process for entry in self.entries):
            if "tries" not in self._over:
                self._renew("")
        else:
            self._workshop.process.end()
        return LastFit(self.plan, self._found, self._workshop, self._try_once).run()

    def answer(self, model: Path, features: Any) -> Any:
        """What the model in a folder says: probabilities (n, k), or numbers (n,). Raises ``CanvasError``."""
        return self._workshop.answer(model, features)

    def _listen(self) -> None:
        for name, process in (("search", self._search), ("tries", self._workshop.process)):
            for news in process.news():
                self._take(name, news)

    def _take(self, process: str, news: Mapping[str, Any]) -> None:
        if "trial" in news:
            self._enter(process, news["trial"])
        elif "note" in news:
            self.notes.append(news["note"])
        elif "saved" in news:
            self._found.saved[f"{process}-{news['saved']['number']}"] = news["saved"]
        elif news.get("done") == process:
            self._over.add(process)
            if process == "tries":
                self._workshop.process.order("warm", **{"for": "fit"})

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
        count = sum(other.kind == entry.kind for other in self.entries) or entry.members
        return Candidate(entry.kind, entry.title, entry.score, entry.fit_seconds, count, entry.settings)

    def _done(self, began: float, left: float | None) -> float:
        if left is not None:
            return 0.1 + 0.8 * min(1.0, (time.monotonic() - began) / left)
        tried = sum(entry.process == "search" for entry in self.entries)
        return 0.1 + 0.8 * min(1.0, tried / (self.plan.trials or 1))

    def _words(self) -> str:
        if not self.entries:
            return "Starting the search"
        measure = measure_of(SEARCH_METRIC[self.plan.task.problem])
        return f"Trial {len(self.trials)}: best {measure.title} {self.best.score:.4g}, {self.best.title}"


def _with_tries(plan: Plan) -> tuple[str, ...]:
    """Families with tries of their own: first the one that must stand on the leaderboard."""
    own = [unit.spec for unit in MODEL_TYPES if unit().tries(plan.task, plan.train)]
    fitting = sorted(own, key=lambda spec: (spec.view != "linear", spec.stops, spec.kind))
    return tuple(spec.kind for spec in fitting if plan.task.problem in spec.problems)
