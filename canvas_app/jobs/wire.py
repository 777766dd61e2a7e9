"""Frames between a pool and its child processes: a kind, a length, and that many bytes."""

from __future__ import annotations

import json
import struct
from enum import Enum
from typing import BinaryIO

from canvas_app.base.unit import Json

_HEAD = struct.Struct(">cI")

_MEGABYTE = 1 << 20


class Kind(Enum):
    """What a frame is about; all but a job are JSON."""

    PATHS = b"M"
    """To the child: where modules are found, and which to load while it waits."""
    JOB = b"J"
    """To the child: a job, pickled. Nothing pickled ever goes the other way."""
    STOP = b"X"
    ENOUGH = b"E"
    READY = b"H"
    PROGRESS = b"P"
    RESULT = b"R"
    FAILED = b"F"
    STOPPED = b"S"
    CRASHED = b"C"

    @property
    def cap(self) -> int:
        """How many bytes such a frame may have."""
        return 64 * _MEGABYTE if self in (Kind.RESULT, Kind.JOB) else _MEGABYTE


class WireError(ValueError):
    """A frame that is no frame, or larger than its kind may be."""


def write_frame(pipe: BinaryIO, kind: Kind, payload: bytes) -> None:
    """Send one frame, whole."""
    if len(payload) > kind.cap:
        raise WireError(
            f"A {kind.name.lower()} frame of {len(payload)} bytes; at most {kind.cap} may be sent."
        )
    pipe.write(_HEAD.pack(kind.value, len(payload)) + payload)
    pipe.flush()


def write_json(pipe: BinaryIO, kind: Kind, value: Json) -> None:
    """Send one frame of JSON."""
    write_frame(pipe, kind, json.dumps(value, separators=(",", ":")).encode())


def read_frame(pipe: BinaryIO) -> tuple[Kind, bytes] | None:
    """The next frame, or None when the other side has gone; raises ``WireError`` for anything else."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    letter, length = _HEAD.unpack(head)
    try:
        kind = Kind(letter)
    except ValueError as error:
        raise WireError(f"There is no frame of kind {letter!r}.") from error
    if length > kind.cap:
        raise WireError(f"A {kind.name.lower()} frame says that {length} bytes follow.")
    payload = pipe.read(length)
    return (kind, payload) if len(payload) == length else None
