"""The dark strip at the left: one place per page, and below them settings and help."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QVBoxLayout, QWidget

from canvas_app.ui.page import Page
from canvas_app.ui.theme.icons import icon

WIDTH = 64


class Rail(QWidget):
    """Buttons with icon and caption, in the order that the pages declare."""

    chosen = Signal(str)
    """The kind of the page that a person asked for."""

    def __init__(self, pages: Iterable[type[Page]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.logo = Logo()
        self._buttons: dict[str, QToolButton] = {}
        self._needing: set[str] = set()
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 10, 4, 8)
        self._column.setSpacing(4)
        self._column.addWidget(self.logo, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(8)
        for number, page in enumerate(pages, start=1):
            self._add_page(page, number)
        self._column.addStretch(1)

    def add_actions(self, *actions: tuple[QAction, str]) -> None:
        """Put actions with their icons at the foot."""
        for action, symbol in actions:
            button = _button(action.text(), symbol)
            button.setToolTip(f"{action.text()} ({action.shortcut().toString()})")
            button.clicked.connect(action.trigger)
            self._column.addWidget(button)

    def show_page(self, kind: str) -> None:
        """Mark the page that is shown."""
        self._buttons[kind].setChecked(True)

    def open_for_project(self, *, there: bool) -> None:
        """Let the pages that need a project be chosen, or not."""
        for kind in self._needing:
            self._buttons[kind].setEnabled(there)

    def _add_page(self, page: type[Page], number: int) -> None:
        button = _button(page.spec.title, page.spec.icon)
        button.setCheckable(True)
        if number <= 9:
            button.setShortcut(f"Alt+{number}")
            button.setToolTip(f"{page.spec.title} (Alt+{number})")
        button.clicked.connect(lambda: self.chosen.emit(page.spec.kind))
        self._buttons[page.spec.kind] = button
        if page.spec.needs_project:
            self._needing.add(page.spec.kind)
            button.setEnabled(False)
        self._group.addButton(button)
        self._column.addWidget(button)


class Logo(QToolButton):
    """The mark of the application; it opens the menu of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("logo")
        self.setAccessibleName("Menu")
        self.setToolTip("Menu")
        self.setFixedSize(34, 34)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def open_with(self, menu: QMenu) -> None:
        """The menu that it opens."""
        self.setMenu(menu)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded square from the accent colour to that of models, and a ring while it has the focus."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = QLinearGradient(0, 0, self.width(), self.height())
        colours.setColorAt(0, QColor("#5b6cf2"))
        colours.setColorAt(1, QColor("#d6409f"))
        painter.setBrush(colours)
        painter.setPen(QColor("#ffffff") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 8, 8)


def _button(text: str, symbol: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setIcon(icon(symbol, "rail_text", "rail_chosen_text"))
    button.setIconSize(QSize(21, 21))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setFixedWidth(WIDTH - 8)
    button.setFixedHeight(52)
    return button
