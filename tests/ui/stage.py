"""A real project with real models around a single page, for tests of pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from PySide6.QtCore import QCoreApplication

from canvas_app.jobs.pool import InlinePool
from canvas_app.project.change import Change
from canvas_app.project.project import ModelRecord, Project
from canvas_app.project.session import Session
from canvas_app.training.model import BuiltModel, Candidate, Metric, RowCounts, Trial
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.page import Page
from tests.explain.model_folders import KINDS, ROWS, write_model

PROBLEMS = {0: "number", 2: "two-categories", 3: "many-categories"}


@dataclass
class Stage:
    """What a page asks of its window, with a project, and without the window."""

    session: Session
    runner: UiPool
    lane: PreviewLane
    gone: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    page: Page | None = None

    @classmethod
    def raised(cls, folder: Path) -> Stage:
        """A new project whose jobs run at once."""
        runner = UiPool(InlinePool())
        return cls(Session.create(folder, "Study", runner), runner, PreviewLane())

    def go(self, kind: str, **arguments: Any) -> None:
        self.gone.append((kind, arguments))

    def open_project(self, folder: Path) -> None:
        self.gone.append(("project", {"folder": folder}))

    def say(self, said: Any, severity: Any = "problem") -> None:
        if self.page is not None:
            self.page.say(said, severity)

    def show(self, kind: type[Page]) -> Page:
        """Build a page, and tell it of all there is and of all that changes."""
        self.page = page = kind(self)
        page.build_up()
        page.refresh(Change(Project(name="", flows=()), self.session.project, models=True))
        page.arrive()
        self.session.changed(page.refresh)
        return page

    def settle(self) -> None:
        """Deliver what waits: answers of jobs and of the lane."""
        for _ in range(20):
            QCoreApplication.processEvents()  # (noqa: house) a test without an event loop

    def close(self) -> None:
        self.settle()
        self.runner.close()
        self.lane.close()
        self.session.close()


def kept_model(session: Session, kind: str, place: Path) -> ModelRecord:
    """A small model of a kind of ``KINDS``, kept in the project."""
    folder = write_model(place / kind, KINDS[kind])
    model = built(folder, kind)
    (folder / "build.json").write_bytes(TypeAdapter(BuiltModel).dump_json(model))
    record = ModelRecord(kind, "Outcome", 1, "flow", "n1", "2026-03-01T10:00:00+00:00", model)
    return session.keep_model(record)


def built(folder: Path, kind: str) -> BuiltModel:
    """What a build would say of it."""
    classes = KINDS[kind].classes
    auc = Metric("auc", "AUC", 0.928, 0.924, 0.932, True, "How well it ranks.")
    rmse = Metric("rmse", "RMSE", 0.51, 0.47, 0.55, False, "How far off it is.")
    accuracy = Metric("accuracy", "Accuracy", 0.874, 0.869, 0.879, True, "Share of right answers.")
    log_loss = Metric("log_loss", "Log loss", 0.277, 0.27, 0.284, False, "How sure it is of the truth.")
    return BuiltModel(
        folder=str(folder),
        target="outcome",
        problem=PROBLEMS[classes],
        metric="auc" if classes else "rmse",
        model_type="lightgbm",
        title="LightGBM",
        classes=tuple(f"class {at}" for at in range(classes)),
        metrics=(auc, accuracy, log_loss) if classes else (rmse,),
        leaderboard=(
            Candidate("lightgbm", "LightGBM", 0.93, 41.2, 18, {"trees": 20, "leaves": 31}, chosen=True),
            Candidate("linear", "Linear model", 0.88, 1.3, 1, {}),
            Candidate("baseline", "Baseline", 0.5, 0.01, 1, {}),
        ),
        trials=(Trial(1, "baseline", 0.5, 0.5, 0.1), Trial(2, "lightgbm", 0.93, 0.93, 2.0)),
        rows=RowCounts(train=720, validation=240, test=ROWS, without_target=3),
        seconds=598.0,
        seed=0,
        columns=("age", "sex"),
        notes=("PassengerId was left out: it is different in every row.",),
    )
