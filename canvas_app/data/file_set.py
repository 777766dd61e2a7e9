"""A path names one file, all files of a folder, or those that fit a pattern."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.jobs.job import Report
from canvas_app.jobs.part import Part

_SIGNS = ("*", "?", "[")
_MOST = 20_000


def is_pattern(path: Path) -> bool:
    """Whether it has stars or brackets that are meant as such: nothing is called exactly so."""
    return any(sign in str(path) for sign in _SIGNS) and not path.exists()


def is_many(path: Path) -> bool:
    """Whether it may mean several files."""
    return path.is_dir() or is_pattern(path)


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that a path means, in the order of their names; hidden ones and marks are passed over.

    Raises ``CanvasError`` where there are none, or far too many.
    """
    if not is_many(path):
        return (path,)
    found: set[Path] = set()
    with files.file_errors(path):
        for file in _walked(path):
            found.add(file)
            if len(found) > _MOST:
                raise CanvasError(
                    f"{path} holds more than {_MOST:,} files.", hint="Choose a folder further inside."
                )
    if not found:
        kind = "No file fits" if is_pattern(path) else "There are no files in"
        raise CanvasError(f"{kind} {path}.", hint="Choose another folder or another pattern.")
    return tuple(sorted(found))


def root_of(path: Path) -> Path:
    """The folder in which the files of a path lie: for a pattern, the last one without a star."""
    if path.is_dir():
        return path
    if not is_pattern(path):
        return path.parent
    fixed = [part for part in path.parents if not any(sign in str(part) for sign in _SIGNS)]
    return fixed[0]


def fingerprint_of(paths: tuple[Path, ...], root: Path, report: Report | None = None) -> str:
    """One SHA-256 over the names below ``root`` and the bytes of files; of a single one, over its bytes."""
    if len(paths) == 1 and paths[0].parent == root:
        return files.sha256_of(paths[0], report)
    digest = hashlib.sha256()
    for place, path in enumerate(paths):
        part = Part.of(report, place, len(paths)) if report is not None else None
        name = Path(os.path.relpath(path, root)).as_posix()
        digest.update(f"{name}\0{files.sha256_of(path, part)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def facts_of(paths: tuple[Path, ...]) -> dict[str, int]:
    """The bytes of files, and when the last of them was written, in nanoseconds; raises ``OSError``."""
    stats = [path.stat() for path in paths]
    return {"size": sum(item.st_size for item in stats), "modified": max(item.st_mtime_ns for item in stats)}


def _walked(path: Path) -> Iterator[Path]:
    root = root_of(path)
    fitting = [root] if path.is_dir() else root.glob(str(path.relative_to(root)))
    for item in fitting:
        for file in item.rglob("*") if item.is_dir() else (item,):
            if file.is_file() and not _is_mark(file, root):
                yield file


def _is_mark(file: Path, root: Path) -> bool:
    """Hidden files, and what other tools leave beside their tables: ``_SUCCESS``, ``.part-0.crc``."""
    return any(part.startswith((".", "_")) for part in file.relative_to(root).parts)
