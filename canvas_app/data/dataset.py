"""A table that was brought into the project, as an immutable blob with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from canvas_app.base.unit import Json
from canvas_app.data.role import Role
from canvas_app.data.schema import Schema
from canvas_app.data.version_changes import VersionChanges


@dataclass(frozen=True)
class Dataset:
    """One version of one table; its rows lie in ``data/<blob>.parquet`` of the project."""

    name: str
    version: int
    blob: str
    """SHA-256 of the Parquet file, in hexadecimal."""
    schema: Schema
    rows: int
    size: int
    """Bytes of the Parquet file."""
    source: Mapping[str, Json] = field(default_factory=dict)
    """The source unit as its catalog dumps it, the file's hash among its facts."""
    made_at: str = ""
    """ISO 8601, UTC."""
    notes: tuple[str, ...] = ()
    """What the import changed or noticed, in a person's words (renamed columns, rows put aside)."""

    changes: VersionChanges | None = None
    """What changed against the version before; None for a first one."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """What columns are for, as a person has seen and changed it; empty where nobody was asked."""

    @property
    def key(self) -> str:
        """What nodes of a flow call it by."""
        return f"{self.name}/{self.version}"
