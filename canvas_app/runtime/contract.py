"""What a model promises to its callers: the columns it needs, and what its answers look like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .errors import BundleError

FORMAT = 1
"""Of ``contract.json``; a newer one is refused."""


@dataclass(frozen=True)
class InputColumn:
    """One column that a row must bring."""

    name: str
    type: str
    """number, whole, text, time, switch, other: the word on screen."""
    engine_type: str
    """The type in the words of DuckDB, to which values are brought."""
    categories: tuple[str, ...] | None = None
    """Every value that the model has learned from; None where any value is as good as another."""
    typical: Any = None
    """A value as in most rows, for forms and examples."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Contract:
    """The columns that come in, and the kind of answer that goes out."""

    target: str
    problem: str
    """two-categories, many-categories, number."""
    columns: tuple[InputColumn, ...]
    classes: tuple[str, ...] = ()
    """The possible answers as text, in the order of the probabilities."""
    label_type: str = "text"
    """The type of the target column, in which answers are given."""
    notes: tuple[str, ...] = ()
    """What a caller should know, such as filters that are passed over for new rows."""
    made_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """From each column that the model learned from to those of a row that it is computed from.

    Empty in folders of builds that kept no account of it.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that come in."""
        return tuple(column.name for column in self.columns)

    def to_json(self) -> dict[str, Any]:
        """The contract as ``contract.json`` holds it."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Contract:
        """The contract from what ``to_json`` gave; raises ``BundleError`` for a newer format."""
        if saved.get("format", FORMAT) > FORMAT:
            raise BundleError(
                "contract.json is of a newer format.", "Use a newer version of the application."
            )
        columns = tuple(_column(item) for item in saved["columns"])
        return cls(
            target=saved["target"],
            problem=saved["problem"],
            columns=columns,
            classes=tuple(str(name) for name in saved.get("classes") or ()),
            label_type=saved.get("label_type", "text"),
            notes=tuple(saved.get("notes") or ()),
            made_from={name: tuple(come) for name, come in (saved.get("made_from") or {}).items()},
        )

    @classmethod
    def read(cls, folder: Path) -> Contract:
        """The contract of a model's folder."""
        try:
            return cls.from_json(json.loads((folder / "contract.json").read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BundleError(
                f"{folder.name} holds no model: its contract.json can't be read.",
                "Choose the folder of an exported bundle.",
            ) from error


def _column(saved: Mapping[str, Any]) -> InputColumn:
    categories = saved.get("categories")
    return InputColumn(
        name=saved["name"],
        type=saved["type"],
        engine_type=saved["engine_type"],
        categories=None if categories is None else tuple(str(item) for item in categories),
        typical=saved.get("typical"),
        low=saved.get("low"),
        high=saved.get("high"),
    )
