"""An Arrow or Feather file is copied in a process that may fall over damaged bytes alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.data.foreign.copy import Copied, copy_batches
from canvas_app.jobs.job import Job, Report

if TYPE_CHECKING:
    import pyarrow

_OLD_FEATHER = b"FEA1"


@dataclass(frozen=True)
class CopyArrow(Job[Copied]):
    """Copy an Arrow file, a stream of Arrow's, or a Feather file to the Parquet file ``out``."""

    title = "Read an Arrow file"
    result: ClassVar[type[Copied]] = Copied

    path: str
    out: str

    def run(self, report: Report) -> Copied:
        """Batch by batch, each checked."""
        import pyarrow

        name = Path(self.path).name
        report(-1.0, f"Looking at {name}")
        try:
            with ExitStack() as stack:
                schema, batches = _opened(Path(self.path), stack)
                return copy_batches(schema, batches, Path(self.out), report)
        except (pyarrow.ArrowException, OSError, EOFError, ValueError) as error:
            raise CanvasError(
                f"{name} is not an Arrow or Feather file, or it is damaged.",
                hint="Write it again with the program that made it.",
            ) from error


def _opened(path: Path, stack: ExitStack) -> tuple[pyarrow.Schema, Iterator[pyarrow.RecordBatch]]:
    """The schema and the batches, of any of the three formats."""
    import pyarrow
    from pyarrow import feather, ipc

    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_OLD_FEATHER):
        table = feather.read_table(path)
        return table.schema, iter(table.to_batches())
    source = stack.enter_context(pyarrow.OSFile(str(path)))
    if head.startswith(b"ARROW1"):
        reader = stack.enter_context(ipc.open_file(source))
        return reader.schema, (reader.get_batch(at) for at in range(reader.num_record_batches))
    stream = stack.enter_context(ipc.open_stream(source))
    return stream.schema, iter(stream)
