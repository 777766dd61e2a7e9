"""A whole flow is run: every file that it writes is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.data.engine import Engine
from canvas_app.flow.codec import load_flow
from canvas_app.flow.compile import Compiler, TrainingRows
from canvas_app.flow.parquet_tables import parquet_tables
from canvas_app.flow.write_job import WrittenFile, files_of, write_node
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.part import Part


@dataclass(frozen=True)
class RunFlowJob(Job[tuple[WrittenFile, ...]]):
    """Write all files of a flow, one after the other; skipped nodes write nothing."""

    title: ClassVar[str] = "Run flow"
    result: ClassVar[Any] = tuple[WrittenFile, ...]

    flow: Json
    """As ``dump_flow`` gives it."""
    datasets: Mapping[str, str] = field(default_factory=dict)
    """From the key of a dataset to the path of its Parquet file."""
    folder: str = ""
    """Where files without a folder of their own go."""
    training_rows: TrainingRows | None = None
    """A function of a module, so that recipes learn here as they do in a build."""

    def run(self, report: Report) -> tuple[WrittenFile, ...]:
        """The files in the order of the flow; raises ``CanvasError`` at the first that can't be written."""
        flow = load_flow(self.flow)
        nodes = files_of(flow)
        if not nodes:
            raise CanvasError("This flow writes no file.", hint="Add a Write file node at its end.")
        written = []
        with Engine() as engine:
            compiler = Compiler(flow, parquet_tables(engine, self.datasets), training_rows=self.training_rows)
            for node in nodes:
                compiler.table(node)
            for at, node in enumerate(nodes):
                part = Part.of(report, at, len(nodes))
                written.append(write_node(compiler, node, engine, Path(self.folder), part))
        return tuple(written)
