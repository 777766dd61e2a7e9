"""Writes models of scikit-learn in the format of skops; the same model always gives the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SCHEMA = "schema.json"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that a zip file can name."""


def save_skops(model: Any, path: Path) -> None:
    """Write the model; what skops takes from memory addresses and the clock is put in order first."""
    from skops.io import dumps

    with ZipFile(io.BytesIO(dumps(model))) as source, ZipFile(path, "w") as target:
        schema = json.loads(source.read(SCHEMA))
        names = _rename(schema)
        for old, new in names.items():
            _write(target, new, _clean(source.read(old)))
        _write(target, SCHEMA, json.dumps(schema).encode())


def _rename(schema: Any) -> dict[str, str]:
    """Number ids and files in the order in which they come up; gives the files' new names by the old."""
    ids: dict[int, int] = {}
    files: dict[str, str] = {}
    for node in _nodes(schema):
        if "__id__" in node:
            node["__id__"] = ids.setdefault(node["__id__"], len(ids) + 1)
        if isinstance(node.get("file"), str):
            suffix = Path(node["file"]).suffix
            node["file"] = files.setdefault(node["file"], f"{len(files) + 1}{suffix}")
    return files


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting += reversed(list(here.values()))
        elif isinstance(here, list):
            waiting += reversed(here)


def _clean(data: bytes) -> bytes:
    """An array without what happened to lie in memory between its fields."""
    import numpy as np

    array = np.load(io.BytesIO(data), allow_pickle=False)
    if array.dtype.names is None:
        return data
    clean = np.zeros(array.shape, array.dtype)
    for name in array.dtype.names:
        clean[name] = array[name]
    held = io.BytesIO()
    np.save(held, clean, allow_pickle=False)
    return held.getvalue()


def _write(target: ZipFile, name: str, data: bytes) -> None:
    target.writestr(ZipInfo(name, _DAY), data, compress_type=ZIP_DEFLATED, compresslevel=1)
