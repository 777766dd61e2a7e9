"""What lies under a node's words: shadow, border and icon, drawn once for all nodes that look alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache

from canvas_app.ui import theme
from canvas_app.ui.theme.icons import paint_icon

WIDTH = 196.0
HEIGHT = 50.0
"""Of a card with a short title; a taller one grows downwards, so that icon and ports keep their line."""
PAD = 12.0
TILE = 30.0
EDGE = 10.0
"""Room around the card for ports and shadow."""

QPixmapCache.setCacheLimit(96 * 1024)
"""Kilobytes: the nodes on a screen of twice the usual density, twice. Qt's own limit, 10 MB, is less than one
screen of them, and each would be painted anew for every picture."""


@dataclass(frozen=True)
class Card:
    """How a card looks, apart from its words."""

    height: float
    group: str
    icon: str
    chosen: bool = False
    skipped: bool = False

    @property
    def area(self) -> QRectF:
        """Its place, in the coordinates of its node."""
        return QRectF(0, 0, WIDTH, self.height)

    @property
    def bounds(self) -> QRectF:
        """The place with ports and shadow."""
        return self.area.adjusted(-EDGE, -EDGE, EDGE, EDGE)

    def paint(self, painter: QPainter) -> None:
        """Draw it; those that look alike are drawn once for each size."""
        transform = painter.worldTransform()
        picture = self._picture(transform.m11(), painter.device().devicePixelRatioF())
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(transform.map(self.bounds.topLeft()).toPoint(), picture)
        painter.restore()

    def _picture(self, scale: float, ratio: float) -> QPixmap:
        tokens = theme.current()
        key = f"{self} {scale} {ratio} {tokens.name} {tokens.card_radius}"
        picture = QPixmap()
        if QPixmapCache.find(key, picture):
            return picture
        size = self.bounds.size() * scale
        picture = QPixmap(QSize(math.ceil(size.width()), math.ceil(size.height())) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        painter.translate(-self.bounds.topLeft())
        self._paint_ground(painter)
        self._paint_tile(painter)
        painter.end()
        QPixmapCache.insert(key, picture)
        return picture

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = theme.current()
        radius = tokens.card_radius
        painter.setPen(Qt.PenStyle.NoPen)
        for depth, alpha in ((3.0, 5), (2.0, 8), (1.0, 12)):
            painter.setBrush(QColor(0, 0, 0, alpha * (4 if tokens.dark else 1)))
            painter.drawRoundedRect(self.area.adjusted(-depth + 1, 0, depth - 1, depth), radius, radius)
        pen = QPen(QColor(tokens.accent), 2) if self.chosen else QPen(QColor(tokens.line), 1)
        if self.skipped:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(self.area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_tile(self, painter: QPainter) -> None:
        tokens = theme.current()
        painter.setOpacity(0.45 if self.skipped else 1.0)
        colour = QColor(tokens.group(self.group))
        tile = QRectF(PAD, (HEIGHT - TILE) / 2, TILE, TILE)
        soft = QColor(colour)
        soft.setAlpha(46 if tokens.dark else 34)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawRoundedRect(tile, 7, 7)
        inner = QRect(round(tile.x() + 6), round(tile.y() + 6), round(TILE - 12), round(TILE - 12))
        paint_icon(painter, self.icon, inner, tokens.group(self.group))
