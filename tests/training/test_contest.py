"""The budget is kept, and whoever stops, hurries or crashes a build gets what there is."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from canvas_app.base.errors import Cancelled
from canvas_app.jobs.job import Done, Failed, Stopped
from tests.training.conftest import passengers


def processes():
    return psutil.Process().children(recursive=True)


class Watcher:
    """A report that does something when the first real trial is told."""

    def __init__(self, act):
        self.enough = False
        self.seen = []
        self.began = None
        self._act = act

    def __call__(self, done, note="", found=None):
        trial = (found or {}).get("trial")
        if trial:
            self.seen.append(trial)
        if trial and trial["model_type"] != "baseline" and self.began is None:
            self.began = time.monotonic()
            self._act(self)


def test_finish_now_keeps_the_best_so_far(build):
    report = Watcher(lambda report: setattr(report, "enough", True))
    outcome = build(passengers(), "survived", report=report, trials=10_000)

    assert isinstance(outcome, Done)
    assert len(outcome.value.trials) < 1_000
    assert (Path(outcome.value.folder) / "model.json").exists()
    assert processes() == []


def test_stop_ends_within_a_second_and_leaves_no_process(build):
    def stop(report):
        raise Cancelled

    report = Watcher(stop)
    outcome = build(passengers(), "survived", report=report, trials=10_000)

    assert outcome == Stopped()
    assert time.monotonic() - report.began < 1
    assert processes() == []


def test_a_crash_before_any_trial_fails_the_build_with_what_is_known(build):
    class Assassin:
        enough = False

        def __call__(self, done, note="", found=None):
            if found and "trial" in found:  # the baseline's, told before the search begins
                for process in processes():
                    process.kill()

    outcome = build(passengers(), "survived", report=Assassin())

    assert isinstance(outcome, Failed)
    assert "ended unexpectedly" in outcome.message
    assert "SIGKILL" in outcome.hint


def test_a_crash_after_a_trial_keeps_the_best_and_says_so(build):
    def kill(report):
        for process in processes():
            process.kill()

    outcome = build(passengers(), "survived", report=Watcher(kill), trials=10_000)

    assert isinstance(outcome, Done)
    assert any("ended early" in note for note in outcome.value.notes)


def test_a_time_too_short_for_a_search_still_gives_a_linear_model(build):
    built = build(passengers(), "survived", limit="time", seconds=10).value

    assert {"baseline", "linear_model"} <= {candidate.model_type for candidate in built.leaderboard}
    assert built.model_type != "baseline"


def test_every_trial_is_told_as_it_happens(build):
    report = Watcher(lambda report: None)
    built = build(passengers(), "survived", report=report, trials=3).value

    assert [trial["number"] for trial in report.seen] == list(range(1, len(built.trials) + 1))
    assert report.seen[-1]["best"] == pytest.approx(built.trials[-1].best)
