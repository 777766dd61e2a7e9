"""Random ``kill -9`` of a process that edits, imports, builds and exports in a project.

Promised for 500 kills: no acknowledged edit lost, no unreadable project, no process left behind. Checked too:
nothing edited a second before the kill is missing, every table and model of the project is whole, every
acknowledged bundle verifies, and nothing half-written stays after the next start.

    .venv/bin/python tests/bench/bench_kill.py [--runs 500] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import psutil

from canvas_app.base.errors import CanvasError
from canvas_app.bundle.read import open_bundle
from canvas_app.data.files import sha256_of, sha256_of_folder
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from tests.bench.kill_victim import Victim, furnish, print_of

_SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "titanic.csv"
_MARK = "CANVAS_KILL_BENCH"
_SHARES = {"edit": 0.80, "burst": 0.06, "import": 0.08, "build": 0.03, "export": 0.03}
_LONGEST = {"edit": 0.15, "burst": 2.0, "import": 6.0, "build": 12.0, "export": 6.0}
"""Seconds within which the kill comes."""
_LATE = {"import": 0.4, "build": 0.2, "export": 0.4}
"""How many are killed just after something was acknowledged."""
_PATIENCE = 5.0
"""Seconds that the processes of a killed one have to be gone."""


@dataclass
class Count:
    """What was seen over all runs."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    children: int = 0
    """Processes that the killed ones had at the time, so that none being left says something."""
    slowest_end: float = 0.0


class Bench:
    """A project, and one process after the other that is killed in it."""

    def __init__(self, place: Path, seed: int) -> None:
        self._folder = place / "project"
        self._said = place / "said.txt"
        self._draw = random.Random(seed)
        self.count = Count()
        self._state = ""
        self._lives = 0
        spans = self._furnish()
        self._longest = {kind: min(_LONGEST[kind], 1.3 * spans.get(kind, 60.0)) for kind in _SHARES}
        print("seconds undisturbed:", {kind: round(span, 1) for kind, span in spans.items()}, flush=True)

    def run(self, kind: str) -> None:
        """Start one, kill it, and look at what it left."""
        self._lives += 1
        self._said.unlink(missing_ok=True)
        mark = f"{os.getpid()}-{self._lives}"
        heard, ready = os.pipe()
        seed = self._draw.randrange(1 << 30)
        victim = self._fork(mark, lambda: Victim(self._folder, self._said, seed).live(kind, ready))
        os.close(ready)
        if self._draw.random() > 0.15:
            os.read(heard, 1)
        os.close(heard)
        if self._draw.random() < _LATE.get(kind, 0.0):
            self._wait_for_a_success()
            time.sleep(self._draw.uniform(0, 0.2))
        else:
            time.sleep(self._draw.uniform(0, self._longest[kind]))
        if kind in ("import", "build", "export"):
            self.count.children += len(_marked(mark))
        killed = time.monotonic()
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        self.count.kills[kind] += 1
        self._wait_for_orphans(mark, kind)
        self._look(kind, killed)

    def _wait_for_a_success(self) -> None:
        """Until something long was acknowledged, or failed, or two minutes have passed."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self._said.exists() and self._said.read_text():
                return
            time.sleep(0.02)

    def _fork(self, mark: str, work: Callable[[], object]) -> int:
        """A child that has all modules loaded already; this process has no other thread."""
        child = os.fork()
        if child:
            return child
        try:
            os.environ[_MARK] = mark
            work()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def _furnish(self) -> dict[str, float]:
        spans = self._folder.with_name("spans.json")
        child = self._fork("furnish", lambda: spans.write_text(json.dumps(furnish(self._folder, _SAMPLE))))
        os.waitpid(child, 0)
        session = Session.open(self._folder, InlinePool())
        self._state = print_of(session.project)
        session.close()
        return {str(kind): float(span) for kind, span in json.loads(spans.read_text()).items()}

    def _wait_for_orphans(self, mark: str, kind: str) -> None:
        began = time.monotonic()
        while left := _marked(mark):
            self.count.slowest_end = max(self.count.slowest_end, time.monotonic() - began)
            if time.monotonic() - began > _PATIENCE:
                self.count.orphans += [f"{kind}: {process}" for process in left]
                for process in left:
                    process.kill()
                return
            time.sleep(0.01)

    def _look(self, kind: str, killed: float) -> None:
        lines = self._said.read_text().splitlines() if self._said.exists() else []
        said = [line.split(" ", 1) for line in lines]
        acknowledged = [words for verb, words in said if verb == "ack"]
        self.count.acknowledged[kind] += len(acknowledged)
        self.count.unreadable += [f"{kind}: {words}" for verb, words in said if verb == "failed"]
        try:
            session = Session.open(self._folder, InlinePool())
        except CanvasError as error:
            self.count.unreadable.append(f"{kind}: {error}")
            return
        try:
            missing = {
                "edit": self._missing_edit,
                "burst": self._missing_burst,
                "import": self._missing_table,
                "build": self._missing_model,
                "export": self._missing_bundle,
            }[kind](session, said, killed)
            self.count.lost += [f"{kind}: {words}" for words in missing]
            self._look_around(session)
            self._undo_and_redo(session)
            self._state = print_of(session.project)
        finally:
            session.close()

    def _missing_edit(self, session: Session, said: list[list[str]], _: float) -> list[str]:
        """The state is the last acknowledged one, or the one that was on its way."""
        allowed = {self._state}
        for verb, state in said:
            allowed = {state} if verb == "ack" else allowed | {state}
        now = print_of(session.project)
        return [] if now in allowed else [f"{now} is none of {allowed}"]

    def _missing_burst(self, session: Session, said: list[list[str]], killed: float) -> list[str]:
        """Whatever was edited a second before the end is there."""
        made = [words.split() for verb, words in said if verb == "made"]
        due = max((int(number) for number, when in made if float(when) < killed - 1.0), default=0)
        self.count.acknowledged["burst"] += due
        words = session.project.name.split()
        there = int(words[2]) if words[0] == "burst" else 0
        return [] if there >= due else [f"edit {due} was made a second before, but {there} is there"]

    def _missing_table(self, session: Session, said: list[list[str]], _: float) -> list[str]:
        missing = []
        for key, blob in [words.split() for verb, words in said if verb == "ack"]:
            dataset = session.project.dataset(key)
            if dataset is None or dataset.blob != blob or sha256_of(session.data_path(key)) != blob:
                missing.append(key)
        return missing

    def _missing_model(self, session: Session, said: list[list[str]], _: float) -> list[str]:
        known = {record.id for record in session.models}
        return [words for verb, words in said if verb == "ack" and words not in known]

    def _missing_bundle(self, session: Session, said: list[list[str]], _: float) -> list[str]:
        """Bundles which were acknowledged, now or before, are whole."""
        due = {words for verb, words in said if verb == "ack"} | {"bundle 0"}
        missing = []
        for name in due | {path.name for path in session.exports.iterdir()}:
            try:
                open_bundle(session.exports / name)
            except CanvasError as error:
                missing.append(f"{name}: {error}")
        return missing

    def _look_around(self, session: Session) -> None:
        for dataset in session.project.datasets:
            path = session.data_path(dataset.key)
            if not path.is_file() or path.stat().st_size != dataset.size:
                self.count.unreadable.append(f"table {dataset.key}")
        for record in session.models:
            if sha256_of_folder(session.model_folder(record.id)) != record.id:
                self.count.unreadable.append(f"model {record.name}")
        hidden = [path for path in session.folder.rglob(".*") if path.exists()]
        self.count.leftovers += [str(path) for path in (*hidden, *(session.folder / "work").glob("*"))]

    def _undo_and_redo(self, session: Session) -> None:
        before = session.project
        if session.undo_label is None:
            return
        session.undo()
        session.redo()
        if session.project != before:
            self.count.unreadable.append("undo and redo lead elsewhere")


def _marked(mark: str) -> list[psutil.Process]:
    """The processes that inherited the mark, apart from those that only wait to be buried."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                continue
            if process.environ().get(_MARK) == mark:
                found.append(process)
        except psutil.Error:
            continue
    return found


