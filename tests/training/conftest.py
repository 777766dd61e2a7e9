"""Tables to learn from, and builds that are run here and now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from canvas_app.data.engine import Engine
from canvas_app.flow.codec import dump_flow
from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import Step
from canvas_app.jobs.job import Report, run_inline
from canvas_app.training.train_job import TrainJob


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as opened:
        yield opened


def passengers(rows: int = 240, seed: int = 0) -> dict[str, list[Any]]:
    """Rows like the bundled sample's: who survived depends on sex, class and age."""
    draw = np.random.default_rng(seed)
    sex = draw.choice(["male", "female"], rows)
    age = np.round(draw.gamma(6, 5, rows), 1)
    place = draw.integers(1, 4, rows)
    odds = 2.5 * (sex == "female") - 0.7 * place - 0.02 * age + 1
    survived = draw.random(rows) < 1 / (1 + np.exp(-odds))
    return {
        "id": list(range(1, rows + 1)),
        "sex": sex.tolist(),
        "age": [
            None if gone else value for gone, value in zip(draw.random(rows) < 0.1, age.tolist(), strict=True)
        ],
        "class": place.tolist(),
        "fare": np.round(draw.gamma(2, 20, rows), 2).tolist(),
        "survived": survived.astype(int).tolist(),
    }


@pytest.fixture(scope="session")
def train_job(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., TrainJob]:
    """A build of a table, with steps before the model and the unit's own parameters."""

    def make(columns: Mapping[str, Any], target: str, *steps: Step, **unit: Any) -> TrainJob:
        folder = tmp_path_factory.mktemp("build")
        parquet.write_table(pa.table(dict(columns)), folder / "rows.parquet")
        flow = add_node(Flow(), DatasetNode(dataset="rows/1"))
        for item in (*steps, PredictColumn(target=target, **unit)):
            flow = add_after(flow, flow.nodes[-1].id, item)
        (folder / "model").mkdir()
        rows = {"rows/1": str(folder / "rows.parquet")}
        return TrainJob(dump_flow(flow), flow.nodes[-1].id, rows, str(folder / "model"))

    return make


@pytest.fixture(scope="session")
def build(train_job: Callable[..., TrainJob]) -> Callable[..., Any]:
    """The outcome of a build by two trials, unless it is told otherwise."""

    def run(
        columns: Mapping[str, Any], target: str, *steps: Step, report: Report | None = None, **unit: Any
    ) -> Any:
        asked = {"limit": "trials", "trials": 2, **unit}
        return run_inline(train_job(columns, target, *steps, **asked), report)

    return run


@pytest.fixture(scope="session")
def model_folder(build: Callable[..., Any]) -> Path:
    """The folder of one built model."""
    return Path(build(passengers(), "survived").value.folder)
