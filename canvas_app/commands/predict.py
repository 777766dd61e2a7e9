"""``canvas-app predict``: answer a file of rows with a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canvas_app.base.words import counted
from canvas_app.commands.process import keep_lean
from canvas_app.commands.terminal import AsJson, Terminal

Trust = Annotated[
    bool,
    typer.Option("--trust", help="Run a bundle that was made elsewhere. Do so only if you know who made it."),
]


def predict(
    context: typer.Context,
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The folder of a bundle.")],
    input: Annotated[Path, typer.Argument(metavar="INPUT", help="The rows to answer: .csv or .parquet.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Where the answers go: .csv or .parquet.")],
    trust: Trust = False,
    as_json: AsJson = False,
) -> None:
    """Answer the rows of a file with a bundle.

    The output has the columns of the input, then prediction, and probability_LABEL for each category.
    """
    from canvas_app.bundle.read import PredictJob, open_bundle, require_output

    keep_lean(context, bundle)
    terminal = Terminal(as_json)
    require_output(output)
    open_bundle(bundle).require_trust(trust)
    done = PredictJob(str(bundle), str(input), str(output), trust).run(terminal)
    terminal.tell(*done.notes)
    terminal.result(
        f"{counted(done.rows, 'row')} answered. The answers are in {output}.",
        rows=done.rows,
        path=str(output),
        notes=list(done.notes),
    )
