"""The list of what a bundle holds: every file with its size and SHA-256, marked by who made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.unit import Json
from canvas_app.bundle.mark import is_marked, mark
from canvas_app.data.files import sha256_of

FORMAT = 1
NAME = "manifest.json"

_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*(/[A-Za-z0-9_][A-Za-z0-9_.\-]*)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileEntry:
    """One file of a bundle as it must be."""

    path: str
    """Relative to the bundle, with forward slashes."""
    size: int
    sha256: str


@dataclass(frozen=True)
class ModelEntry:
    """In what form the model is held, and how that was decided."""

    model_type: str
    title: str
    format: str
    """onnx, lightgbm, xgboost, catboost, skops, constant, or blend for several of these."""
    reason: str
    difference: float | None
    """The largest difference between ONNX and the application on the rows compared; None if not converted."""
    rows_compared: int


_TITLES = {
    "onnx": "ONNX",
    "lightgbm": "a LightGBM model",
    "xgboost": "an XGBoost model",
    "catboost": "a CatBoost model",
    "skops": "a scikit-learn model in a skops file",
    "constant": "a constant",
    "blend": "several models, each in the format of its library",
}


def held_words(format: str, reason: str) -> str:
    """One sentence on the form in which a model is held, and why."""
    return f"Held as {_TITLES.get(format, format)}: {reason}"


@dataclass(frozen=True)
class Manifest:
    """What a bundle is, and all that is in it."""

    app: str
    target: str
    problem: str
    model: ModelEntry
    libraries: Mapping[str, str]
    origin: str
    """SHA-256 of the model's folder from which it was exported."""
    files: tuple[FileEntry, ...]
    made_at: str = ""
    format: int = FORMAT
    mark: str = ""

    def content(self) -> bytes:
        """What the mark is made on: everything but the mark, as canonical JSON."""
        return canonical({**asdict(self), "mark": ""})

    def marked(self) -> Manifest:
        """The manifest with the mark of this installation."""
        return replace(self, mark=mark(self.content()))

    @property
    def made_here(self) -> bool:
        """Whether this installation made the bundle, and nobody changed its manifest since."""
        return bool(self.mark) and is_marked(self.content(), self.mark)

    def dump(self) -> bytes:
        """The manifest as its file holds it."""
        return canonical(asdict(self))

    @classmethod
    def load(cls, data: bytes) -> Manifest:
        """The manifest from its file; raises ``CanvasError`` for what is newer, broken or out to trick."""
        try:
            saved = strict_json(data)
            if saved["format"] > FORMAT:
                raise _newer(saved)
            found = _manifest(saved)
            found.content()  # what can't be written again was never written by us
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise CanvasError(
                f"The bundle's {NAME} is broken.", hint="Ask for the bundle again, or export it again."
            ) from error
        return found


def canonical(value: Json) -> bytes:
    """JSON with one way to write it: sorted, and the same on every machine."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def strict_json(data: bytes) -> Any:
    """JSON as it is meant: no key twice, no infinity, no number without a value; raises ``ValueError``."""

    def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice")
        return found

    def no_constants(text: str) -> float:
        raise ValueError(f"{text} is no number")

    return json.loads(data.decode("utf-8"), object_pairs_hook=no_twins, parse_constant=no_constants)


def entries_of(folder: Path, names: Iterable[str]) -> tuple[FileEntry, ...]:
    """The entries of files as they are now, by name."""
    return tuple(
        FileEntry(name, (folder / name).stat().st_size, sha256_of(folder / name)) for name in sorted(names)
    )


def _manifest(saved: Mapping[str, Any]) -> Manifest:
    files = tuple(FileEntry(str(f["path"]), int(f["size"]), str(f["sha256"])) for f in saved["files"])
    for entry in files:
        if not _SAFE_NAME.fullmatch(entry.path) or not _SHA256.fullmatch(entry.sha256):
            raise CanvasError(
                f"The bundle's {NAME} names a file that no bundle holds: {entry.path[:80]!r}.",
                hint="Don't use this bundle; ask where it comes from.",
            )
    if len({entry.path.lower() for entry in files}) != len(files):
        raise ValueError("a file stands twice")
    texts = {key: _text(saved[key]) for key in ("app", "target", "problem", "origin", "made_at", "mark")}
    libraries = {name: _text(version) for name, version in saved["libraries"].items()}
    return Manifest(
        model=_model(saved["model"]), files=files, libraries=libraries, format=int(saved["format"]), **texts
    )


def _model(saved: Mapping[str, Any]) -> ModelEntry:
    apart, compared = saved["difference"], int(saved["rows_compared"])
    texts = {key: _text(saved[key]) for key in ("model_type", "title", "format", "reason")}
    return ModelEntry(difference=apart if apart is None else float(apart), rows_compared=compared, **texts)


def _text(value: Any) -> str:
    """A text; raises ``TypeError`` for anything else, and ``ValueError`` for signs that no file can hold."""
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    value.encode()
    return value


def _newer(saved: Mapping[str, Any]) -> CanvasError:
    return CanvasError(
        f"This bundle was made by version {str(saved.get('app'))[:40]} in a newer format"
        f" ({saved['format']}; this version reads up to {FORMAT}).",
        hint="Update the application, then open it again.",
    )
