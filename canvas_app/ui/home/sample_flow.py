"""The finished flow that a sample opens with: its steps are data, beside the sample itself."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from canvas_app.base.spec import Json
from canvas_app.flow.edits import add_after, add_node, rename_node, tidy
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.samples import Sample
    from canvas_app.project.session import Session

_START = (60.0, 140.0)


def sample_flow(flow: Flow, sample: Sample, dataset: str) -> Flow:
    """The flow with the table of the sample, its steps, and the node that predicts its target."""
    table = NODES["dataset"].read({"dataset": dataset})
    flow = add_node(flow, table, *_START)
    flow = rename_node(flow, flow.nodes[-1].id, sample.title)
    for saved in _steps(sample):
        flow = add_after(flow, flow.nodes[-1].id, NODES[saved["kind"]].read(saved["values"]))
    predict = NODES["predict_column"].read({"target": sample.target, "seconds": 30})
    return tidy(add_after(flow, flow.nodes[-1].id, predict))


def draw_sample(session: Session, sample: Sample, dataset: Dataset) -> None:
    """Draw the sample's flow in the project, as one edit."""
    flow = session.project.flows[0].id
    session.edit_flow("Draw the sample's flow", flow, partial(_drawn, sample=sample, dataset=dataset.key))


def _drawn(flow: Flow, sample: Sample, dataset: str) -> Flow:
    return sample_flow(flow, sample, dataset)


def _steps(sample: Sample) -> list[dict[str, Json]]:
    path = sample.path.parent / "flows.json"
    found: list[dict[str, Json]] = json.loads(path.read_text(encoding="utf-8"))[sample.name]
    return found
