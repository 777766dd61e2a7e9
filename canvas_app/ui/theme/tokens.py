"""Colour, spacing and type: every look in the window comes from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

_GROUPS = MappingProxyType(
    {
        "data": "#2f7ff0",
        "clean": "#0e9f8e",
        "shape": "#c77d12",
        "combine": "#8b5cf6",
        "model": "#d6409f",
        "output": "#3d9a50",
    }
)


@dataclass(frozen=True)
class Tokens:
    """One theme. Lengths are pixels at the system's usual font size; ``scaled`` follows another."""

    name: Literal["light", "dark"]

    ground: str
    panel: str
    raised: str
    line: str
    strong_line: str
    """The border of a control that is pointed at, and of dashed drop areas."""
    faint_line: str
    text: str
    muted: str
    faint: str
    """For placeholders and decoration only: too pale for words that must be read."""
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    """Words on the accent colour."""
    hover: str
    chip: str
    """The ground of a bar that is not filled, and of a badge."""

    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str

    rail: str = "#11141b"
    rail_text: str = "#a3adbb"
    rail_chosen: str = "#232836"
    rail_chosen_text: str = "#ffffff"

    groups: Mapping[str, str] = field(default_factory=lambda: _GROUPS)
    sequence: tuple[str, ...] = ()
    """Colours of charts in their order, safe for the colour-blind."""

    unit: int = 4
    margin: int = 24
    card_padding: int = 16
    gap: int = 16
    card_radius: int = 10
    control_radius: int = 7
    chip_radius: int = 6
    control: int = 32
    dense_control: int = 28
    table_row: int = 28

    body: int = 13
    secondary: int = 12
    caption: int = 11
    panel_title: int = 15
    page_title: int = 20

    family: str = "Inter"
    mono: str = "JetBrains Mono"
    motion_ms: int = 140
    """How long a movement takes; 0 where the system asks for less motion."""

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    def group(self, name: str) -> str:
        """The colour of a group of steps; of an unknown one, the muted colour."""
        return self.groups.get(name.lower(), self.muted)

    def scaled(self, factor: float) -> Tokens:
        """The same theme for a font size that is ``factor`` times the usual one."""
        heights = ("control", "dense_control", "table_row")
        names = (*heights, "body", "secondary", "caption", "panel_title", "page_title")
        return replace(self, **{name: round(getattr(self, name) * factor) for name in names})


LIGHT = Tokens(
    name="light",
    ground="#f6f7f9",
    panel="#ffffff",
    raised="#ffffff",
    line="#e3e6eb",
    strong_line="#aeb5c2",
    faint_line="#eef0f3",
    text="#1b1f27",
    muted="#667085",
    faint="#98a2b3",
    accent="#4f46e5",
    accent_hover="#4338ca",
    accent_soft="#eef0ff",
    on_accent="#ffffff",
    hover="#f2f3f6",
    chip="#eef0f3",
    good="#12966a",
    warn="#b7791f",
    bad="#d03b4b",
    good_soft="#e3f4ed",
    warn_soft="#fdf3e0",
    bad_soft="#fdeaec",
    sequence=("#4f46e5", "#d6409f", "#0e9f8e", "#c77d12", "#2f7ff0", "#8b5cf6"),
)

DARK = Tokens(
    name="dark",
    ground="#14171d",
    panel="#1a1e26",
    raised="#212631",
    line="#2c323e",
    strong_line="#4b5465",
    faint_line="#232833",
    text="#e8ebf1",
    muted="#98a2b3",
    faint="#667085",
    accent="#8b85ff",
    accent_hover="#a09bff",
    accent_soft="#26264a",
    on_accent="#14171d",
    hover="#262c38",
    chip="#262b36",
    good="#2bb585",
    warn="#dba24a",
    bad="#ef6b79",
    good_soft="#17342d",
    warn_soft="#3a2f1a",
    bad_soft="#3c2228",
    sequence=("#8b85ff", "#ec6fbd", "#35bfae", "#e0a246", "#6ba5ff", "#b394ff"),
)
