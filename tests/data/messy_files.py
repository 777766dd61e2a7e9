"""Messy files made by hand, grouped by what is wrong with them, each with the table that it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canvas_app.data.engine import Engine
from canvas_app.data.source import Scan
from canvas_app.data.sources.csv_file import CsvFile

FOLDER = Path(__file__).parent / "messy"


@dataclass(frozen=True)
class MessyFile:
    """One of the files, and what it holds: the texts as they are written, a blank as an empty text."""

    path: Path
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        """The failure and the file."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def header(self) -> list[str]:
        """The names of the columns; made up where the file has none."""
        named: list[str] | None = self.expected["header"]
        return named or [f"column_{place}" for place in range(1, len(self.expected["rows"][0]) + 1)]

    def scan(self, engine: Engine) -> Scan:
        """Read it without being told how it is written."""
        return CsvFile(path=str(self.path), as_text=True, **self.expected.get("options", {})).scan(engine)


def messy_files() -> list[MessyFile]:
    """All of them."""
    paths = sorted(FOLDER.glob("*/*.json"))
    return [MessyFile(path.with_suffix(".csv"), json.loads(path.read_text("utf-8"))) for path in paths]


def texts_of(engine: Engine, scan: Scan) -> list[list[str]]:
    """The rows, as lists of texts."""
    table = engine.fetch(scan.table)
    return [["" if value is None else value for value in row.values()] for row in table.to_pylist()]
