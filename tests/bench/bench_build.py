"""A build of one table within a time against FLAML alone with the same time: test score, and wall time.

Both learn from the same four fifths of the rows and answer the same fifth. Ours is the command line, its
start and the export of the bundle included. Promised: at least FLAML's score (three seeds, within noise),
and no more wall time than the budget and 5 %. The tables are those of ``../shared/data``, or the samples.
``--beside`` runs both at the same time on a core each: in half the time, and under the same conditions
whatever else the machine does (Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
SAMPLES = ROOT / "resources" / "samples"
_TASKS = {"binary": "two-categories", "multiclass": "many-categories", "regression": "number"}


@dataclass(frozen=True)
class Table:
    """One table to learn: where it lies, what to predict, and which columns give it away."""

    name: str
    path: Path
    target: str
    problem: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of one build; a greater score is better."""

    score: float
    seconds: float


def tables() -> Iterator[Table]:
    """Every table that poses one of our problems."""
    if SHARED.exists():
        for item in json.loads((SHARED / "manifest.json").read_text("utf-8"))["datasets"]:
            if item["task"] in _TASKS:
                without = tuple(item.get("drop_columns", ()))
                yield Table(
                    item["name"], SHARED / item["file"], item["target"], _TASKS[item["task"]], without
                )
        return
    for item in json.loads((SAMPLES / "samples.json").read_text("utf-8")):
        yield Table(item["name"], SAMPLES / item["file"], item["target"], item["problem"])


def parted(table: Table, seed: int) -> tuple[Any, Any]:
    """Four fifths to learn from, and a fifth to be asked about."""
    import pandas as pd
    from sklearn.model_selection import train_test_split

    read = pd.read_parquet if table.path.suffix == ".parquet" else pd.read_csv
    frame = read(table.path).drop(columns=list(table.without)).dropna(subset=[table.target])
    classes = frame[table.target] if table.problem != "number" else None
    if classes is not None:
        frame[table.target] = classes = "c" + classes.astype(str)
    return tuple(train_test_split(frame, test_size=0.2, random_state=seed, stratify=classes))


def ours(table: Table, rows: tuple[Any, Any], budget: float, seed: int, folder: Path) -> Result:
    """The command line, from a file to a bundle to answers."""
    import pandas as pd

    train, test = rows
    train.to_parquet(folder / "train.parquet", index=False)
    test.drop(columns=[table.target]).to_parquet(folder / "test.parquet", index=False)
    app = str(Path(sys.executable).with_name("canvas-app"))
    words = [
        "--target",
        table.target,
        "--budget",
        f"{budget:g}s",
        "--seed",
        str(seed),
        "--problem",
        table.problem,
    ]
    began = time.monotonic()
    _call(app, "build", folder / "train.parquet", *words, "--bundle", folder / "bundle")
    seconds = time.monotonic() - began
    _call(app, "predict", folder / "bundle", folder / "test.parquet", folder / "answers.parquet")
    said = pd.read_parquet(folder / "answers.parquet")
    if table.problem == "number":
        return Result(score(table, test, said["prediction"].to_numpy(float), ()), seconds)
    names = [name for name in said.columns if name.startswith("probability_")]
    classes = [name.removeprefix("probability_") for name in names]
    return Result(score(table, test, said[names].to_numpy(float), classes), seconds)


def flaml(table: Table, rows: tuple[Any, Any], budget: float, seed: int, folder: Path) -> Result:
    """FLAML as it comes, in a process of its own."""
    train, test = rows
    train.to_parquet(folder / "train.parquet", index=False)
    test.to_parquet(folder / "asked.parquet", index=False)
    facts = {
        "folder": str(folder),
        "target": table.target,
        "budget": budget,
        "seed": seed,
        "problem": table.problem,
    }
    _call(sys.executable, Path(__file__), "--alone", json.dumps(facts))
    import numpy as np

    said = json.loads((folder / "said.json").read_text("utf-8"))
    return Result(score(table, test, np.array(said["answers"]), said["classes"]), said["seconds"])


