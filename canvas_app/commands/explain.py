"""``canvas-app explain``: draw what a built model has learned, as pictures and as numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from canvas_app.base.words import counted
from canvas_app.commands.terminal import AsJson, Terminal

_SUFFIXES = (".png", ".svg", ".csv")
_DRAWN = 0.9
"""How far the whole work is when only the files are left."""

ModelName = Annotated[
    str, typer.Option("--model", metavar="NAME", help="Name or id of the model; the newest if not given.")
]
Dark = Annotated[bool, typer.Option("--dark", help="Draw light lines on a dark ground.")]


def explain(
    model: Annotated[
        Path, typer.Argument(metavar="MODEL", help="A project's folder, or the folder of one of its models.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder for the pictures.")],
    name: ModelName = "",
    dark: Dark = False,
    as_json: AsJson = False,
) -> None:
    """Draw what a model has learned. Each picture is written as PNG and SVG, and its numbers as CSV."""
    from canvas_app.commands.models import model_folder

    terminal = Terminal(as_json)
    paths = draw(model_folder(model, name), out, terminal, theme="dark" if dark else "light")
    drawn = counted(len(paths) // len(_SUFFIXES), "picture")
    terminal.result(
        f"{drawn} written to {out}, each as PNG and SVG, with its numbers as CSV.",
        files=[str(path) for path in paths],
    )


def draw(
    folder: Path, out: Path, terminal: Terminal, theme: Literal["light", "dark"] = "light"
) -> tuple[Path, ...]:
    """Draw every analysis that suits the model; effects are computed once for all."""
    from canvas_app.explain.analysis import gallery
    from canvas_app.explain.explain_job import ExplainJob
    from canvas_app.jobs.scratch import scratch
    from canvas_app.runtime.contract import Contract
    from canvas_app.ui.charts.save import save_figure

    chosen = gallery(Contract.read(folder).problem)
    with scratch("explain") as cache:
        job = ExplainJob.of(folder, cache, *(unit() for unit in chosen))
        with terminal.part(0.0, _DRAWN):
            figures = job.run(terminal)
    paths = [out / f"{unit.spec.kind}{suffix}" for unit in chosen for suffix in _SUFFIXES]
    with terminal.part(_DRAWN, 1.0):
        terminal(0.0, "Writing the pictures")
        for path, figure in zip(paths, (figure for figure in figures for _ in _SUFFIXES), strict=True):
            save_figure(figure, path, theme)
    return tuple(paths)
