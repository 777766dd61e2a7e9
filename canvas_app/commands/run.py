"""``canvas-app run``: run the flow of a project, as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.flow.flow import Flow
    from canvas_app.flow.write_job import WrittenFile
    from canvas_app.project.session import Session


def run(
    project: ProjectFolder,
    flow: Annotated[
        str, typer.Option("--flow", metavar="FLOW", help="Name or id of the flow; the first if not given.")
    ] = "",
    build: Annotated[bool, typer.Option("--build", help="Build its models too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the files of a project's flow. With --build, its models are built too."""
    from canvas_app.commands.projects import build_node, chosen_flow, nodes_of, opened

    terminal = Terminal(as_json)
    with opened(project) as session:
        chosen = chosen_flow(session, flow)
        files, models = nodes_of(chosen, "write_file"), nodes_of(chosen, "predict_column")
        if not files and not (models and build):
            hint = "Use --build to build its models." if models else "Add a Write file node in the window."
            raise CanvasError(f"The flow named {chosen.name} writes no file.", hint=hint)
        written = write_files(session, chosen, terminal) if files else ()
        built = [build_node(session, chosen, node, terminal) for node in models] if build else []
    lines = [f"{counted(item.rows, 'row')} written to {item.path}" for item in written]
    lines += [f"{record.name}, version {record.version}: {record.model.title}" for record in built]
    terminal.result(
        "\n".join(lines),
        files=[{"path": item.path, "rows": item.rows} for item in written],
        models=[record.id for record in built],
    )


def write_files(session: Session, flow: Flow, terminal: Terminal) -> tuple[WrittenFile, ...]:
    """Write every file of a flow; a bare name lies in the project's exports folder."""
    from canvas_app.commands.projects import awaited, nodes_of, require_sound
    from canvas_app.flow.codec import dump_flow
    from canvas_app.flow.run_flow import RunFlowJob
    from canvas_app.training.split import training_rows

    for node in nodes_of(flow, "write_file"):
        require_sound(session, flow, node)
    job = RunFlowJob(dump_flow(flow), session.datasets_of(flow), str(session.exports), training_rows)
    written: tuple[WrittenFile, ...] = awaited(session.run, job, terminal=terminal)
    return written
