"""What is saved comes back equal, and what is damaged says so."""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import replace

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.dataset import Dataset
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.project.change import Change
from canvas_app.project.codec import (
    dump_project,
    pack_project,
    pack_record,
    share,
    unpack_project,
    unpack_record,
)
from canvas_app.project.project import ModelRecord, Project, add_dataset, with_flow
from canvas_app.training.model import BuiltModel, Candidate, Metric, RowCounts, Trial
from tests.project.test_change import FLOW, PROJECT

DATASET = Dataset(
    "people 👩 ]\"'; DROP TABLE edits; --",
    1,
    "ab" * 32,
    Schema((ColumnInfo("age [years]", "whole", "int64"), ColumnInfo("", "text", "string"))),
    rows=2,
    size=100,
    source={"kind": "csv_file", "sha256": "cd" * 32},
    notes=("1 row was put aside.",),
)

RECORD = ModelRecord(
    "ef" * 32,
    "Survived",
    2,
    "flow",
    "n1",
    "2026-11-01T10:00:00+00:00",
    BuiltModel(
        folder="models/x",
        target="Survived",
        problem="two-categories",
        metric="log_loss",
        model_type="lightgbm",
        title="Boosted trees",
        classes=("0", "1"),
        metrics=(Metric("auc", "AUC", 0.87, 0.8, 0.9, True),),
        leaderboard=(Candidate("lightgbm", "Boosted trees", math.inf, 1.0, 3, {"trees": 40}, True),),
        trials=(Trial(1, "lightgbm", math.nan, 0.4, 1.5),),
        rows=RowCounts(600, 200, 200),
        seconds=12.0,
        seed=0,
        columns=("Age", "Sex"),
    ),
)


def test_a_project_comes_back_equal() -> None:
    project = add_dataset(PROJECT, DATASET)

    assert unpack_project(pack_project(project)) == project


def test_a_lone_surrogate_in_a_name_is_no_obstacle() -> None:
    project = Project(name="bad \ud800 name")

    assert unpack_project(pack_project(project)) == project


def test_a_model_comes_back_with_its_infinities() -> None:
    loaded = unpack_record(pack_record(RECORD))

    assert loaded.model.leaderboard == RECORD.model.leaderboard
    assert math.isnan(loaded.model.trials[0].score)
    assert replace(loaded, model=replace(loaded.model, trials=RECORD.model.trials)) == RECORD


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[: len(packed) // 2],
        lambda packed: packed[:20] + bytes([packed[20] ^ 1]) + packed[21:],
        lambda packed: zlib.compress(b"[]"),
        lambda packed: zlib.compress(json.dumps({"flows": [], "datasets": [{"name": 3}]}).encode()),
        lambda packed: b"",
    ],
)
def test_damaged_bytes_say_so_in_words(damage: object) -> None:
    with pytest.raises(CanvasError, match="can't be read"):
        unpack_project(damage(pack_project(PROJECT)))  # type: ignore[operator]


def test_what_is_equal_becomes_the_same_so_that_a_change_names_little() -> None:
    known = add_dataset(PROJECT, DATASET)
    moved = replace(FLOW, nodes=(replace(FLOW["start"], x=9.0), FLOW["end"]))
    loaded = unpack_project(pack_project(with_flow(known, moved)))
    change = Change(known, share(known, loaded))

    assert not change.touches("datasets")
    assert change.changed_nodes("flow") == {"start"}
    assert share(known, unpack_project(pack_project(known))).flows is known.flows


def test_the_saved_form_is_readable_json() -> None:
    assert json.loads(json.dumps(dump_project(PROJECT)))["flows"][0]["nodes"][0]["id"] == "start"
