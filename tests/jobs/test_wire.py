"""Frames come through whole, in order, and never larger than their kind may be."""

from __future__ import annotations

import io
import struct

import pytest

from canvas_app.jobs.wire import Kind, WireError, read_frame, write_frame, write_json


def test_frames_come_back_in_their_order() -> None:
    pipe = io.BytesIO()
    write_json(pipe, Kind.PROGRESS, {"note": "é"})
    write_frame(pipe, Kind.RESULT, b"")
    pipe.seek(0)

    assert read_frame(pipe) == (Kind.PROGRESS, b'{"note":"\\u00e9"}')
    assert read_frame(pipe) == (Kind.RESULT, b"")
    assert read_frame(pipe) is None


@pytest.mark.parametrize("kept", [0, 3, 5, 9])
def test_a_frame_that_was_cut_off_is_the_end(kept: int) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, Kind.RESULT, b"123456")

    assert read_frame(io.BytesIO(pipe.getvalue()[:kept])) is None


def test_progress_of_more_than_a_megabyte_is_not_sent() -> None:
    with pytest.raises(WireError, match="at most"):
        write_frame(io.BytesIO(), Kind.PROGRESS, b"x" * ((1 << 20) + 1))


@pytest.mark.parametrize(
    "head", [b"P\xff\xff\xff\xff", struct.pack(">cI", b"R", (64 << 20) + 1), b"?\0\0\0\1"]
)
def test_what_is_no_frame_is_refused_before_it_is_read(head: bytes) -> None:
    with pytest.raises(WireError):
        read_frame(io.BytesIO(head + b"rest"))