def main() -> int:
    """Kill as often as asked, and say what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--full", action="store_true", help="as many as promised: the default already")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}, {wanted.runs} kills", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kill-bench-") as place:
        os.environ["CANVAS_APP_HOME"] = f"{place}/home"
        bench = Bench(Path(place), wanted.seed)
        kinds = [kind for kind, share in _SHARES.items() for _ in range(max(1, round(share * wanted.runs)))]
        random.Random(wanted.seed).shuffle(kinds)
        for number, kind in enumerate(kinds, 1):
            bench.run(kind)
            if number % 100 == 0:
                print(f"{number} kills, {time.monotonic() - began:.0f} s", flush=True)
        size = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
    return _tell(bench.count, time.monotonic() - began, size)


def _tell(count: Count, seconds: float, size: int) -> int:
    print(f"kills: {dict(count.kills)} in {seconds:.0f} s; the project grew to {size / 1e6:.1f} MB")
    print(
        f"acknowledged: {dict(count.acknowledged)}; "
        f"{count.children} child processes at the time, the slowest gone after {count.slowest_end:.2f} s"
    )
    bad = 0
    for words, seen in (
        ("acknowledged edits lost", count.lost),
        ("unreadable projects or parts", count.unreadable),
        ("orphan processes", count.orphans),
        ("things left half-written", count.leftovers),
    ):
        print(f"{words}: {len(seen)}")
        for item in seen[:5]:
            print(f"    {item}")
        bad += len(seen)
    print("promised: none of these:", "missed" if bad else "kept")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
