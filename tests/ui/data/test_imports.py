from __future__ import annotations

from pathlib import Path
from typing import Any

from canvas_app.data.import_job import ImportJob
from canvas_app.data.source import source_for
from canvas_app.jobs.job import Outcome, Progress, Stopped
from canvas_app.ui.bridge import UiPool
from canvas_app.ui.data.imports import RunningImports


class Waiting:
    """A runner whose only job goes on until it is told to end."""

    def __init__(self) -> None:
        self.stopped = False
        self._outcome: Any = None
        self._progress: Any = None

    def submit(self, job: Any, *, progress: Any = None, outcome: Any = None) -> Waiting:
        self._progress, self._outcome = progress, outcome
        return self

    def say(self, done: float, note: str) -> None:
        self._progress(Progress(done, note))

    def end(self, outcome: Outcome[Any]) -> None:
        self._outcome(outcome)

    def stop(self) -> None:
        self.stopped = True


def job(folder: Path) -> ImportJob:
    return ImportJob.of(source_for(folder / "big.csv"), folder)


def test_a_running_import_shows_how_far_it_is_and_goes_when_it_ends(qtbot: Any, tmp_path: Path) -> None:
    runner = Waiting()
    pool = UiPool(runner)  # type: ignore[arg-type]  # all that it asks of a runner
    imports = RunningImports(pool)
    qtbot.addWidget(imports)
    assert imports.isHidden()

    pool.submit(job(tmp_path))
    runner.say(0.42, "Reading rows")
    qtbot.waitUntil(lambda: imports.cards() and imports.cards()[0].bar.value() == 420)
    card = imports.cards()[0]
    assert card.title.text() == "Importing big.csv"
    assert card.words.text().startswith("Reading rows · 42 % · 0 s")

    runner.end(Stopped())
    qtbot.waitUntil(lambda: imports.cards() == ())
    assert imports.isHidden()


def test_stop_asks_the_import_to_stop(qtbot: Any, tmp_path: Path) -> None:
    runner = Waiting()
    pool = UiPool(runner)  # type: ignore[arg-type]  # as above
    imports = RunningImports(pool)
    qtbot.addWidget(imports)
    pool.submit(job(tmp_path))
    card = imports.cards()[0]
    card.stop.click()

    assert runner.stopped
    assert not card.stop.isEnabled()
    assert card.stop.accessibleName() == "Stop importing big.csv"
