"""Small jobs that behave well and badly, in a module which child processes can import too."""

from __future__ import annotations

import ctypes
import math
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from canvas_app.base.errors import CanvasError, Where
from canvas_app.jobs.job import Job, Report


@dataclass(frozen=True)
class Doubled:
    value: float
    pid: int


@dataclass(frozen=True)
class Double(Job[Doubled]):
    title: ClassVar[str] = "Double"
    result: ClassVar[type[Doubled]] = Doubled

    value: float

    def run(self, report: Report) -> Doubled:
        report(0.5, "Doubling")
        return Doubled(self.value * 2, os.getpid())


@dataclass(frozen=True)
class Refuse(Job[int]):
    title: ClassVar[str] = "Refuse"
    result: ClassVar[type[int]] = int

    def run(self, report: Report) -> int:
        raise CanvasError("There are no rows.", hint="Check the last filter.", where=Where("n1", "columns"))


@dataclass(frozen=True)
class Bug(Job[int]):
    title: ClassVar[str] = "Bug"
    result: ClassVar[type[int]] = int

    def run(self, report: Report) -> int:
        return 1 // 0


@dataclass(frozen=True)
class Chatter(Job[int]):
    """Says much in a short time; every hundredth word is a find."""

    title: ClassVar[str] = "Chatter"
    result: ClassVar[type[int]] = int

    words: int

    def run(self, report: Report) -> int:
        for number in range(self.words):
            report(number / self.words, "Talking", {"find": number} if number % 100 == 0 else None)
        return self.words


@dataclass(frozen=True)
class Wait(Job[str]):
    """Waits until it is stopped or told to finish; says so first."""

    title: ClassVar[str] = "Wait"
    result: ClassVar[type[str]] = str

    def run(self, report: Report) -> str:
        pause = threading.Event()
        while not report.enough:
            report(-1.0, "Waiting for a word", {"pid": os.getpid()})
            pause.wait(0.01)
        return "enough"


@dataclass(frozen=True)
class Deaf(Job[int]):
    """Never speaks again; has a child of its own, and a file half written."""

    title: ClassVar[str] = "Deaf"
    result: ClassVar[type[int]] = int
    patience: ClassVar[float] = 0.2

    def run(self, report: Report) -> int:
        own = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
        report(-1.0, "Deaf from now on", {"pid": os.getpid(), "own": own.pid})
        threading.Event().wait()
        return 0


@dataclass(frozen=True)
class Die(Job[int]):
    """Dies as native code does, after its libraries printed something."""

    title: ClassVar[str] = "Die"
    result: ClassVar[type[int]] = int

    by: str

    def run(self, report: Report) -> int:
        print("the library is not well", flush=True)  # noqa: T201 - what libraries do
        match self.by:
            case "segmentation fault":
                ctypes.string_at(0)
            case "exit":
                os._exit(3)
            case _:
                os.kill(os.getpid(), signal.SIGKILL)
        return 0


@dataclass(frozen=True)
class Print(Job[int]):
    """Prints to standard output, and reads standard input, as libraries may."""

    title: ClassVar[str] = "Print"
    result: ClassVar[type[int]] = int

    def run(self, report: Report) -> int:
        print("not a frame")  # noqa: T201 - what libraries do
        os.write(1, b"neither this")
        return len(sys.stdin.read())


@dataclass(frozen=True)
class Numbers(Job[list[float]]):
    title: ClassVar[str] = "Numbers"
    result: ClassVar[object] = list[float]

    def run(self, report: Report) -> list[float]:
        return [math.nan, math.inf, -0.0]


@dataclass(frozen=True)
class Settings(Job[dict[str, str]]):
    """What the process was told about cores, telemetry and manners."""

    title: ClassVar[str] = "Settings"
    result: ClassVar[object] = dict[str, str]

    def run(self, report: Report) -> dict[str, str]:
        names = ("OMP_NUM_THREADS", "GOMP_SPINCOUNT", "MLFLOW_DISABLE_TELEMETRY")
        told = {name: os.environ[name] for name in names}
        score = Path("/proc/self/oom_score_adj")
        return {**told, "nice": str(os.nice(0)), "oom": score.read_text() if score.exists() else "800"}


@dataclass(frozen=True)
class Huge(Job[str]):
    title: ClassVar[str] = "Huge"
    result: ClassVar[type[str]] = str

    def run(self, report: Report) -> str:
        return "x" * (65 << 20)


@dataclass(frozen=True)
class Liar(Job[int]):
    """Its result is not of the type that it declares."""

    title: ClassVar[str] = "Liar"
    result: ClassVar[type[int]] = int

    def run(self, report: Report) -> int:
        return 1

    @classmethod
    def dump_result(cls, value: int) -> bytes:
        return b'{"no": "number"}'
