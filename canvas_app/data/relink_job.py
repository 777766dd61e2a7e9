"""A file that was moved is found by its bytes, whatever it is called now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.data import files
from canvas_app.data.freshness import source_of
from canvas_app.data.import_job import origin_of
from canvas_app.jobs.job import Job, Report


@dataclass(frozen=True)
class Relinked:
    """Where the file was found: what a dataset remembers of it now; or None, and why not in words."""

    facts: Mapping[str, Json] | None
    words: str


@dataclass(frozen=True)
class RelinkJob(Job[Relinked]):
    """Look at a file, or through a folder, for the bytes that a table was read from."""

    title = "Find file"
    result: ClassVar[type[Relinked]] = Relinked

    facts: Json
    """What the dataset remembers of its source."""
    place: str

    def run(self, report: Report) -> Relinked:
        """Every candidate is read, the likeliest first, until one has the bytes that are looked for."""
        place, source = Path(self.place), source_of(self.facts)
        if not self.facts.get("sha256"):
            raise CanvasError(
                f"{source.subject()} is no file, so there is nothing to find.", hint="Refresh it instead."
            )
        if not place.exists():
            raise CanvasError(f"There is no file {place}.", hint="Choose another file, or a folder.")
        seen = 0
        for candidate in source.moved(place, self.facts):
            report(-1.0, f"Looking at {candidate.subject()}")
            if self._fits(candidate.origin()) and candidate.fingerprint() == self.facts["sha256"]:
                return Relinked(origin_of(candidate), f"{source.subject()} was found: {_where(candidate)}.")
            seen += 1
        return Relinked(None, self._why_not(place, source.subject(), seen))

    def _fits(self, origin: Mapping[str, Json]) -> bool:
        """Files of another size need not be read."""
        return bool(origin.get("size") == self.facts.get("size"))

    def _why_not(self, place: Path, name: str, seen: int) -> str:
        if not place.is_dir():
            return f"{place.name} is not the file that this table was read from: {self._difference(place)}."
        if not seen:
            return f"No file in {place} has the size of {name}."
        return f"None of the files in {place} holds what {name} held."

    def _difference(self, place: Path) -> str:
        was, is_now = int(self.facts.get("size", 0)), place.stat().st_size
        if was == is_now:
            return "it is as large, but holds something else"
        return f"it has {files.size_in_words(is_now)} instead of {files.size_in_words(was)}"


def _where(source: object) -> str:
    return str(getattr(source, "path", "") or ", ".join(getattr(source, "paths", ())))
