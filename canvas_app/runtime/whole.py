"""Tells whether a bundle is whole: every file as its manifest says, and none besides."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .errors import BundleError

NAME = "manifest.json"
SEAL = "manifest.json.sha256"
"""The checksum of the manifest itself, as ``sha256sum --check`` reads it."""

_LARGEST_MANIFEST = 16 << 20
_CHUNK = 1 << 20
_LEFT_BY_PYTHON = "__pycache__"
"""Python leaves these beside code that it ran; nothing in them is read or run by us."""
_AGAIN = "Don't use this copy; ask for the bundle again, or export it again."

Expected = Mapping[str, tuple[int, str]]
"""Size and SHA-256 of every file, by its name relative to the bundle."""


class NotWhole(BundleError):
    """A file of a bundle is missing, was changed, or does not belong there."""

    def __init__(self, message: str, file: str, hint: str = _AGAIN) -> None:
        super().__init__(message, hint)
        self.file = file


def require_whole(folder: Path, besides: Collection[Path] = ()) -> None:
    """Raise ``NotWhole`` unless every byte is as it was exported; nothing is decoded but the manifest.

    ``besides`` are files that may lie in the folder though no manifest names them.
    """
    data = manifest_bytes(folder)
    try:
        files = json.loads(data)["files"]
        expected = {str(item["path"]): (int(item["size"]), str(item["sha256"])) for item in files}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotWhole(f"The bundle's {NAME} is broken.", NAME) from error
    require_files(folder, expected, besides)


def manifest_bytes(folder: Path) -> bytes:
    """The manifest as it lies there; raises ``NotWhole`` if it is none, or not the one that was sealed."""
    path = folder / NAME
    if not path.is_file() or path.is_symlink():
        raise NotWhole(
            f"{folder} is no bundle: it has no {NAME}.", NAME, "Choose the folder of an exported bundle."
        )
    with _reading(NAME):
        if path.stat().st_size > _LARGEST_MANIFEST:
            raise NotWhole(f"The bundle's {NAME} is too large.", NAME, "Don't use this bundle.")
        data = path.read_bytes()
        seal = folder / SEAL
        if seal.is_file() and not seal.is_symlink() and seal.read_bytes() != seal_of(data):
            raise NotWhole(f"{NAME} of the bundle was changed after it was made (see {SEAL}).", NAME)
    return data


def seal_of(manifest: bytes) -> bytes:
    """What the seal of a manifest says."""
    return f"{hashlib.sha256(manifest).hexdigest()}  {NAME}\n".encode()


def require_files(folder: Path, expected: Expected, besides: Collection[Path] = ()) -> None:
    """Raise ``NotWhole`` with the name of the first file that is missing, changed, or a stranger."""
    allowed = {os.path.realpath(path) for path in besides}
    found = dict(_files(folder))
    for name in sorted(set(expected) - set(found)):
        raise NotWhole(f"{name} is missing from the bundle.", name)
    for name in sorted(set(found) - set(expected)):
        if os.path.realpath(found[name]) not in allowed:
            raise NotWhole(
                f"{name} does not belong to the bundle.",
                name,
                "Move it out of the bundle's folder if you put it there; otherwise don't use this copy.",
            )
    for name, (size, sha256) in expected.items():
        with _reading(name):
            same = found[name].stat().st_size == size and _sha256(found[name]) == sha256
        if not same:
            raise NotWhole(f"{name} of the bundle was changed after it was made.", name)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below the folder but the manifest and its seal; links and devices are refused."""
    with _reading(folder.name):
        for here, folders, names in os.walk(folder, onerror=_raise):
            folders[:] = [name for name in folders if name != _LEFT_BY_PYTHON]
            for name in (*folders, *names):
                _refuse_tricks(Path(here) / name, folder)
            for name in names:
                path = Path(here) / name
                if path not in (folder / NAME, folder / SEAL):
                    yield path.relative_to(folder).as_posix(), path


def _refuse_tricks(path: Path, folder: Path) -> None:
    mode = path.lstat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        name = path.relative_to(folder).as_posix()
        raise NotWhole(f"{name} in the bundle is no plain file, but leads elsewhere.", name)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Turn the system's errors about a file into ``NotWhole``."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotWhole(f"{name} of the bundle can't be read: {reason}.", name, "Check the disk.") from error


def _raise(error: OSError) -> None:
    raise error
