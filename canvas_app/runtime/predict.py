"""The command of a bundle: answers a file of rows, or checks that the bundle works here."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import BundleError
from .whole import require_whole

DONE, CANNOT, WRONG_USAGE, STOPPED = 0, 1, 2, 3


def main(folder: Path, arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says, and return the exit code: 0 done, 1 can't be done, 2 wrong usage."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not asked.check and not (asked.input and asked.output):
        parser.print_usage(sys.stderr)
        _tell("Name the file of rows and the file for the answers, or use --check.")
        return WRONG_USAGE
    try:
        require_whole(folder, [path for path in (asked.input, asked.output) if path])
        return _check(folder) if asked.check else _predict(folder, asked.input, asked.output)
    except BundleError as error:
        _tell(str(error))
        return CANNOT
    except ImportError as error:
        _tell(f"{error.name} is needed and not installed here. Install what requirements.txt names.")
        return CANNOT
    except KeyboardInterrupt:
        _tell("Stopped; nothing was written.")
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="predict.py",
        description="Answer a file of rows. The answers stand in the columns prediction and, for categories, "
        "probability_LABEL, after the columns of the file.",
    )
    parser.add_argument("input", nargs="?", type=Path, help="rows to answer: .csv or .parquet")
    parser.add_argument("output", nargs="?", type=Path, help="where the answers go: .csv or .parquet")
    parser.add_argument("--check", action="store_true", help="answer the bundle's own examples and compare")
    return parser


def _check(folder: Path) -> int:
    from .replay import replay

    done = replay(folder)
    examples = _count(done.rows, "example")
    _say(f"The bundle works here: {examples}, largest difference {done.largest_difference:.2g}.")
    return DONE


def _predict(folder: Path, source: Path, target: Path) -> int:
    from .table_file import require_place

    require_place(target)
    from .predictor import Predictor

    done = Predictor(folder).answer_file(source, target)
    for note in done.notes:
        _tell(note)
    _say(f"{_count(done.rows, 'row')} answered in {target}")
    return DONE


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
