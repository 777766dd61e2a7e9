"""Icons of one family (Phosphor, as QtAwesome ships it), drawn in the colours of the theme that is on.

QtAwesome itself is not imported: that takes 0.2 s and loads a dozen fonts. Its font file and its list of
names are all that is needed.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from canvas_app.ui import theme


def icon(name: str, colour: str = "muted", checked: str = "") -> QIcon:
    """The icon ``ph.<name>`` in a colour of the tokens (``accent``, ``muted``), of a group, or ``#rrggbb``.

    It takes the colour at the moment of painting, so it follows a change of the theme by itself.
    ``checked`` is the colour on a button that is checked.
    """
    return QIcon(_Engine(glyph(name), colour, checked or colour))


def paint_icon(painter: QPainter, name: str, rect: QRect, colour: str = "muted") -> None:
    """Draw an icon into a rectangle, for items which paint themselves."""
    _draw(painter, rect, glyph(name), colour_of(colour))


def pixmap(name: str, size: int, colour: str = "muted") -> QPixmap:
    """The icon as a picture ``size`` pixels wide, for labels; it does not follow the theme."""
    return icon(name, colour).pixmap(QSize(size, size))


def glyph(name: str) -> str:
    """The letter that draws the icon; of a name that is not known, a question mark's."""
    letters = _letters()
    return chr(int(letters.get(name.removeprefix("ph."), letters["question"]), 16))


def colour_of(colour: str) -> QColor:
    """The colour that a word of the tokens or a group's name stands for now."""
    tokens = theme.current()
    if colour.startswith("#"):
        return QColor(colour)
    if colour in tokens.groups:
        return QColor(tokens.groups[colour])
    return QColor(getattr(tokens, colour))


class _Engine(QIconEngine):
    """Draws one letter of the icon font at any size."""

    def __init__(self, letter: str, colour: str, checked: str) -> None:
        super().__init__()
        self._letter = letter
        self._colour = colour
        self._checked = checked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it, paler where it is disabled."""
        word = self._checked if state == QIcon.State.On else self._colour
        word = "faint" if mode == QIcon.Mode.Disabled else word
        _draw(painter, rect, self._letter, colour_of(word))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it on nothing."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Another of the same."""
        return _Engine(self._letter, self._colour, self._checked)


def _draw(painter: QPainter, rect: QRect, letter: str, colour: QColor) -> None:
    painter.save()
    font = QFont(_family())
    font.setPixelSize(max(1, min(rect.width(), rect.height())))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


@cache
def _folder() -> Path:
    found = importlib.util.find_spec("qtawesome")
    if found is None or found.origin is None:
        raise FileNotFoundError("QtAwesome, which brings the icons, is not installed.")
    return Path(found.origin).parent / "fonts"


@cache
def _letters() -> dict[str, str]:
    text = next(_folder().glob("phosphor-charmap-*.json")).read_text(encoding="utf-8")
    letters: dict[str, str] = json.loads(text)
    return letters


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(next(_folder().glob("phosphor-*.ttf"))))
    return QFontDatabase.applicationFontFamilies(number)[0]
