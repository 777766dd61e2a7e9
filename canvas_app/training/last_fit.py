"""The end of a build: which model it is to be, or which several, fitted to all rows but the test."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from canvas_app.training import blend, runoff
from canvas_app.training.arrays import load_answers, load_targets
from canvas_app.training.blend import Share
from canvas_app.training.blind import fit_blind
from canvas_app.training.entry import Entry, best_of, finalists
from canvas_app.training.model_type import MODEL_TYPES, Task
from canvas_app.training.workshop import Order, Workshop

_REFIT_SLACK = 1.1
"""How much longer than in proportion to its rows the last fit is taken to be."""
_MORE_TREES = 4
"""How many times the trees found on a sample there may be for all rows, if they still help."""
_WHOLE = 0.9
"""Share of the trees found in the search that a last fit must reach to be taken."""
_LIKELY_MEMBERS = 3
_SHARE = 0.15
"""Of the time for the search, what fitting the members of a blend may take at the most."""
_MOST_JUDGED = 12
"""Entries among which the members of a blend are sought."""
_LEAST_SECONDS = 0.5
_NEAR = 1.05
"""How much more than the best those may have erred that are compared in its place."""


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

    @property
    def seconds_left(self) -> float | None:
        """Until the deadline; None without one."""
        return None if self.deadline is None else self.deadline - time.monotonic()


@dataclass
class Found:
    """What the search came to: all that was tried, and where the models lie that are on disk."""

    entries: list[Entry]
    saved: dict[str, Mapping[str, Any]]
    """By process and number: the folder, and how many seconds the writing took."""
    notes: list[str]

    def on_disk(self, entry: Entry) -> Mapping[str, Any] | None:
        """Where a model of the search lies that learned from the training rows."""
        return self.saved.get(f"{entry.process}-{entry.number}")

    def saving(self, entry: Entry) -> float:
        """About how many seconds it takes to write such a model; known from the one in the search."""
        saved = self.on_disk(entry)
        return 0.0 if saved is None else 1.5 * float(saved["seconds"])

    def cost(self, entry: Entry, rows: int) -> float:
        """About how many seconds it takes to fit these settings to so many rows."""
        fit = entry.fit_seconds * rows / max(1, entry.rows) * _REFIT_SLACK
        return 1.0 + fit + self.saving(entry)

    def reserved(self, rows: int, seconds: float) -> float:
        """Of the seconds for a search, how many the end needs: comparing, and fitting the likely members."""
        return self.fitting(rows, seconds) + runoff.reserved(self.entries, rows, seconds)

    def fitting(self, rows: int, seconds: float) -> float:
        """Of so many seconds, how many fitting the likely members needs, or the best at the least."""
        best = best_of(self.entries)
        firsts: dict[str, Entry] = {}
        for entry in finalists(self.entries):
            firsts.setdefault(entry.kind, entry)
        costs = [self.cost(entry, rows) for entry in firsts.values()][:_LIKELY_MEMBERS]
        return max(self.cost(best, rows), min(sum(costs), _SHARE * seconds))


@dataclass
class LastFit:
    """Settles on one model or on several, and fits them within what is left of the time."""

    plan: Plan
    found: Found
    workshop: Workshop
    once_more: Callable[[], None]
    """Fits something that is on disk afterwards, for when nothing is."""
    _judged_on: str = "on the validation rows"

    def run(self) -> tuple[Entry, Path]:
        """The entry that was settled on, and the folder with its model.

        Where the time doesn't suffice, models of the search are taken, which saw the training rows alone.
        """
        best = best_of(self.found.entries)
        if not best.process:
            if not any(entry.process for entry in self.found.entries):
                self._note("Only the constant answer could be fitted in the time: give it more time.")
            return self._blind(best)
        fitted = self._fitted(self._settled())
        if not fitted:
            return self._from_search(best)
        if len(fitted) == 1:
            folder, share = next(iter(fitted.items()))
            return share.entry, folder
        return self._together(fitted)

    def _settled(self) -> tuple[Share, ...]:
        """By folds where rows are few, else by the validation rows; the best alone if one is in a hurry."""
        best = best_of(self.found.entries)
        if self.workshop.report.enough:
            return (Share(best, 1.0),)
        judged = [entry for entry in finalists(self.found.entries, _MOST_JUDGED) if entry.answers]
        if runoff.few(self.plan.rows):
            return self._by_folds(best) or self._shares(judged, judged, "validation")
        return self._shares(judged, judged, "validation")

    def _by_folds(self, best: Entry) -> tuple[Share, ...]:
        """What those are worth that can be compared in the time; none where none of them is near the best."""
        left = self.plan.seconds_left
        seconds = None if left is None else left - self.found.fitting(self.plan.rows, left)
        close = [entry for entry in finalists(self.found.entries) if entry.answers]
        if len(close) < 2 or (seconds is not None and seconds < runoff.LEAST_SECONDS):
            return ()
        compared, free = runoff.compared(
            self.workshop.process, self.plan.task, close, self.workshop.report, seconds
        )
        if not free:
            self.workshop.renew()
        known = {(entry.process, entry.number): entry for entry in close}
        tried = [known[entry.process, entry.number] for entry in compared]
        if len(tried) < 2 or tried[0].loss > _NEAR * close[0].loss:
            return ()
        self._judged_on = f"in {runoff.FOLDS} folds of the training and validation rows"
        shares = self._shares(compared, tried, "train", "validation")
        if len(shares) == 1 and shares[0].entry is not best:
            self._note(runoff.in_words(shares[0].entry.title, len(compared)))
        return shares

    def _shares(self, judged: Sequence[Entry], entries: Sequence[Entry], *parts: str) -> tuple[Share, ...]:
        """The weights by what was said about the rows of those parts; ``entries`` are what they are of."""
        folder = self.workshop.folder
        target = load_targets(folder, *parts).target
        answers = [load_answers(folder, entry.answers) for entry in judged]
        weights = blend.weights_of(self.plan.task.problem, target[: len(answers[0])], answers)
        return tuple(Share(entries[at], weight) for at, weight in weights.items())

    def _fitted(self, shares: Sequence[Share]) -> dict[Path, Share]:
        """The folders of those that could be had in the time, the heaviest first."""
        ready: dict[Path, Share] = {}
        for number, share in enumerate(shares):
            out = self.workshop.folder / f"final-{number}"
            folder = self._fit(share.entry, out, len(shares) > 1)
            if folder is not None:
                ready[folder] = share
        whole = sum(share.weight for share in ready.values())
        return {folder: replace(share, weight=share.weight / whole) for folder, share in ready.items()}

    def _fit(self, entry: Entry, out: Path, one_of_several: bool) -> Path | None:
        """Where the fitted model lies; one of several may also be the one of the search."""
        seconds = self.plan.seconds_left
        if seconds is None or seconds > max(_LEAST_SECONDS, 0.5 * self.found.cost(entry, self.plan.rows)):
            if self._fitted_in_time(entry, out, seconds):
                return out
            self.workshop.renew()
        saved = self.found.on_disk(entry) if one_of_several else None
        return Path(str(saved["folder"])) if saved is not None else None

    def _fitted_in_time(self, entry: Entry, out: Path, seconds: float | None) -> bool:
        """Whether the fit came to its end in time, with as many trees as it should have."""
        soft = None if seconds is None else max(_LEAST_SECONDS, seconds - self.found.saving(entry) - 0.5)
        settings = dict(entry.settings)
        watched = MODEL_TYPES[entry.kind].spec.stops and entry.rows < _WHOLE * self.plan.train
        if watched:  # the number of trees was found on a sample, and is too small for all rows
            settings["n_estimators"] = _MORE_TREES * int(str(settings["n_estimators"]))
        order = Order(entry.kind, entry.title, settings, out, watched)
        told = self.workshop.fit(self.plan.task, order, seconds, soft)
        if told is None:
            return False
        unhurried = soft is None or told["seconds"] < 0.9 * soft
        return _reached(told, entry) or (watched and unhurried)

    def _together(self, fitted: Mapping[Path, Share]) -> tuple[Entry, Path]:
        """The blend as an entry of its own, and its folder."""
        folder, shares = self.workshop.folder, tuple(fitted.values())
        target = load_targets(folder, "validation").target
        answers = [load_answers(folder, share.entry.answers) for share in shares]
        whole = blend.blended(self.plan.task.problem, target, shares, answers)
        blend.assemble(folder, folder / "blend", self.plan.task, whole, fitted)
        self._note(blend.in_words(shares, self._judged_on))
        return whole, folder / "blend"

    def _blind(self, entry: Entry) -> tuple[Entry, Path]:
        out = self.workshop.folder / "blind"
        fit_blind(self.plan.task, entry.kind, self.workshop.folder, "train", "validation").keep(out)
        return entry, out

    def _from_search(self, chosen: Entry) -> tuple[Entry, Path]:
        """The best model that is on disk already."""
        if not self.found.saved:
            self.once_more()
        known = [
            (entry.loss, entry, saved) for entry in self.found.entries if (saved := self.found.on_disk(entry))
        ]
        if not known:
            blind = best_of([entry for entry in self.found.entries if not entry.process])
            self._note(f"No other model was ready in the time than {blind.title}: give it more.")
            return self._blind(blind)
        _, entry, saved = min(known, key=lambda item: item[0])
        other = "" if entry is chosen else " and is not quite the best that was tried"
        self._note(
            f"The time did not suffice for a last fit: the model learned from the training rows alone{other}."
        )
        return entry, Path(str(saved["folder"]))

    def _note(self, words: str) -> None:
        self.found.notes.append(words)


def _reached(told: Mapping[str, Any], chosen: Entry) -> bool:
    wanted = chosen.settings.get("n_estimators")
    return wanted is None or int(told["trees"] or 0) >= _WHOLE * int(str(wanted))
