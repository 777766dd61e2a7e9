"""The projects opened last, the latest first; a list that is lost costs nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from canvas_app.project.project import ModelRecord, Project
from canvas_app.project.recent import Recent, describe, forget, recent_projects, remember
from canvas_app.training.model import Metric
from tests.project.test_change import PROJECT
from tests.project.test_codec import RECORD


def entry(path: str) -> Recent:
    return Recent(path, path.upper(), "2026-11-01T10:00:00+00:00")


def test_the_latest_comes_first_and_each_once() -> None:
    for path in ("a", "b", "a"):
        remember(entry(path))

    assert [item.path for item in recent_projects()] == ["a", "b"]


def test_thirty_are_kept() -> None:
    for number in range(35):
        remember(entry(str(number)))

    assert len(recent_projects()) == 30


def test_a_project_can_be_forgotten() -> None:
    remember(entry("a"))
    remember(entry("b"))
    forget("b")

    assert [item.path for item in recent_projects()] == ["a"]


@pytest.mark.parametrize("broken", ["", "[]", '{"projects": [{"path": 3}]}', '{"projects": 1}'])
def test_a_list_that_cannot_be_read_is_empty_and_is_written_anew(own_home: Path, broken: str) -> None:
    (own_home / "recent.json").write_text(broken)
    before = recent_projects()
    remember(entry("a"))

    assert before == ()
    assert recent_projects() == (entry("a"),)


def test_a_project_that_was_moved_away_is_not_there(tmp_path: Path) -> None:
    assert not entry(str(tmp_path)).there


def test_a_project_is_described_by_its_flow_and_its_models_score(tmp_path: Path) -> None:
    described = describe(tmp_path, PROJECT, (RECORD,))

    assert (described.models, described.score) == (1, "AUC 0.87")
    assert len(described.sketch.nodes) == 2
    assert described.sketch.links == ((0, 1),)
    assert describe(tmp_path, Project(flows=()), ()).score == ""


def test_the_score_is_the_best_of_the_models_that_answer_the_same(tmp_path: Path) -> None:
    first = RECORD.model.metrics[0]
    worse = with_metric(replace(first, value=0.81))
    lower_is_better = replace(first, kind="rmse", title="RMSE", value=3.0, greater_is_better=False)
    other = replace(with_metric(replace(first, value=0.99)).model, target="Another")

    assert describe(tmp_path, PROJECT, (RECORD, worse)).score == "AUC 0.87"
    assert describe(tmp_path, PROJECT, (replace(worse, model=other), RECORD)).score == "AUC 0.87"
    errors = (with_metric(lower_is_better), with_metric(replace(lower_is_better, value=5.0)))
    assert describe(tmp_path, PROJECT, errors).score == "RMSE 3"


def with_metric(metric: Metric) -> ModelRecord:
    return replace(RECORD, model=replace(RECORD.model, metrics=(metric,)))
