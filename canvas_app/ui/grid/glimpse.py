"""A column at a glance: its badge, a small picture of its values, and the same in words."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from canvas_app.data.profile import ColumnProfile
from canvas_app.data.schema import ColumnInfo, ColumnType
from canvas_app.ui import theme
from canvas_app.ui.grid.cell_text import percent, short, spaced, text_of

BADGES: dict[ColumnType, str] = {
    "number": "1.2",
    "whole": "123",
    "text": "abc",
    "time": "date",
    "switch": "t/f",
    "other": "{ }",
}
WORDS: dict[ColumnType, str] = {
    "number": "number",
    "whole": "whole number",
    "text": "text",
    "time": "date or time",
    "switch": "true or false",
    "other": "other",
}
_BAR = 52


def font_of(size: int, *, strong: bool = False, mono: bool = False) -> QFont:
    """A font of the theme in pixels."""
    tokens = theme.current()
    return QFont(_font(tokens.mono if mono else tokens.family, size, strong, mono))


@cache
def _font(family: str, size: int, strong: bool, mono: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    if not mono:
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def paint_badge(painter: QPainter, left: int, top: int, words: str) -> int:
    """Draw a column's type as a badge; gives its width."""
    tokens = theme.current()
    font = font_of(tokens.caption, mono=True)
    width = QFontMetrics(font).horizontalAdvance(words) + 10
    box = QRectF(left + 0.5, top + 0.5, width - 1, tokens.caption + 6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(QColor(tokens.panel))
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(tokens.accent))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return width


def paint_glimpse(painter: QPainter, area: QRect, profile: ColumnProfile) -> None:
    """Draw the spread of numbers and times, or the most frequent values, into ``area``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if profile.bins:
        _paint_bins(painter, area, profile.bins)
    elif profile.top:
        _paint_top(painter, area, profile)


def caption_of(profile: ColumnProfile) -> str:
    """The line below the picture: blanks, and where there are none the number of different values."""
    if profile.blanks or profile.type in ("number", "whole") or profile.rows == 0:
        return f"{percent(profile.blank_share)} blank"
    filled = profile.rows - profile.blanks
    if profile.distinct == filled > 1 or (profile.estimated and profile.distinct > filled * 0.95):
        return "all different"
    return counted(profile.distinct, "value", about=profile.estimated)


def counted(count: int, noun: str, *, about: bool = False) -> str:
    """A number with its noun, in the plural where it is not one."""
    words = f"{spaced(f'{count:,}')} {noun}{'' if count == 1 else 's'}"
    return f"about {words}" if about and count > 100 else words


def words_about(info: ColumnInfo, profile: ColumnProfile | None) -> str:
    """What the picture shows, as plain sentences."""
    if profile is None:
        return f"{short(info.name)}, {WORDS[info.type]}"
    lines = [
        f"{short(info.name)}, {WORDS[info.type]}",
        f"{counted(profile.blanks, 'blank')} ({percent(profile.blank_share)} of the rows)",
        counted(profile.distinct, "different value", about=profile.estimated),
    ]
    if profile.low is not None:
        lines.append(f"from {text_of(profile.low)} to {text_of(profile.high)}")
    if profile.mean is not None:
        lines.append("mean " + text_of(float(f"{profile.mean:.4g}")))
    lines += [f"{short(value, 60)}: {percent(count / profile.rows)}" for value, count in profile.top]
    return "\n".join(lines)


def _paint_bins(painter: QPainter, area: QRect, bins: tuple[int, ...]) -> None:
    highest = max(bins) or 1
    step = area.width() / len(bins)
    colour = QColor(theme.current().accent)
    colour.setAlphaF(0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for place, count in enumerate(bins):
        if count:
            height = max(1.0, area.height() * count / highest)
            left = area.left() + place * step
            gap = 1 if step > 3 else 0
            painter.drawRect(QRectF(left, area.bottom() + 1 - height, step - gap, height))


def _paint_top(painter: QPainter, area: QRect, profile: ColumnProfile) -> None:
    tokens = theme.current()
    colour = QColor(tokens.accent)
    colour.setAlphaF(0.6)
    font = font_of(tokens.caption)
    metrics = QFontMetrics(font)
    line = max(metrics.height(), 15)
    width = min(_BAR, area.width() // 2)
    for place, (value, count) in enumerate(profile.top[: max(1, area.height() // line)]):
        share = count / profile.rows
        top = area.top() + place * line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.chip))
        painter.drawRoundedRect(QRectF(area.left(), top + line / 2 - 3, width, 6), 3, 3)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(area.left(), top + line / 2 - 3, max(2.0, width * share), 6), 3, 3)
        room = area.width() - width - 8
        number = percent(share)
        name = metrics.elidedText(
            short(value, 60), Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(f" {number}")
        )
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        box = QRect(area.left() + width + 8, top, room, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, f"{name} {number}")
