"""The widget that shows a figure: its words, its picture, and a menu to take it elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontInfo,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from canvas_app.base.errors import CanvasError
from canvas_app.base.figure import Figure, Plot, Points
from canvas_app.base.words import counted
from canvas_app.ui.charts.palette import Theme
from canvas_app.ui.charts.save import numbers_as_text, save_figure

if TYPE_CHECKING:
    from canvas_app.ui.charts.sheet import Sheet

BODY = 13
"""Pixels of the usual text, for which the painters are made."""
WIDE = 620
"""From this width on, the reading of dots stands beside them."""
READING = 210
"""How wide the reading is there."""
TIGHT = 0.76
"""The part of its usual height on which a picture can still be read well."""
PICKABLE = ("bars", "heat")
"""Marks of which one can be chosen."""
TOLD = 30
"""Rows of numbers that the accessible description tells."""

_FIXED, _PREFERRED = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
_MAXIMUM = QSizePolicy.Policy.Maximum


class PictureArea(QWidget):
    """The painted marks, crisp at any scale; bars and pairs can be chosen by mouse and by keys."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tight = False
        """Whether it is content with less than the usual height."""
        self._figure: Figure | None = None
        self._selected = ""
        self._image: QImage | None = None
        self._regions: tuple[tuple[str, QRectF], ...] = ()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(90)
        self._settled.timeout.connect(self._repaint_anew)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(220)

    def show_figure(self, figure: Figure | None, selected: str = "") -> None:
        """Show the marks of a figure, or nothing."""
        self._figure, self._selected = figure, selected
        pickable = figure is not None and figure.marks.kind in PICKABLE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if pickable else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(pickable)
        self.updateGeometry()
        self._repaint_anew()

    def select(self, name: str) -> None:
        """Tint one bar."""
        if name != self._selected:
            self._selected = name
            self._repaint_anew()

    def sizeHint(self) -> QSize:
        """As high as the marks want to be, or somewhat less where pictures stand close."""
        return QSize(360, round(self.most() * (TIGHT if self.tight else 1)))

    def minimumSizeHint(self) -> QSize:
        """Marks can't be squeezed, only given more room."""
        return QSize(220, self.sizeHint().height())

    def most(self) -> int:
        """The height beyond which marks gain nothing."""
        from canvas_app.ui.charts.paint import natural_height

        return 160 if self._figure is None else round(natural_height(self._figure) * self._scale())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, made anew if there is none."""
        del event
        if self._image is None:
            self._image = self._drawn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None:
            painter.drawImage(self.rect(), self._image)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch at once, and paint anew when the size has settled."""
        super().resizeEvent(event)
        self._settled.start()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme, another picture."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._repaint_anew()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        name = self._name_at(event)
        if name:
            self._pick(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that bars can be chosen."""
        over = bool(self._name_at(event))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys choose the bar or the pair before and after."""
        names = [name for name, _ in self._regions]
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        if not names or event.key() not in steps:
            super().keyPressEvent(event)
            return
        step = steps[Qt.Key(event.key())]
        at = names.index(self._selected) + step if self._selected in names else 0
        self._pick(names[min(max(at, 0), len(names) - 1)])

    def _pick(self, name: str) -> None:
        self.select(name)
        self.picked.emit(name)

    def _name_at(self, event: QMouseEvent) -> str:
        place = event.position() / self._scale()
        return next((name for name, box in self._regions if box.contains(place)), "")

    def _repaint_anew(self) -> None:
        self._image = None
        self.update()

    def _scale(self) -> float:
        return max(1.0, QFontInfo(self.font()).pixelSize() / BODY)

    def _drawn(self) -> QImage | None:
        if self._figure is None or self.width() < 40 or self.height() < 20:
            return None
        from canvas_app.ui.charts.paint import paint
        from canvas_app.ui.charts.palette import palette

        scale = self._scale()
        painted = paint(
            self._figure,
            palette(theme_of(self)),
            width=self.width() / scale,
            height=self.height() / scale,
            ratio=self.devicePixelRatioF() * scale,
            selected=self._selected,
        )
        self._regions = tuple((region.name, QRectF(*region.box)) for region in painted.regions)
        return _image(painted.sheet)


class Chart(QFrame):
    """A card with a figure: title, subtitle, picture, reading, and a menu to copy and save."""

    picked = Signal(str)
    """A bar was chosen, told by its name; or a pair, by both names."""
    failed = Signal(str)
    """Saving failed; what happened and what to do."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.figure: Figure | None = None
        self.picture = PictureArea()
        self.picture.picked.connect(self.picked)
        self.title, self.subtitle = _label("strong"), _label("secondary")
        self.reading, self._reading_title = _label("secondary"), _label("strong")
        self._reading_title.setText("Reading it")
        self.reading.setWordWrap(True)
        self.subtitle.setWordWrap(True)
        self.menu_button = QToolButton()
        self.menu_button.setText("⋯")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(self._menu())
        self.menu_button.setProperty("look", "quiet")
        self.menu_button.setProperty("dense", True)
        self.menu_button.setProperty("icon-only", True)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.corner = QHBoxLayout()
        """Where a page puts what else belongs to this chart, before the menu."""
        self._lay_out()
        self.wait(title, "")

    def show_figure(self, figure: Figure, selected: str = "") -> None:
        """Show a figure, with one bar tinted if there is one of that name."""
        self.figure = figure
        self.title.setText(figure.title)
        self.subtitle.setText(figure.subtitle)
        self.reading.setText(figure.reading)
        self.reading.setVisible(bool(figure.reading))
        self.menu_button.setEnabled(True)
        self._name(figure.title)
        self.picture.setAccessibleDescription(described(figure))
        self.picture.show_figure(figure, selected)
        self._arrange()

    def wait(self, title: str, why: str = "Working…") -> None:
        """Show that the figure is not there yet, and why."""
        self.figure = None
        self.title.setText(title)
        self.subtitle.setText(why)
        self.reading.hide()
        self.menu_button.setEnabled(False)
        self._name(title)
        self.picture.show_figure(None)

    def select(self, name: str) -> None:
        """Tint the bar of that name."""
        self.picture.select(name)

    def copy_picture(self) -> None:
        """Put the picture with its words on the clipboard."""
        if self.figure is not None:
            from canvas_app.ui.charts.save import whole_picture

            QGuiApplication.clipboard().setImage(_image(whole_picture(self.figure, "light")))

    def copy_numbers(self) -> None:
        """Put the numbers on the clipboard, as spreadsheets take them."""
        if self.figure is not None:
            QGuiApplication.clipboard().setText(numbers_as_text(self.figure, delimiter="\t"))

    def save_to(self, path: Path) -> None:
        """Save as the suffix says; a failure is told by ``failed``."""
        if self.figure is None:
            return
        try:
            save_figure(self.figure, path)
        except CanvasError as error:
            self.failed.emit(str(error))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The reading goes beside or below, as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _ask_and_save(self, suffix: str) -> None:
        name = (self.figure.title if self.figure else "chart").replace("/", " ")
        path, _ = QFileDialog.getSaveFileName(
            self, "Save", f"{name}.{suffix}", f"{suffix.upper()} (*.{suffix})"
        )
        if path:
            self.save_to(Path(path) if Path(path).suffix else Path(f"{path}.{suffix}"))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Copy picture", self.copy_picture)
        for suffix in ("png", "svg", "pdf"):
            menu.addAction(f"Save as {suffix.upper()}…", partial(self._ask_and_save, suffix))
        menu.addSeparator()
        menu.addAction("Copy numbers", self.copy_numbers)
        menu.addAction("Save numbers as CSV…", lambda: self._ask_and_save("csv"))
        return menu

    def _name(self, title: str) -> None:
        self.menu_button.setAccessibleName(f"Copy or save: {title}")
        self.menu_button.setToolTip("Copy or save")
        self.picture.setAccessibleName(title)
        self.picture.setAccessibleDescription("")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addLayout(self.corner)
        head.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.addWidget(self.picture, 1)
        reading = QVBoxLayout()
        reading.setSpacing(4)
        reading.addWidget(self._reading_title)
        reading.addWidget(self.reading)
        self._below = QWidget()
        self._below.setLayout(reading)
        reading.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(self._below)
        self._body.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.setContentsMargins(16, 12, 16, 14)
        whole.addLayout(head)
        whole.addLayout(self._body, 1)

    def _arrange(self) -> None:
        dots = self.figure is not None and isinstance(self.figure.marks, Points | Plot)
        told = not self.reading.isHidden()
        beside = dots and told and self.width() >= WIDE
        self._below.setVisible(told)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(way)
        close = self.picture.tight and not dots
        self.picture.setMaximumHeight(self.picture.most() if close else 16_777_215)
        self._body.setStretch(0, 100 if close else 1 if dots else 0)
        self._body.setStretch(2, 0 if dots else 1)
        self._body.setSpacing(32 if beside else 12)
        self._reading_title.setVisible(beside)
        self._below.setSizePolicy(_FIXED if beside else _PREFERRED, _MAXIMUM)
        self._below.setMinimumWidth(READING if beside else 0)
        self._below.setMaximumWidth(READING if beside else 16_777_215)
        self._body.setAlignment(self._below, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0))


def described(figure: Figure) -> str:
    """The figure in words, for people who can't see it: the reading, then the numbers."""
    lines = [
        ", ".join(f"{name} {_told(value)}" for name, value in zip(figure.header, row, strict=True))
        for row in figure.rows[:TOLD]
    ]
    more = len(figure.rows) - TOLD
    rest = [f"and {counted(more, 'more row')}"] if more > 0 else []
    return "; ".join([figure.reading, *lines, *rest]) if figure.reading else "; ".join([*lines, *rest])


def theme_of(widget: QWidget) -> Theme:
    """Whether the widget stands on light or on dark."""
    return "dark" if widget.palette().window().color().lightness() < 128 else "light"


def _told(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "blank" if value is None else str(value)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _image(sheet: Sheet) -> QImage:
    from canvas_app.ui.charts.sheet import pixels

    data, width, height = pixels(sheet)
    return QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
