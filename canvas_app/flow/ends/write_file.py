"""The node that writes the table of a flow to a file."""

from __future__ import annotations

from canvas_app.base.errors import Problem
from canvas_app.base.spec import File, field
from canvas_app.data.schema import Schema
from canvas_app.flow.step import NodeSpec, NodeUnit


class WriteFile(NodeUnit):
    """Write the rows to a CSV or Parquet file, by its suffix."""

    spec = NodeSpec(
        kind="write_file",
        title="Write file",
        group="Output",
        icon="ph.file-arrow-down",
        output=False,
        example={"path": "prepared.parquet"},
        keywords="export save csv parquet output",
    )

    path: File = field(
        "File", help="Ends in .csv or .parquet; a bare name lies in the project's exports folder."
    )

    def summary(self) -> str:
        """The file's name."""
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]

    def check(self, *schemas: Schema) -> tuple[Problem, ...]:
        """Also: the suffix must name a format that can be written."""
        found = super().check(*schemas)
        if self.path and not self.path.lower().endswith((".csv", ".parquet")):
            found += (
                Problem("The file's name must end in .csv or .parquet.", "Change its suffix.", field="path"),
            )
        return found
