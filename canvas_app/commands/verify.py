"""``canvas-app verify``: check every file of a bundle, and replay its examples."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from canvas_app.base.words import counted
from canvas_app.commands.predict import Trust
from canvas_app.commands.process import keep_lean
from canvas_app.commands.terminal import AsJson, Terminal


def verify(
    context: typer.Context,
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The folder of a bundle.")],
    trust: Trust = False,
    as_json: AsJson = False,
) -> None:
    """Check that a bundle is whole and answers as it should.

    Every file is compared with its checksum, then its examples are answered again.
    """
    from canvas_app.bundle.read import VerifyJob

    keep_lean(context, bundle)
    terminal = Terminal(as_json)
    done = VerifyJob(str(bundle), trust).run(terminal)
    terminal.result(
        f"{bundle} is whole. {counted(done.rows, 'example')} answered as expected; largest difference"
        f" {done.largest_difference:.2g}.",
        **asdict(done),
    )
