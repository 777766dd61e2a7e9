"""One writer at a time: a lock file says who, and a lock of the system says whether it still is so."""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data.files import error_about

NAME = "project.lock"

_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_FAR = 1 << 30
"""Windows locks bytes, which then can't be read: this one lies beyond what is written."""


@dataclass(frozen=True)
class Holder:
    """Who has a project open."""

    pid: int
    host: str
    user: str
    since: str
    """ISO 8601, UTC."""

    def __str__(self) -> str:
        """As part of a sentence: the project is open in ..."""
        when = self.since[:16].replace("T", " ")
        place = "this computer" if self.host == socket.gethostname() else self.host
        return f"another window of {self.user} on {place} (process {self.pid}, since {when} UTC)"


class Held(CanvasError):
    """Another window has the project."""

    def __init__(self, folder: Path, holder: Holder | None) -> None:
        who = str(holder) if holder is not None else "another window"
        hint = "Close it there, or open it here to look at it only."
        if holder is not None and holder.host != socket.gethostname():
            hint += f" If {holder.host} no longer has it open, delete {folder / NAME}."
        super().__init__(f"{folder.name} is open in {who}.", hint=hint)
        self.holder = who


class ReadOnly(CanvasError):
    """A project in which the system lets nothing be written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is read-only: the system doesn't allow to write there.",
            hint=f"Look at it only, or save a copy elsewhere and edit that (canvas-app copy {folder} COPY).",
        )


class Lock:
    """The right to write to a project, from ``take`` to ``release``; the system ends it with the process."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def take(cls, folder: Path) -> Lock:
        """Take the lock of a project; raises ``Held``, ``ReadOnly``, or another ``CanvasError``.

        A lock file that a dead process left says nothing: the lock of the system is gone with it. Only
        another computer's can't be asked, so its word is believed.
        """
        path = folder / NAME
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            if error.errno in _NOT_ALLOWED:
                raise ReadOnly(folder) from error
            raise error_about(path, error) from error
        try:
            _require_free(handle, folder)
            _write(handle, _me())
        except CanvasError:
            os.close(handle)
            raise
        except OSError as error:
            os.close(handle)
            raise error_about(path, error) from error
        return cls(handle)

    @classmethod
    @contextmanager
    def held(cls, folder: Path) -> Iterator[None]:
        """Hold the lock for a while."""
        lock = cls.take(folder)
        try:
            yield
        finally:
            lock.release()

    def release(self) -> None:
        """Give it back. The file stays, empty: removing it could take a lock from under another's feet."""
        if self._handle is None:
            return
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
        os.close(self._handle)
        self._handle = None


def _require_free(handle: int, folder: Path) -> None:
    certain = _lock(handle, folder)
    holder = _read(handle)
    if holder is None:
        return
    if holder.host != socket.gethostname() or (not certain and _is_there(holder.pid)):
        raise Held(folder, holder)


def _lock(handle: int, folder: Path) -> bool:
    """Lock the open file; False where its file system has no locks. Raises ``Held``."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise Held(folder, _read(handle)) from error
        return False
    return True


def _is_there(pid: int) -> bool:
    import psutil

    return bool(pid != os.getpid() and psutil.pid_exists(pid))


def _me() -> Holder:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "somebody"
    return Holder(os.getpid(), socket.gethostname(), user, datetime.now(UTC).isoformat(timespec="seconds"))


def _write(handle: int, holder: Holder) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(asdict(holder)).encode())
    os.fsync(handle)


def _read(handle: int) -> Holder | None:
    os.lseek(handle, 0, os.SEEK_SET)
    with suppress(ValueError, KeyError, TypeError, OSError):
        saved = json.loads(os.read(handle, 4096))
        return Holder(int(saved["pid"]), str(saved["host"]), str(saved["user"]), str(saved["since"]))
    return None