def flaml_alone(facts: dict[str, Any]) -> None:
    """What runs in that process."""
    import pandas as pd
    from flaml.automl.automl import AutoML

    folder, number = Path(facts["folder"]), facts["problem"] == "number"
    train, asked = (pd.read_parquet(folder / name) for name in ("train.parquet", "asked.parquet"))
    target, asked = train.pop(facts["target"]), asked.drop(columns=[facts["target"]])
    model = AutoML()
    task = "regression" if number else "classification"
    began = time.monotonic()
    model.fit(train, target, task=task, time_budget=facts["budget"], seed=facts["seed"], n_jobs=-1, verbose=0)
    seconds = time.monotonic() - began
    answers = model.predict(asked) if number else model.predict_proba(asked)
    classes = [] if number else [str(name) for name in model.classes_]
    said = {"answers": answers.tolist(), "classes": classes, "seconds": seconds}
    (folder / "said.json").write_text(json.dumps(said), "utf-8")


def score(table: Table, test: Any, answers: Any, classes: Sequence[str]) -> float:
    """AUC, minus log loss, or minus RMSE."""
    import numpy as np
    from sklearn import metrics

    actual = test[table.target]
    if table.problem == "number":
        return -float(metrics.root_mean_squared_error(actual, answers))
    order = np.argsort(classes)
    shares, names = answers[:, order], np.array(classes)[order]
    if table.problem == "two-categories":
        return float(metrics.roc_auc_score(actual == names[1], shares[:, 1]))
    return -float(metrics.log_loss(actual, np.clip(shares, 1e-6, 1), labels=names))


def main() -> int:
    """Run both on every table and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="60 s and three seeds, instead of 20 s and one")
    parser.add_argument("--only", nargs="*", default=(), help="names of tables")
    parser.add_argument("--budget", type=float)
    parser.add_argument("--beside", action="store_true", help="both at once, on a core each")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        flaml_alone(json.loads(asked.alone))
        return 0
    budget = asked.budget or (60.0 if asked.full else 20.0)
    seeds = range(3) if asked.full else range(1)
    print(f"{'table':<20} {'ours':>12} {'FLAML':>12} {'ours s':>8} {'FLAML s':>8}")
    missed = 0
    for table in tables():
        if asked.only and table.name not in asked.only:
            continue
        mine, theirs = zip(*(_both(table, budget, seed, asked.beside) for seed in seeds), strict=True)
        missed += _line(table, mine, theirs, budget)
    kept = f"missed {missed} times" if missed else "kept"
    print(f"promised: FLAML's score, and {budget * 1.05:.0f} s: {kept}")
    return int(missed > 0)


def _both(table: Table, budget: float, seed: int, beside: bool) -> tuple[Result, Result]:
    """Ours and FLAML's on the same rows."""
    if not beside:
        return _run(ours, table, budget, seed), _run(flaml, table, budget, seed)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(_run, peer, table, budget, seed, core) for core, peer in enumerate((ours, flaml))]
        return runs[0].result(), runs[1].result()


def _run(peer: Any, table: Table, budget: float, seed: int, core: int | None = None) -> Result:
    """``core`` is the only one on which this thread and the processes it starts may run."""
    if core is not None:
        os.sched_setaffinity(0, {core})
    with tempfile.TemporaryDirectory() as folder:
        found: Result = peer(table, parted(table, seed), budget, seed, Path(folder))
        return found


def _line(table: Table, mine: Sequence[Result], theirs: Sequence[Result], budget: float) -> bool:
    """Print it; whether a promise was missed. Noise is a standard error of the difference, or 0.5 %."""
    first, second = (statistics.mean(item.score for item in found) for found in (mine, theirs))
    gains = [a.score - b.score for a, b in zip(mine, theirs, strict=True)]
    noise = statistics.stdev(gains) / len(gains) ** 0.5 if len(gains) > 1 else 0.0
    longest = max(item.seconds for item in mine)
    worse = first < second - max(noise, 0.005 * abs(second))
    late = longest > budget * 1.05
    signs = f"{' worse' if worse else ''}{' late' if late else ''}"
    lasted = max(item.seconds for item in theirs)
    print(
        f"{table.name:<20} {first:>12.4f} {second:>12.4f} {longest:>8.1f} {lasted:>8.1f}{signs}", flush=True
    )
    return worse or late


def _call(*command: Any) -> None:
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
