"""The lines of a text file of any size, parted wherever any system parts them, and never too long."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data.text.opened import opened

_CHUNK = 1 << 20
LONGEST = 8_000_000
"""Letters of one line."""


def lines_of(path: Path, shown: str) -> Iterator[str]:
    """The lines of a UTF-8 file with their ends; raises ``CanvasError`` for one that has no end."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    rest = ""
    with opened(path) as stream:
        while chunk := bytes(stream.read(_CHUNK)):
            parts = lines_in(rest + decoder.decode(chunk))
            rest = parts.pop() if parts else ""
            if len(rest) > LONGEST:
                raise CanvasError(
                    f"{shown} has a line of more than {LONGEST:,} characters.",
                    hint="Check that it is a table: one row per line.",
                )
            yield from parts
    yield from lines_in(rest + decoder.decode(b"", final=True))


def lines_in(text: str) -> list[str]:
    """The lines of a text with their ends: LF, CR LF or CR."""
    return list(io.StringIO(text, newline=""))
