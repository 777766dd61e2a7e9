"""A zip archive with one file in it is read as that file."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO, BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.jobs.job import Report

_CHUNK = 1 << 20
_BOMB = 200
"""No table packs better than this many times, in files of the size below and more."""
_HARMLESS = 100_000_000
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError)


def unzipped(path: Path, scratch: Path, report: Report | None = None) -> Path:
    """The file in an archive, unpacked into ``scratch``; a path that is no archive stays as it is.

    Raises ``CanvasError`` for an archive of several files, one with a password, or a broken or hostile one.
    """
    if path.suffix.lower() != ".zip":
        return path
    try:
        with files.file_errors(path), zipfile.ZipFile(path) as archive:
            member = _only_file(path, archive)
            _require_fair(path, member)
            files.require_space(scratch, member.file_size)
            out = files.temporary_beside(scratch / "unzipped").with_suffix("") / Path(member.filename).name
            with archive.open(member) as packed:
                files.write_atomically(out, lambda file: _unpack(packed, member.file_size, file, report))
            return out
    except _BROKEN as error:
        raise CanvasError(
            f"{path.name} is broken: it can't be unpacked.",
            hint="Get the file once more, or unpack it yourself.",
        ) from error


def _only_file(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    found = [item for item in archive.infolist() if not item.is_dir() and not _is_mark(item.filename)]
    if not found:
        raise CanvasError(f"{path.name} is empty: there is no file in it.", hint="Choose another archive.")
    if len(found) > 1:
        names = ", ".join(item.filename for item in found[:3])
        more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
        raise CanvasError(
            f"{path.name} holds several files: {names}{more}.",
            hint="Unpack it, then choose one of them, or their folder.",
        )
    return found[0]


def _require_fair(path: Path, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise CanvasError(f"{path.name} is locked with a password.", hint="Unpack it, then choose the file.")
    if member.file_size > max(_HARMLESS, _BOMB * member.compress_size):
        size = files.size_in_words(member.file_size)
        raise CanvasError(
            f"{path.name} would unpack to {size}, far more than a table packs: it was not opened.",
            hint="If you trust it, unpack it yourself and choose the file.",
        )


def _unpack(packed: IO[bytes], size: int, file: BinaryIO, report: Report | None) -> None:
    done = 0
    while part := packed.read(_CHUNK):
        done += len(part)
        file.write(part)
        if report is not None:
            report(0.0, f"Unpacking: {files.size_in_words(done)} of {files.size_in_words(size)}")


def _is_mark(name: str) -> bool:
    """What systems leave beside the files."""
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")
