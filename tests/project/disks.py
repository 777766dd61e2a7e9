"""What can happen to a disk."""

from __future__ import annotations

from pathlib import Path


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            continue
