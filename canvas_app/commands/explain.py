"""``canvas-app explain``: draw what a built model has learned, as pictures and as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.explain.figure import Figure

ModelName = Annotated[
    str, typer.Option("--model", help="Name or id of the model; the newest where not named.")
]
Dark = Annotated[bool, typer.Option("--dark", help="Light lines on a dark ground.")]


def explain(
    model: Annotated[Path, typer.Argument(help="A project's folder, or the folder of one of its models.")],
    out: Annotated[Path, typer.Argument(help="A folder for the pictures.")],
    name: ModelName = "",
    dark: Dark = False,
    as_json: AsJson = False,
) -> None:
    """Draw what a model has learned: each picture as PNG and SVG, and its numbers as CSV."""
    from canvas_app.commands.models import model_folder

    terminal = Terminal(as_json)
    paths = draw(model_folder(model, name), out, terminal, theme="dark" if dark else "light")
    terminal.result(f"{len(paths)} files written to {out}", files=[str(path) for path in paths])


def draw(folder: Path, out: Path, terminal: Terminal, theme: str = "light") -> tuple[Path, ...]:
    """Draw every analysis that suits the model; effects are computed once for all."""
    import tempfile

    from canvas_app.explain.analysis import gallery
    from canvas_app.explain.explain_job import ExplainJob
    from canvas_app.runtime.contract import Contract

    chosen = gallery(Contract.read(folder).problem)
    with tempfile.TemporaryDirectory() as cache:
        job = ExplainJob.of(folder, Path(cache), *(unit() for unit in chosen))
        figures = job.run(terminal)
    terminal(-1.0, "Writing the pictures")
    paths: list[Path] = []
    for unit, figure in zip(chosen, figures, strict=True):
        paths += _write(figure, out / str(unit.spec.kind), theme)
    return tuple(paths)


def _write(figure: Figure, stem: Path, theme: str) -> Sequence[Path]:
    from canvas_app.data.files import write_atomically
    from canvas_app.ui.charts.paint import save

    pictures = [stem.with_suffix(".png"), stem.with_suffix(".svg")]
    stem.parent.mkdir(parents=True, exist_ok=True)
    for path in pictures:
        save(figure, path, theme)
    numbers = stem.with_suffix(".csv")
    write_atomically(numbers, lambda file: _write_numbers(file, figure))
    return [*pictures, numbers]


def _write_numbers(file: BinaryIO, figure: Figure) -> None:
    text = io.TextIOWrapper(file, "utf-8", newline="")
    rows = csv.writer(text)
    rows.writerow(figure.header)
    rows.writerows(figure.rows)
    text.flush()
    text.detach()
