"""One child process as the pool sees it: started by exec, spoken to in frames, ended with all it started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import canvas_app
from canvas_app.jobs import shortage
from canvas_app.jobs.wire import Kind, WireError, read_frame, write_frame

_LOG_SHOWN = 16_000
_FEW_CORES = 2


class Child:
    """A warm process that runs one job at a time."""

    def __init__(self, folder: Path, preload: Sequence[str] = ()) -> None:
        """Start it, with a folder for its log and its temporary files; raises ``OSError``."""
        self._path = folder / "log.txt"
        self._temporary = folder / "temporary"
        self._temporary.mkdir(parents=True, exist_ok=True)
        self._log = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND, 0o600)
        self._writing = threading.Lock()
        self._ending = threading.Lock()
        self._buried = False
        self._jobs = 0
        self._kills = 0
        try:
            self._process = _start(self._log, self._temporary)
        except OSError:
            os.close(self._log)
            raise
        self._send(Kind.PATHS, json.dumps({"paths": sys.path, "preload": list(preload)}).encode())

    @property
    def pid(self) -> int:
        """Of the process, which is also that of its group."""
        return self._process.pid

    def give(self, pickled: bytes) -> int:
        """Hand a job over; the answer is its number here, to stop it by."""
        os.ftruncate(self._log, 0)
        self._kills = shortage.kills()
        number = self._jobs
        self._jobs += 1
        self._send(Kind.JOB, pickled)
        return number

    def ask(self, kind: Kind, number: int) -> None:
        """Ask the job of that number to stop, or to finish now."""
        self._send(kind, str(number).encode())

    def hear(self) -> tuple[Kind, bytes] | None:
        """Wait for what it says next; None when the process is gone, or talks nonsense."""
        assert self._process.stdout is not None
        try:
            return read_frame(cast("Any", self._process.stdout))
        except (WireError, OSError, ValueError):
            return None

    def memory(self) -> int:
        """Bytes in use by it and all that it started."""
        with self._ending:
            return 0 if self._buried else sum(_resident(process) for process in _family(self.pid))

    def alive(self) -> bool:
        """Whether the process is still there to take a job."""
        import psutil

        try:
            return bool(psutil.Process(self.pid).status() != psutil.STATUS_ZOMBIE)
        except psutil.Error:
            return False

    def kill(self) -> None:
        """End it and all that it started, at once. Any thread may do so."""
        with self._ending:
            self._kill()

    def bury(self) -> int:
        """Make sure that nothing of it is left; the answer is its exit code."""
        with self._ending:
            self._kill()
            code = self._process.wait()
            self._buried = True
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        os.close(self._log)
        shutil.rmtree(self._temporary, ignore_errors=True)
        return code

    def _kill(self) -> None:
        """Before it was waited for, its id can't be anyone else's."""
        import psutil

        if self._buried:
            return
        family = _family(self.pid)
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        for process in family:
            with suppress(psutil.Error):
                process.kill()

    def short_of_memory(self) -> bool:
        """Whether the system ended a process for want of memory since the last job was given, or may soon."""
        return shortage.kills() > self._kills or shortage.nearly_full()

    def last_words(self) -> str:
        """The end of what it and its libraries printed during the last job."""
        with suppress(OSError), self._path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _LOG_SHOWN))
            return file.read().decode(errors="replace").strip()
        return ""

    def _send(self, kind: Kind, payload: bytes) -> None:
        """A process that is gone is noticed by whoever listens to it."""
        assert self._process.stdin is not None
        with self._writing, suppress(OSError, ValueError):
            write_frame(cast("Any", self._process.stdin), kind, payload)


def how_it_ended(code: int, short_of_memory: bool = False) -> str:
    """An exit code in a person's words; ``short_of_memory`` is whether there are signs of that."""
    if code >= 0:
        return f"The process that did the work ended by itself (exit code {code})."
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    if name == "SIGKILL" and not short_of_memory:
        return "The process that did the work was ended from outside (signal 9)."
    if name == "SIGKILL":
        return (
            "The system ended the process that did the work (SIGKILL), most likely because memory ran out. "
            "Use fewer rows or columns, or close other programs."
        )
    if name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"):
        return f"A library failed inside the process that did the work ({name})."
    return f"The process that did the work was ended ({name})."


def _start(log: int, temporary: Path) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = (
            subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.CREATE_NO_WINDOW
            | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        )
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "canvas_app.jobs.worker", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=_environment(temporary),
        start_new_session=True,
        creationflags=flags,
    )


def _environment(temporary: Path) -> dict[str, str]:
    """Ours, with the cores to use, a place for temporary files, and with libraries told to be quiet."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = str(cores if cores <= _FEW_CORES else cores - 1)
    own = str(Path(canvas_app.__file__).parents[1])
    paths = [own, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "GOMP_SPINCOUNT": "10000",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }


def _family(pid: int) -> list[Any]:
    """The process and all that it started, as far as they are there."""
    import psutil

    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def _resident(process: Any) -> int:
    import psutil

    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
