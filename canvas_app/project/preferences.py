"""A person's settings: one JSON file, written whole, that survives what it doesn't know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO, TypeVar, cast

from canvas_app.base.errors import CanvasError
from canvas_app.base.home import home
from canvas_app.base.watch import Watch
from canvas_app.data.files import write_atomically
from canvas_app.project.section import SECTIONS, Section

_NAME = "settings.json"
_VERSION = 1

S = TypeVar("S", bound=Section)


class Preferences:
    """The sections of a person's settings; what was never chosen has its default."""

    def __init__(self) -> None:
        self.changed: Watch[Section] = Watch()
        """Told the section that was kept."""
        self._saved: dict[str, Mapping[str, Any]] = _read()

    def get(self, section: type[S]) -> S:
        """A section as the person chose it; values that can't be read are the defaults."""
        saved = self._saved.get(section.spec.kind)
        if saved is not None:
            with suppress(CanvasError, KeyError, TypeError):
                return cast("S", SECTIONS.load(saved))
        return section()

    def keep(self, section: Section) -> None:
        """Choose the values of a section; raises ``CanvasError`` where they can't be written."""
        saved = {**_read(), section.spec.kind: SECTIONS.dump(section)}
        text = json.dumps({"version": _VERSION, "sections": saved}, ensure_ascii=False, indent=1).encode()

        def write(file: BinaryIO) -> None:
            file.write(text)

        write_atomically(home() / _NAME, write)
        self._saved = saved
        self.changed.tell(section)


def _read() -> dict[str, Mapping[str, Any]]:
    """All sections as they were saved, also those of other versions."""
    try:
        saved = json.loads((home() / _NAME).read_text("utf-8"))
        return {str(kind): dict(values) for kind, values in saved["sections"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
