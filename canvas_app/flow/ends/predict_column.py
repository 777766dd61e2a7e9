"""The node that asks for a model."""

from __future__ import annotations

from typing import Literal

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Column, field
from canvas_app.base.words import counted
from canvas_app.data.schema import Schema
from canvas_app.flow.step import NodeSpec, NodeUnit


class PredictColumn(NodeUnit):
    """Build a model that predicts one column from the others."""

    spec = NodeSpec(
        kind="predict_column",
        title="Predict a column",
        group="Model",
        icon="ph.cube",
        output=False,
        example={"target": "Survived"},
        keywords="model train build target classify regress",
    )

    target: Column = field("Column to predict")
    problem: Literal["follow the column", "two-categories", "many-categories", "number"] = field(
        "Kind of answer",
        default="follow the column",
        labels=("Follow the column", "2 categories", "3+ categories", "Number"),
    )
    limit: Literal["time", "trials"] = field("Search by", default="time", labels=("Time", "Trials"))
    seconds: int = field(
        "Time for the search",
        default=120,
        ge=10,
        le=86_400,
        step=10,
        unit="s",
        shown_if=("limit", "time"),
        help="All in all: search, final fit and measuring.",
    )
    trials: int = field(
        "Trials",
        default=30,
        ge=1,
        le=10_000,
        shown_if=("limit", "trials"),
        help="The baseline and the linear model come on top. Same seed and same number: the same model.",
    )
    seed: int = field(
        "Seed",
        default=0,
        ge=0,
        le=2_147_483_647,
        help="Chooses which rows are kept apart, and steers the search.",
    )

    def summary(self) -> str:
        """The target and the budget."""
        budget = f"{self.seconds} s" if self.limit == "time" else counted(self.trials, "trial")
        return f"{self.target} · {budget}" if self.target else "Choose a column"

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: there must be something to learn from."""
        found = super().check(*schemas)
        if schemas and len(schemas[0]) < 2:
            found += (Problem("There is no column to learn from.", "Bring in at least one more column."),)
        return found
