"""The bundled typefaces, and how large the person's system wants its words."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FOLDER = Path(__file__).parents[3] / "resources" / "fonts"

_USUAL_POINTS = {"darwin": 13.0, "win32": 9.0}
_USUAL_POINTS_ELSEWHERE = 10.0


def load_fonts() -> tuple[str, ...]:
    """Make the bundled families known; where they are absent, the system's take their place."""
    families: dict[str, None] = {}
    for path in sorted(FOLDER.glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    return tuple(families)


def scale_of(system: QFont) -> float:
    """How much larger than usual the system's font is, from 1 to 2; small differences are none."""
    usual = _USUAL_POINTS.get(sys.platform, _USUAL_POINTS_ELSEWHERE)
    factor = system.pointSizeF() / usual
    return min(factor, 2.0) if factor > 1.15 else 1.0
