"""The tables that come with the application, each with its licence and where it is from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"


@dataclass(frozen=True)
class Sample:
    """A table to try things on: what it holds, and which column is worth predicting."""

    name: str
    title: str
    path: Path
    target: str
    problem: str
    licence: str
    source: str
    description: str


def _read() -> tuple[Sample, ...]:
    told = json.loads((_FOLDER / "samples.json").read_text(encoding="utf-8"))
    return tuple(Sample(path=_FOLDER / item.pop("file"), **item) for item in told)


SAMPLES: tuple[Sample, ...] = _read()
"""The bundled tables, in the order in which they are offered."""
