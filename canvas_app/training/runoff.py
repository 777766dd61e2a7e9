"""Where rows are few, the best are compared in folds: one part of them is too small to tell them apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import Json
from canvas_app.training.arrays import save_answers
from canvas_app.training.entry import Entry, finalists
from canvas_app.training.metrics import answers_of, loss_of, score_of
from canvas_app.training.model_type import MODEL_TYPES, ModelType, Rows, Settings, Task

if TYPE_CHECKING:
    from canvas_app.jobs.job import Report
    from canvas_app.training.learner_process import LearnerProcess

FOLDS = 5
MOST_ROWS = 12_000
"""Training and validation rows above which the validation rows alone tell well enough."""
LEAST_SECONDS = 1.0
"""Below which a comparison isn't begun."""
_SHARE = 0.4
"""Of the time for the search, what the comparison may take at the most."""
_BEAT = 0.05
_GRACE = 2.0
"""Seconds after its time in which the process may still end the fit that it is at."""


def few(rows: int) -> bool:
    """Whether so many training and validation rows are too few to tell the best apart by some of them."""
    return rows <= MOST_ROWS


def reserved(entries: Sequence[Entry], rows: int, seconds: float) -> float:
    """Of the seconds for a search, how many comparing its best will take; 0 where rows are many.

    ``rows`` are training and validation rows.
    """
    if not few(rows):
        return 0.0
    return min(_SHARE * seconds, LEAST_SECONDS + sum(_cost(entry, rows) for entry in finalists(entries)))


def _cost(entry: Entry, rows: int) -> float:
    """About how many seconds it takes to fit it in every fold."""
    return FOLDS * entry.fit_seconds * (FOLDS - 1) / FOLDS * rows / max(1, entry.rows)


def in_words(title: str, count: int) -> str:
    """What a person should know, where the best on the validation rows was not the first in folds."""
    return (
        f"{title} was chosen: of the {count} best it came first when they were compared in {FOLDS} folds "
        "of the training and validation rows."
    )


def compared(
    process: LearnerProcess, task: Task, entries: Sequence[Entry], report: Report, seconds: float | None
) -> tuple[tuple[Entry, ...], bool]:
    """Let a process compare entries: those that it came to, and whether it is free again.

    Each comes back with the loss over all rows, and the file of what was said about them.
    """
    asked: list[Json] = [{"kind": entry.kind, "settings": dict(entry.settings)} for entry in entries]
    process.order("compare", task=asdict(task), finalists=asked, seconds=seconds)
    until = None if seconds is None else time.monotonic() + seconds + _GRACE
    found: list[Entry] = []
    while True:
        report(0.85, f"Comparing the {len(entries)} best in {FOLDS} folds")
        alive = process.alive(_BEAT)
        for news in process.news():
            if "compared" in news:
                told: Any = news["compared"]
                loss = loss_of(task.problem, told["score"])
                found.append(replace(entries[told["at"]], loss=loss, answers=told["answers"]))
            if news.get("done") == "compare":
                return tuple(found), True
        if not alive or report.enough or (until is not None and time.monotonic() > until):
            return tuple(found), False


def compare(
    task: Task,
    asked: Sequence[Mapping[str, Any]],
    load: Callable[[ModelType], Rows],
    folder: Path,
    tell: Callable[[Mapping[str, Json]], None],
    until: float | None,
) -> None:
    """Tell the score of each over all rows, every row answered by a model that has not seen it.

    What was said is kept in ``folder``. ``load`` gives the training and validation rows, in which the same
    rows stand side by side. ``until`` is on the monotonic clock; what would not come to its end by then is
    left out.
    """
    for at, entry in enumerate(asked):
        unit = MODEL_TYPES[entry["kind"]]()
        answers = _out_of_fold(task, unit, entry["settings"], load(unit), until)
        if answers is None:
            continue
        target, said = answers
        name = f"folds-{at}.npy"
        save_answers(folder, name, said)
        tell({"compared": {"at": at, "score": score_of(task.problem, target, said), "answers": name}})


def _out_of_fold(
    task: Task, unit: ModelType, settings: Settings, rows: Rows, until: float | None
) -> tuple[Any, Any] | None:
    """The targets and what is said of them; None where time runs out. Folds are runs of rows."""
    import numpy as np

    fold = np.arange(len(rows)) * FOLDS // len(rows)
    said, last = [], 0.0
    for number in range(FOLDS):
        began = time.monotonic()
        if until is not None and began + last > until:
            return None
        inside = fold == number
        estimator = unit.fit(task, settings, Rows(rows.features[~inside], rows.target[~inside]))
        said.append(answers_of(estimator, rows.features[inside]))
        last = time.monotonic() - began
    return rows.target, np.concatenate(said)
