"""What every unit declares about itself; light enough for the window to open with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Any
"""What ``json`` can write: mappings, lists, texts, numbers, switches and None."""


@dataclass(frozen=True)
class UnitSpec:
    """What a unit declares about itself; each family adds its own facts."""

    kind: str
    title: str
    group: str = ""
    icon: str = "ph.cube"
    example: Mapping[str, Any] = field(default_factory=dict)
