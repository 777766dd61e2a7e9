"""Opens a project for a command, and follows the jobs that it runs there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canvas_app.base.errors import CanvasError
from canvas_app.commands.terminal import Terminal, outcome_value
from canvas_app.jobs.job import Done, Progress, Stopped

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.source import Source
    from canvas_app.flow.flow import Flow, Node
    from canvas_app.project.project import ModelRecord
    from canvas_app.project.session import Session

ProjectFolder = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project's folder.")]


@contextmanager
def opened(folder: Path, *, look_only: bool = False, only_reads: bool = False) -> Iterator[Session]:
    """The project in a folder, until the command is done with it.

    A command that ``only_reads`` is not kept out by a window that has the project.
    """
    from canvas_app.jobs.pool import InlinePool
    from canvas_app.project.session import Session

    session = Session.open(folder, InlinePool(), look_only=look_only)
    try:
        if not (look_only or only_reads):
            session.require_writable()
        yield session
    finally:
        session.close()


def awaited(start: Callable[..., Any], *subjects: Any, terminal: Terminal, **facts: Any) -> Any:
    """Start a job of the session and wait for what it gives; raises ``CanvasError`` where it can't."""
    outcomes: list[Any] = []

    def progress(said: Progress) -> None:
        terminal(said.done, said.note, said.found)

    start(
        *subjects,
        done=lambda value: outcomes.append(Done(value)),
        failed=outcomes.append,
        stopped=lambda: outcomes.append(Stopped()),
        progress=progress,
        **facts,
    )
    return outcome_value(outcomes[0])


def import_into(session: Session, source: Source, name: str, terminal: Terminal) -> Dataset:
    """Bring what a source reads into the project; the answer is the table as the project knows it."""
    dataset: Dataset = awaited(session.import_source, source, name=name, terminal=terminal)
    return dataset


def chosen_flow(session: Session, name: str = "") -> Flow:
    """The flow of that name or id; the only or first one where none is named."""
    flows = session.project.flows
    found = [flow for flow in flows if not name or name in (flow.name, flow.id)]
    if not found:
        known = ", ".join(flow.name for flow in flows)
        raise CanvasError(f"There is no flow {name}.", hint=f"There are: {known}.")
    return found[0]


def nodes_of(flow: Flow, kind: str, name: str = "") -> tuple[Node, ...]:
    """The nodes of one kind that are not skipped; of them those of that title or id, where one is named."""
    fitting = (node for node in flow if node.unit.spec.kind == kind and not node.skipped)
    return tuple(node for node in fitting if not name or name in (node.title, node.id))


def require_sound(session: Session, flow: Flow, node: Node) -> None:
    """Raise ``CanvasError`` for the first problem of the node, or of what it draws from."""
    from canvas_app.base.errors import Where
    from canvas_app.flow.check import check_flow

    schemas = {dataset.key: dataset.schema for dataset in session.project.datasets}
    needed = set(flow.upstream(node.id))
    for problem in check_flow(flow, schemas).problems:
        if problem.node in needed and problem.severity == "problem":
            at = flow[problem.node].title
            raise CanvasError(
                f"{at}: {problem.message}", hint=problem.hint, where=Where(problem.node, problem.field)
            )


def build_node(session: Session, flow: Flow, node: Node, terminal: Terminal) -> ModelRecord:
    """Build the model that a node asks for, and keep it in the project."""
    require_sound(session, flow, node)
    record: ModelRecord = awaited(session.build, flow.id, node.id, terminal=terminal)
    return record
