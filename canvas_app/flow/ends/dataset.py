"""A table of the project, as the start of a flow."""

from __future__ import annotations

from canvas_app.base.spec import DatasetName, field
from canvas_app.flow.step import NodeSpec, NodeUnit


class DatasetNode(NodeUnit):
    """A table that was imported into this project."""

    spec = NodeSpec(
        kind="dataset",
        title="Dataset",
        group="Data",
        icon="ph.database",
        inputs=(),
        example={"dataset": "titanic/1"},
        keywords="table import source file",
    )

    dataset: DatasetName = field("Table", help="Which table of the project, and which version of it.")

    def summary(self) -> str:
        """The table and its version."""
        return self.dataset.replace("/", ", version ")
