"""Strict JSON, value by value, from a file of any size; what is wrong is told by line and character."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine_errors import in_words

if TYPE_CHECKING:
    import pyarrow

_CHUNK = 1 << 20
_LONGEST = 64 << 20
"""Characters that one value may have: it is held in memory, several times."""
_DEEPEST = 64
_SPACE = " \t\n\r"
_SPACES = re.compile(r"[ \t\n\r]*")
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED = (".gz", ".zst")


class TooLong(CanvasError):
    """A value that is too long to be held in memory."""


class JsonReader:
    """A place in a JSON file, which moves on value by value."""

    def __init__(self, path: Path, told: Callable[[float], None]) -> None:
        """``told`` hears how far it is: 0 to 1, or below 0 where the file is packed."""
        self.twice: Counter[str] = Counter()
        """Fields that stood twice in one object."""
        self._path = path
        self._told = told
        self._stream: pyarrow.NativeFile | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=_number, parse_constant=_refuse_constant
        )
        self._size = 0 if path.suffix.lower() in _PACKED else path.stat().st_size
        self._read = 0
        self._text = ""
        self._at = 0
        self._line = 1
        self._column = 0
        """Characters of the current line that are no longer in the text."""
        self._ended = False

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the file open; what the system or a packed file raises is told in words."""
        import pyarrow

        with files.file_errors(self._path):
            self._path.open("rb").close()
        try:
            with pyarrow.input_stream(str(self._path), compression="detect") as self._stream:
                yield
        except (pyarrow.ArrowException, OSError) as error:
            raise in_words(error, self._path) from error

    def peek(self) -> str:
        """The character with which the next thing begins; nothing at the end of the file."""
        while True:
            found = _SPACES.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more()

    def take(self, sign: str) -> None:
        """Pass over a sign that must come next."""
        if self.peek() != sign:
            self.refuse(f"“{sign}” is missing" if self.peek() else "it ends before it is complete")
        self._at += 1

    def value(self) -> Any:
        """The next value, whole; raises ``TooLong`` for one that can't be held in memory."""
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended:
                    self.refuse(_in_words(error, len(self._text)), error.pos)
                self._require_room()
            except RecursionError:
                self.refuse(f"it is nested more than {_DEEPEST} levels deep")
            except _ConstantFound as error:
                self.refuse(f"{error} is no JSON", self._constant())
            except ValueError:  # Python's own limit on the digits of a whole number
                self.refuse("a number has more than 4,300 digits")
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            self._more()

    def items(self) -> Iterator[Any]:
        """The elements of the array that comes next, one after the other."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.peek() != ",":
                break
            self.take(",")
            if self.peek() == "]":
                self.refuse("there is a comma after the last element")
        self.take("]")

    def refuse(self, why: str, at: int | None = None) -> NoReturn:
        """Raise ``CanvasError`` about a place in the text, or about where the reading is."""
        place = self._at if at is None else at
        before = self._text[:place]
        line = self._line + before.count("\n")
        start = before.rfind("\n")
        character = place - start if start >= 0 else self._column + place + 1
        raise CanvasError(
            f"{self._path.name} is not strict JSON: {why} (line {line:,}, character {character:,}).",
            hint="Mend the file at that place, or write it again with the program that made it.",
        )

    def _require_room(self) -> None:
        if len(self._text) - self._at > _LONGEST:
            raise TooLong(
                f"{self._path.name} holds a value of more than {_LONGEST >> 20} million characters.",
                hint="Write it as JSON Lines, one row per line.",
            )

    def _more(self) -> None:
        """Read on, as much as is held already, so that a long value is not parsed too often."""
        assert self._stream is not None
        gone = self._text[: self._at]
        start = gone.rfind("\n")
        self._line += gone.count("\n")
        self._column = self._column + len(gone) if start < 0 else len(gone) - start - 1
        self._text = self._text[self._at :]
        self._at = 0
        part = bytes(self._stream.read(max(_CHUNK, len(self._text))))
        self._read += len(part)
        self._ended = not part
        self._told(self._read / self._size if self._size else -1.0)
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(_encoding(part))()
        try:
            self._text += self._decoder.decode(part, final=not part)
        except UnicodeDecodeError as error:
            good = bytes(error.object)[: error.start]
            self._text += good.decode(error.encoding, "replace")
            self.refuse(f"its characters are no {error.encoding.upper()}", len(self._text))

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self.twice.update(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        return found

    def _constant(self) -> int:
        """Where the first constant stands that is no JSON."""
        return next(
            found.start() for found in _CONSTANT.finditer(self._text, self._at) if found.group(1) is not None
        )


class _ConstantFound(Exception):
    """NaN or Infinity, which Python's reader would take."""


def is_deep(value: Any, most: int = _DEEPEST) -> bool:
    """Whether a value is nested deeper than a table can sensibly hold."""
    level = [value]
    for _ in range(most):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return any(isinstance(item, dict | list) for item in level)


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantFound(name)


def _number(text: str) -> float | str:
    """A number; one that is too large for any stays as it is written."""
    value = float(text)
    return value if math.isfinite(value) else text


def _encoding(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return json.detect_encoding(head)


def _in_words(error: json.JSONDecodeError, end: int) -> str:
    if error.pos >= end or error.msg.startswith("Unterminated"):
        return "it ends before it is complete"
    words = {
        "Expecting value": "a value is missing or misspelt",
        "Expecting property name enclosed in double quotes": "the name of a field in quotes is missing",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing",
        "Illegal trailing comma before end of object": "there is a comma after the last field",
        "Illegal trailing comma before end of array": "there is a comma after the last element",
        "Invalid control character at": "a text holds a character that must be escaped",
    }
    return words.get(error.msg, "a text is escaped wrongly" if "escape" in error.msg else error.msg)
