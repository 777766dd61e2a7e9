"""The process that learns: takes orders as lines of JSON on stdin, tells what it finds as lines on stdout.

    python -m canvas_app.training.search_process FOLDER PARENT

It may be killed at any time: what it has told of is on disk.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import signal
import sys
import threading
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from canvas_app.base.spec import Json
from canvas_app.runtime.estimators import load_estimator
from canvas_app.training.arrays import load_rows
from canvas_app.training.metrics import answers_of
from canvas_app.training.model_type import MODEL_TYPES, ModelType, Rows, Task
from canvas_app.training.runoff import compare
from canvas_app.training.search import WATCHED_ROWS, Judge, search, tries

_PR_SET_PDEATHSIG = 1
_WARM = {
    "search": ("flaml.automl.automl",),
    "tries": ("sklearn.linear_model", "scipy.sparse"),
    "fit": ("lightgbm", "xgboost", "sklearn.ensemble", "sklearn.linear_model", "skops.io"),
}
"""What each kind of order will need, imported while nobody waits."""


def main(arguments: list[str]) -> None:
    """Serve orders until stdin closes."""
    folder, parent = Path(arguments[0]), int(arguments[1])
    _die_with(parent)
    sys.modules["mlflow"] = None  # type: ignore[assignment]  # FLAML would load it for a log that is off: 1 s
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes to the log
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), name="orders", daemon=True).start()
    desk = Desk(folder, answers)
    while True:
        desk.serve(orders.get())


class Desk:
    """Serves one order after the other."""

    def __init__(self, folder: Path, answers: TextIO) -> None:
        self._folder = folder
        self._answers = answers
        self._writing = threading.Lock()

    def tell(self, facts: Mapping[str, Json]) -> None:
        """Write one line at once."""
        with self._writing:
            self._answers.write(json.dumps(facts) + "\n")
            self._answers.flush()

    def serve(self, order: Mapping[str, Any]) -> None:
        """Do what is ordered; the last line about it is ``done``."""
        match order["order"]:
            case "warm":
                for name in _WARM[order["for"]]:
                    __import__(name)
            case "search":
                self._search(order)
            case "tries":
                self._tries(order)
            case "compare":
                self._compare(order)
            case "fit":
                self._fit(order)
            case "answer":
                self._answer(order)
        self.tell({"done": order["order"]})

    def _search(self, order: Mapping[str, Any]) -> None:
        judge = self._judge(order, load_rows(self._folder, "trees", "validation"))
        rows = load_rows(self._folder, "trees", "train")
        search(judge, rows, trials=order["trials"], seconds=order["seconds"])

    def _tries(self, order: Mapping[str, Any]) -> None:
        judge = self._judge(order, Rows(_Nothing(), None))
        tries(judge, tuple(order["kinds"]), self._both_parts, order["seconds"])

    def _compare(self, order: Mapping[str, Any]) -> None:
        until = None if order["seconds"] is None else time.monotonic() + order["seconds"]
        task = Task(**order["task"])
        compare(task, order["finalists"], self._all_rows, self._folder, self.tell, until)

    def _all_rows(self, unit: ModelType) -> Rows:
        return load_rows(self._folder, unit.spec.view, "train", "validation")

    def _fit(self, order: Mapping[str, Any]) -> None:
        began = time.monotonic()
        unit = MODEL_TYPES[order["kind"]]()
        rows, watch = self._last_rows(unit, order["watched"])
        deadline = None if order["seconds"] is None else began + order["seconds"]
        estimator = unit.fit(Task(**order["task"]), order["settings"], rows, watch, deadline)
        unit.keep(estimator, Path(order["out"]))
        trees = estimator.facts["settings"].get("n_estimators")
        self.tell({"fitted": {"seconds": time.monotonic() - began, "trees": trees}})

    def _last_rows(self, unit: ModelType, watched: bool) -> tuple[Rows, Rows | None]:
        """All rows but the test; or the training rows, and some others that say when to stop."""
        view = unit.spec.view
        if not watched:
            return load_rows(self._folder, view, "train", "validation"), None
        return load_rows(self._folder, view, "train"), load_rows(self._folder, view, "validation").first(
            WATCHED_ROWS
        )

    def _answer(self, order: Mapping[str, Any]) -> None:
        """Answer features with a model as it lies in its folder."""
        model = Path(order["model"])
        estimator = load_estimator(model, json.loads((model / "model.json").read_text("utf-8")))
        estimator.threads = order["threads"]
        features = np.load(self._folder / "asked.npy", allow_pickle=False)
        np.save(self._folder / "said.npy", answers_of(estimator, features), allow_pickle=False)

    def _judge(self, order: Mapping[str, Any], watch: Rows) -> Judge:
        return Judge(Task(**order["task"]), watch, self.tell, self._folder, saved=order["order"])

    def _both_parts(self, unit: ModelType) -> tuple[Rows, Rows]:
        view = unit.spec.view
        return load_rows(self._folder, view, "train"), load_rows(self._folder, view, "validation")


class _Nothing:
    """No features yet."""

    shape = (0, 0)


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(0)  # nobody is there any more


def _die_with(parent: int) -> None:
    """On Linux the kernel ends this process with its parent, also in the middle of a long fit."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
