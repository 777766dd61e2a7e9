"""A file is either there whole or not there at all: the one place that writes files."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from canvas_app.base.errors import CanvasError

_CHUNK = 1 << 20

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


class NoRoom(CanvasError):
    """A disk is full, or too full for what is to be written."""

    def __init__(self, place: str, needed: int | None = None, free: int | None = None) -> None:
        self.needed, self.free = needed, free
        wanted = f" It needs {size_in_words(needed)}" if needed is not None else ""
        left = (
            f", and {size_in_words(free)} are left." if free is not None and wanted else "." if wanted else ""
        )
        super().__init__(
            f"The disk of {place} is full.{wanted}{left}",
            hint="Free some space, or choose a folder on another disk.",
        )

    def of(self, place: str) -> NoRoom:
        """The same about a place that a person knows, where this one is only a folder on its way there."""
        return NoRoom(place, self.needed, self.free)


def write_atomically(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write through a temporary name beside ``path``, so that no half-written file is ever seen.

    Raises ``CanvasError`` when the disk is full, or the folder can't be written.
    """
    temp = temporary_beside(path)
    try:
        with file_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with temp.open("wb") as file:
                write(file)
        publish(temp, path)
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def temporary_beside(path: Path) -> Path:
    """An unused name in the same folder, for what is then given to ``publish``."""
    return path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.part")


def publish(temp: Path, path: Path) -> None:
    """Give a finished file its name: sync the file, rename, sync the folder. Raises ``CanvasError``."""
    with file_errors(path):
        with temp.open("rb+") as file:
            os.fsync(file.fileno())
        temp.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def file_errors(path: Path, needed: int | None = None) -> Iterator[None]:
    """Turn the system's errors about ``path`` into ``CanvasError``; ``needed`` is in bytes."""
    try:
        yield
    except OSError as error:
        raise error_about(path, error, needed) from error


def error_about(path: Path, error: OSError, needed: int | None = None) -> CanvasError:
    """What the system's error means for a person who reads or writes ``path``."""
    if error.errno in _NO_ROOM:
        return NoRoom(str(path.parent), needed)
    if error.errno in _NOT_ALLOWED:
        return CanvasError(
            f"{path} can't be opened: the system doesn't allow it.",
            hint="Choose another folder, or change the permissions of this one.",
        )
    if isinstance(error, FileNotFoundError):
        return CanvasError(f"There is no file {path}.", hint="Check whether it was moved or renamed.")
    if isinstance(error, IsADirectoryError):
        return CanvasError(f"{path} is a folder, not a file.", hint="Choose a file inside it.")
    reason = error.strerror or type(error).__name__
    return CanvasError(
        f"{path} can't be read or written: {reason}.", hint="Check the disk, or choose another place."
    )


def require_space(folder: Path, needed: int) -> None:
    """Raise ``CanvasError`` unless the disk of ``folder`` has that many bytes left."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    with file_errors(folder):
        free = shutil.disk_usage(nearest).free
    if free < needed:
        raise NoRoom(str(folder), needed, free)


def sha256_of(path: Path, tell: Callable[[float], None] | None = None) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; ``tell`` hears how far it is, 0 to 1."""
    digest = hashlib.sha256()
    with file_errors(path), path.open("rb") as file:
        size = max(1, path.stat().st_size)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if tell is not None:
                tell(min(1.0, file.tell() / size))
    return digest.hexdigest()


def sha256_of_folder(folder: Path) -> str:
    """One SHA-256 over the names and bytes of all files in a folder, wherever the folder lies."""
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def size_in_words(size: int) -> str:
    """Bytes as a person reads them, such as ``5.3 MB``."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000:
            return (
                f"{amount:.0f} {unit}" if unit in ("bytes", "KB") or amount >= 10 else f"{amount:.1f} {unit}"
            )
        amount /= 1000
    return f"{amount:.1f} TB"
