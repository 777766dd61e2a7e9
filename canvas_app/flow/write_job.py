"""The rows of a flow go to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.spec import Json
from canvas_app.data.engine import Engine
from canvas_app.flow.codec import load_flow
from canvas_app.flow.compile import Compiler, TrainingRows
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.flow.parquet_tables import parquet_tables
from canvas_app.flow.written_cells import disarmed
from canvas_app.jobs.job import Job, Report


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written, and how many rows it has."""

    path: str
    rows: int


@dataclass(frozen=True)
class WriteFileJob(Job[WrittenFile]):
    """Write what comes into a *Write file* node to its file."""

    title: ClassVar[str] = "Write file"
    result: ClassVar[type] = WrittenFile

    flow: Json
    """As ``dump_flow`` gives it."""
    node: NodeId
    datasets: Mapping[str, str] = field(default_factory=dict)
    """From the key of a dataset to the path of its Parquet file."""
    folder: str = ""
    """Where a file without a folder of its own goes: the project's exports."""
    training_rows: TrainingRows | None = None
    """A function of a module, so that recipes learn here as they do in a build."""

    def run(self, report: Report) -> WrittenFile:
        """Stream the rows; the file is there whole or not at all."""
        report(0.0, "Preparing")
        flow = load_flow(self.flow)
        with Engine() as engine:
            compiler = Compiler(flow, parquet_tables(engine, self.datasets), training_rows=self.training_rows)
            return write_node(compiler, self.node, engine, Path(self.folder), report)


def write_node(compiler: Compiler, node: NodeId, engine: Engine, folder: Path, report: Report) -> WrittenFile:
    """Write one *Write file* node; raises ``CanvasError`` naming the node."""
    flow = compiler.flow
    unit = flow[node].unit if node in flow else None
    if not isinstance(unit, WriteFile):
        raise CanvasError("There is no such Write file node.", hint="Choose another.", where=Where(node))
    problem = next(iter(unit.check()), None)
    if problem is not None:
        raise CanvasError(problem.message, hint=problem.hint, where=Where(node, problem.field))
    path = target_of(unit, folder)
    table = compiler.table(node)
    report(0.0, f"Writing {path.name}")
    if path.suffix.lower() == ".csv":
        rows = engine.write_csv(disarmed(table), path, report)
    else:
        rows = engine.write_parquet(table, path, report)
    return WrittenFile(str(path), rows)


def target_of(unit: WriteFile, folder: Path) -> Path:
    """Where the file goes: as the path says, or into the folder where it says none."""
    return folder / Path(unit.path).expanduser()


def files_of(flow: Flow) -> tuple[NodeId, ...]:
    """The *Write file* nodes that a run of the flow writes, in the order of the flow."""
    return tuple(node.id for node in flow if isinstance(node.unit, WriteFile) and not node.skipped)
