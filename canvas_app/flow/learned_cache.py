"""What steps learned, kept in a folder that may be deleted at any time."""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import BinaryIO

from canvas_app.data.files import file_errors, write_atomically
from canvas_app.flow.step import Learned


class LearnedCache(MutableMapping[str, Learned]):
    """One small JSON file per content key, for a compiler's ``kept``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, key: str) -> Learned:
        """What was kept; a damaged file counts as none."""
        try:
            found = json.loads(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise KeyError(key) from error
        if not isinstance(found, dict):
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, learned: Learned) -> None:
        data = json.dumps(dict(learned), ensure_ascii=False).encode()

        def write(file: BinaryIO) -> None:
            file.write(data)

        write_atomically(self._path(key), write)

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        with file_errors(self._path(key)):
            self._path(key).unlink()

    def __iter__(self) -> Iterator[str]:
        return (path.stem for path in sorted(self._folder.glob("*.json")))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
