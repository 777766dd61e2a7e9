"""The commands: without one, the window opens; no toolkit is loaded unless it does."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Annotated, NoReturn

import typer

from canvas_app import __version__
from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.commands.build import build
from canvas_app.commands.copy import copy
from canvas_app.commands.display import NO_DISPLAY, has_display
from canvas_app.commands.errand import errand
from canvas_app.commands.explain import explain
from canvas_app.commands.export import export
from canvas_app.commands.import_file import import_file
from canvas_app.commands.new import new
from canvas_app.commands.predict import predict
from canvas_app.commands.process import Process
from canvas_app.commands.refresh import refresh
from canvas_app.commands.restore import restore
from canvas_app.commands.run import run
from canvas_app.commands.self_check import self_check
from canvas_app.commands.terminal import BUG, CANNOT, DONE, STOPPED, WRONG_USAGE
from canvas_app.commands.verify import verify
from canvas_app.jobs.scratch import clear_dead_scratch

_INTERRUPTED = 130
"""What Typer makes of Ctrl+C."""

app = typer.Typer(
    name="canvas-app",
    help="From a table to a model that can be trusted. Without a command, the window opens.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done, 1 can't be done, 2 wrong usage, 3 stopped, 70 a bug.",
)
app.command("new")(new)
app.command("import")(import_file)
app.command("refresh")(refresh)
app.command("run")(run)
app.command("build")(build)
app.command("explain")(explain)
app.command("export")(export)
app.command("verify")(verify)
app.command("predict")(predict)
app.command("copy")(copy)
app.command("restore")(restore)
app.command("self-check")(self_check)
app.command("errand")(errand)


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option("--project", metavar="FOLDER", help="Open this project.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """From a table to a model that can be trusted. Without a command, the window opens."""
    if context.invoked_subcommand is not None:
        clear_dead_scratch()
        return
    if version:
        sys.stdout.write(f"{__version__}\n")
        return
    if not has_display():
        sys.stderr.write(NO_DISPLAY)
        raise typer.Exit(WRONG_USAGE)
    from canvas_app.ui.app import main as open_window

    raise typer.Exit(open_window(project))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the answer is the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.excepthook = _bug
    signal.signal(signal.SIGTERM, _stop)
    try:
        # Calling the app itself would put Typer's own excepthook in place.
        command = typer.main.get_command(app)
        whole = Process(alone=arguments is None)
        code = int(command.main(given, prog_name="canvas-app", standalone_mode=False, obj=whole) or DONE)
    except typer.TyperException as error:
        sys.stderr.write(f"{error.format_message()}\nSee canvas-app --help, or canvas-app COMMAND --help.\n")
        return WRONG_USAGE
    except CanvasError as error:
        _tell(error, as_json="--json" in given)
        return CANNOT
    except (KeyboardInterrupt, Cancelled, typer.Abort):
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        sys.stderr.write("\nStopped.\n")
        return STOPPED
    return code


def _tell(error: CanvasError, *, as_json: bool) -> None:
    """What happened and what to do, on two lines of stderr; and on stdout where JSON was asked for."""
    sys.stderr.write(f"{error.message}\n")
    if error.hint:
        sys.stderr.write(f"{error.hint}\n")
    if as_json:
        facts = {
            "error": error.message,
            "hint": error.hint,
            "node": error.where.node,
            "field": error.where.field,
        }
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """Being ended is being stopped: what was begun is cleared away first."""
    del number, frame
    raise KeyboardInterrupt


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw: all that is known, and an exit code of its own."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.write("This is a bug. The lines above say where.\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(BUG)


if __name__ == "__main__":
    sys.exit(main())
