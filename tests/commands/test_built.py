"""A built model is told in whole sentences and aligned numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from canvas_app.commands.built import built_words
from canvas_app.training.model import BuiltModel, Metric


@pytest.fixture
def built(model: Path) -> BuiltModel:
    """A model of two measures, about which there is nothing to know."""
    said = TypeAdapter(BuiltModel).validate_json((model / "build.json").read_bytes())
    metrics = (
        Metric("auc", "AUC", 0.87, 0.8, 0.91, True),
        Metric("accuracy", "Accuracy", 0.7912, 0.7, 0.84, True),
    )
    rows = replace(said.rows, test=1)
    return replace(said, title="Random forest", target="outcome", metrics=metrics, rows=rows, notes=())


def test_it_says_what_it_predicts_and_how_well(built: BuiltModel):
    assert built_words(built).splitlines() == [
        "Built a model that predicts outcome: Random forest.",
        "On 1 test row, with the 95 % interval of each measure:",
        "  AUC       0.87    (0.8 to 0.91)",
        "  Accuracy  0.7912  (0.7 to 0.84)",
    ]


def test_what_there_is_to_know_comes_last(built: BuiltModel):
    words = built_words(replace(built, notes=("PassengerId was left out.",)))

    assert words.endswith("\nTo know about it:\n  PassengerId was left out.")
