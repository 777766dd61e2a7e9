"""Slow work is a value: frozen, picklable, complete, with one way to speak."""

from __future__ import annotations

import json
import traceback
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from canvas_app.base.errors import Cancelled, CanvasError, Where
from canvas_app.base.unit import Json

T = TypeVar("T")


class Report(Protocol):
    """How a job speaks; calling it raises ``Cancelled`` when the job was asked to stop."""

    @property
    def enough(self) -> bool:
        """Whether the person wants to finish now with what there is so far."""
        ...

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Say how far (0 to 1, below 0 where unknown), with what, and what can be shown already."""
        ...


class Job(ABC, Generic[T]):
    """Base of all jobs: subclasses are frozen dataclasses of plain values.

    ``result`` is the type of what ``run`` returns, in a form that pydantic can write as JSON,
    since nothing else comes back from a child process. ``patience`` is how many seconds the job may stay
    deaf after it was asked to stop, before its process is ended.
    """

    title: ClassVar[str]
    result: ClassVar[Any]
    patience: ClassVar[float] = 2.0
    quiet: ClassVar[bool] = False
    """Too small for the list of jobs, such as the answer to one row while it is typed."""

    @property
    def subject(self) -> str:
        """What it is done to, as a person calls it; empty where the title says all."""
        return ""

    @abstractmethod
    def run(self, report: Report) -> T:
        """Do the work; raises ``CanvasError`` when it can't be done, ``Cancelled`` when stopped."""

    @classmethod
    def dump_result(cls, value: T) -> bytes:
        """The result as JSON, with NaN and infinities, which pydantic's own writer turns into null."""
        from pydantic import TypeAdapter

        return json.dumps(TypeAdapter(cls.result).dump_python(value, mode="json")).encode()

    @classmethod
    def load_result(cls, data: bytes) -> T:
        """The result from what ``dump_result`` gave."""
        from pydantic import TypeAdapter

        value: T = TypeAdapter(cls.result).validate_json(data)
        return value


@dataclass(frozen=True)
class Progress:
    """What a job said last."""

    done: float
    note: str = ""
    found: Mapping[str, Json] | None = None


@dataclass(frozen=True)
class Done(Generic[T]):
    """The job came to its end."""

    value: T


@dataclass(frozen=True)
class Failed:
    """The job can't be done; the message says why and what to do."""

    message: str
    hint: str = ""
    where: Where = field(default_factory=Where)

    @classmethod
    def of(cls, error: CanvasError) -> Failed:
        """The outcome that tells of an error."""
        return cls(error.message, error.hint, error.where)

    @property
    def text(self) -> str:
        """What happened and what to do, as one line."""
        return f"{self.message} {self.hint}".strip()


@dataclass(frozen=True)
class Stopped:
    """The job was asked to stop, and did."""


@dataclass(frozen=True)
class Crashed:
    """A bug, or a process that died: what is known, for the report window."""

    log: str
    message: str = "The work ended unexpectedly."


Outcome = Done[T] | Failed | Stopped | Crashed


class Quiet:
    """A report that nobody listens to and that never stops a job."""

    enough = False

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Say it to nobody."""


def run_inline(job: Job[T], report: Report | None = None) -> Outcome[T]:
    """Run a job here and now; its outcome is a value, whatever happens."""
    try:
        return Done(job.run(report or Quiet()))
    except Cancelled:
        return Stopped()
    except CanvasError as error:
        return Failed.of(error)
    except MemoryError:
        return Failed("There is not enough memory.", "Use fewer rows or columns, or close other programs.")
    except Exception:  # noqa: BLE001 (noqa: house) a bug becomes an outcome
        return Crashed(traceback.format_exc())
