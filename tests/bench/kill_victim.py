"""What is killed: a process that edits, imports, builds or exports in a project until its end comes.

Before each thing that it does it says what the project may become, and after it is on disk, that it is.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow, Link, Node
from canvas_app.jobs.pool import InlinePool, Pool, Ticket
from canvas_app.project.codec import pack_project
from canvas_app.project.project import Project, rename, with_flow
from canvas_app.project.session import Session

TABLE = "titanic"
FLOW = Flow(
    nodes=(
        Node("table", DatasetNode(dataset=f"{TABLE}/1")),
        Node("model", PredictColumn(target="Survived", limit="trials", trials=1)),
    ),
    links=frozenset({Link("table", "model")}),
)


def print_of(project: Project) -> str:
    """A short name of a state of the document."""
    return hashlib.sha256(pack_project(project)).hexdigest()[:16]


class Queued:
    """A real pool whose callbacks come on the thread that serves them."""

    def __init__(self) -> None:
        self.pool = Pool(1)
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def submit(self, job: Any, *, progress: Any = None, outcome: Any = None) -> Ticket:
        """Run a job."""
        return self.pool.submit(job, outcome=lambda end: self._calls.put(partial(outcome, end)))

    def serve(self) -> None:
        """Wait for one callback, and call it."""
        self._calls.get()()


class Victim:
    """One life in a project."""

    def __init__(self, folder: Path, said: Path, seed: int) -> None:
        self._folder = folder
        self._said = os.open(said, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self._draw = random.Random(seed)
        self._seed = seed

    def live(self, kind: str, ready: int) -> None:
        """Do one kind of thing until killed; write to ``ready`` when it begins."""
        runner = Queued() if kind in ("import", "build", "export") else InlinePool()
        session = Session.open(self._folder, runner)
        os.write(ready, b"!")
        doing = {"edit": self._edit, "burst": self._burst}.get(kind)
        if doing is not None:
            doing(session)
        work = {"import": self._import, "build": self._build, "export": self._export}[kind]
        number = 0
        while True:
            work(session, number)
            runner.serve()  # type: ignore[union-attr]  # it is a Queued here
            number += 1

    def _say(self, *words: object) -> None:
        os.write(self._said, (" ".join(map(str, words)) + "\n").encode())

    def _edit(self, session: Session) -> None:
        """Every edit waits for the disk, and is then acknowledged."""
        states, at, number = [session.project], 0, 0
        while True:
            number += 1
            move = self._draw.choice(("edit", "edit", "edit", "draw", "gesture", "undo", "redo"))
            if move == "undo" and at > 0:
                at -= 1
                self._say("try", print_of(states[at]))
                session.undo()
            elif move == "redo" and at + 1 < len(states):
                at += 1
                self._say("try", print_of(states[at]))
                session.redo()
            else:
                after = self._changed(session.project, number, draw=move == "draw")
                gesture = f"{self._seed}" if move == "gesture" else None
                self._say("try", print_of(after))
                before = session.undo_label
                session.edit(f"Edit {number}", lambda _, after=after: after, gesture=gesture)
                merged = gesture is not None and session.undo_label == before
                states = [*states[: at if merged else at + 1], after]
                at = len(states) - 1
            session.flush()
            self._say("ack", print_of(session.project))

    def _changed(self, project: Project, number: int, *, draw: bool) -> Project:
        if not draw:
            return rename(project, f"{self._seed} {number} " + "x" * self._draw.randrange(400))
        flow = project.flow("flow")
        kept = tuple(node for node in flow if not node.id.startswith("extra"))
        extra = Node(f"extra {self._seed} {number}", WriteFile(path="a.csv"), x=float(number))
        return with_flow(project, replace(flow, nodes=(*kept, extra)))

    def _burst(self, session: Session) -> None:
        """Edits as fast as a hand that drags; none waits for the disk."""
        number = 0
        while True:
            number += 1
            session.edit("Edit", rename, f"burst {self._seed} {number}")
            self._say("made", number, time.monotonic())
            time.sleep(0.003)

    def _import(self, session: Session, number: int) -> None:
        path = self._folder.parent / f"rows-{self._seed}-{number}.csv"
        rows = (f"{self._draw.random()},{self._draw.choice('abc')}\n" for _ in range(5000))
        path.write_text("amount,kind\n" + "".join(rows))

        def done(dataset: Any) -> None:
            session.flush()
            self._say("ack", dataset.key, dataset.blob)
            path.unlink()

        session.import_file(path, name="rows", done=done, failed=self._complain)

    def _build(self, session: Session, number: int) -> None:
        def done(record: Any) -> None:
            session.flush()
            self._say("ack", record.id)

        session.build("flow", "model", done=done, failed=self._complain)

    def _export(self, session: Session, number: int) -> None:
        path = session.exports / f"bundle {self._seed % 3}"

        def done(exported: Any) -> None:
            self._say("ack", path.name)

        session.export(session.models[0].id, path, done=done, failed=self._complain)

    def _complain(self, outcome: Any) -> None:
        self._say("failed", repr(outcome).replace("\n", " "))


def furnish(folder: Path, sample: Path) -> dict[str, float]:
    """Make the project that all victims work in; the answer is how many seconds each job took."""
    runner = Queued()
    session = Session.create(folder, "Kill me", runner)
    spans: dict[str, float] = {}

    def timed(kind: str, start: Callable[..., Any], *subjects: Any, **facts: Any) -> None:
        began = time.monotonic()
        failed: list[Any] = []
        start(*subjects, failed=failed.append, **facts)
        runner.serve()
        if failed:
            raise RuntimeError(f"{kind}: {failed[0]}")
        spans[kind] = time.monotonic() - began

    timed("import", session.import_file, sample, name=TABLE)
    session.edit("Draw the flow", with_flow, FLOW)
    timed("build", session.build, "flow", "model")
    timed("export", session.export, session.models[0].id, session.exports / "bundle 0")
    session.close()
    runner.pool.close()
    if threading.active_count() > 1:
        raise RuntimeError("A thread is left over.")
    return spans
