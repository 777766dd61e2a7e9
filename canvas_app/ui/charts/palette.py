"""The few colours that charts are painted in, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """Colours of the interface as charts use them, as ``#rrggbb``."""

    panel: str
    line: str
    faint_line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    track: str
    """Behind bars."""
    still: str
    """What is neither for nor against: the average row."""
    curve: str
    good: str
    bad: str
    sequence: tuple[str, ...]
    """Of groups, in their order; safe for the colour-blind."""


LIGHT = Palette(
    panel="#ffffff",
    line="#e3e6eb",
    faint_line="#eef0f3",
    text="#1b1f27",
    muted="#667085",
    accent="#4f46e5",
    accent_soft="#eef0ff",
    track="#eef0f3",
    still="#aab3c2",
    curve="#d6409f",
    good="#4f46e5",
    bad="#d03b4b",
    sequence=("#4f46e5", "#d6409f", "#0e9f8e", "#c77d12", "#2f7ff0", "#8b5cf6", "#98a2b3"),
)
DARK = Palette(
    panel="#1a1e26",
    line="#2c323e",
    faint_line="#252a34",
    text="#e8ebf1",
    muted="#98a2b3",
    accent="#8b85ff",
    accent_soft="#26264a",
    track="#252a34",
    still="#5b6577",
    curve="#d6409f",
    good="#8b85ff",
    bad="#d6505f",
    sequence=("#8b85ff", "#ec6fbd", "#35bfae", "#e0a246", "#6ba5ff", "#b394ff", "#667085"),
)


def palette(theme: Theme) -> Palette:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT


def blend(colour: str, ground: str, share: float) -> str:
    """So much of the colour over the ground, as ``#rrggbb``."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return "#" + "".join(f"{round(share * top + (1 - share) * below):02x}" for top, below in pairs)


def readable_on(ground: str) -> str:
    """The one of near-black and near-white that stands out more (WCAG 2 contrast)."""
    dark, light = "#1b1f27", "#ffffff"
    return max((dark, light), key=lambda colour: contrast(colour, ground))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    levels = [part / 255 for part in _parts(colour)]
    linear = [level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
