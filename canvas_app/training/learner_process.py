"""One process that learns, as its supervisor sees it: given orders, listened to, and ended at any time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import canvas_app
from canvas_app.base.spec import Json

_LOG_SHOWN = 2_000


class LearnerProcess:
    """A child process in this process's own group, so that whoever ends us ends it too."""

    def __init__(self, folder: Path, name: str, threads: int) -> None:
        """Start it; it reads and writes in ``folder``."""
        self._log = folder / f"{name}.log"
        self._answers = folder / f"{name}.jsonl"
        self._read = 0
        said = os.open(self._answers, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_TRUNC, 0o600)
        log = os.open(self._log, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_TRUNC, 0o600)
        try:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "canvas_app.training.search_process",
                    str(folder),
                    str(os.getpid()),
                ],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=log,
                env=_environment(threads),
                text=True,
                encoding="utf-8",
            )
        finally:
            os.close(said)
            os.close(log)

    def order(self, order: str, **facts: Json) -> None:
        """Hand it something to do; orders are done one after the other."""
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):  # a process that is gone is noticed by whoever listens to it
            self._process.stdin.write(json.dumps({"order": order, **facts}) + "\n")
            self._process.stdin.flush()

    def news(self) -> Iterator[Mapping[str, Json]]:
        """What it has told since the last time."""
        with self._answers.open("rb") as file:
            file.seek(self._read)
            whole, newline, _ = file.read().rpartition(b"\n")
        self._read += len(whole) + len(newline)
        for line in whole.splitlines():
            yield json.loads(line)

    def alive(self, wait: float = 0.0) -> bool:
        """Whether it is still there, after waiting so many seconds for its end."""
        try:
            self._process.wait(wait)
        except subprocess.TimeoutExpired:
            return True
        return False

    def end(self) -> None:
        """End it at once, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def last_words(self) -> str:
        """How it ended, and the end of what it and its libraries printed."""
        code = self._process.poll() or 0
        name = f"exit code {code}"
        with suppress(ValueError):
            name = signal.Signals(-code).name if code < 0 else name
        text = self._log.read_bytes()[-_LOG_SHOWN:].decode(errors="replace").strip()
        return f"{name}; it said: {text}" if text else name


def _environment(threads: int) -> dict[str, str]:
    own = str(Path(canvas_app.__file__).parents[1])
    paths = [own, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": "1",  # more would change the last digits of linear models
        "MKL_NUM_THREADS": "1",
        # Threads that spin for cores which others hold burn the budget; it must be set before they start.
        "GOMP_SPINCOUNT": "10000",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }
