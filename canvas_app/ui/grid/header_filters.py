"""The fields of the filter, one in the header of each column that is on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.grid.view import TableView

_PAUSE_MS = 400
"""How long typing must rest before the rows are filtered."""
_EXAMPLES = "> 30,  30 to 40,  contains x,  a*,  blank,  not blank"


class HeaderFilters(QObject):
    """Places a field in each header that is seen; what was typed stays when its column is scrolled away."""

    typed = Signal(int, str)
    """What was typed for a column: its section and the text."""
    left = Signal()
    """The person goes back to the table."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view = view
        self.strip = QWidget()
        """What the fields lie in: over the header, but not of it: screen readers see no children there."""
        self.strip.setAccessibleName("Filters of the columns")
        self._fields: dict[int, _FilterField] = {}
        self._spare: list[_FilterField] = []
        self._texts: dict[str, str] = {}
        self._shown = False
        self._late: _FilterField | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._take_late)
        header = view.columns
        view.looked_aside.connect(self.follow)
        header.viewport().installEventFilter(self)

    def show(self, shown: bool) -> None:
        """Have fields in the header, or none."""
        self._shown = shown
        self._view.columns.make_room(shown)
        self.follow()

    def start(self) -> None:
        """Other columns: nothing is typed for them."""
        self._texts.clear()
        self._rest.stop()
        for section in list(self._fields):
            self._put_aside(section)
        self.follow()

    def field(self, section: int) -> QLineEdit:
        """The field of a column that is on the screen."""
        self.follow()
        return self._fields[section]

    def begin(self, section: int) -> None:
        """Take the keyboard, for the condition of a column."""
        index = self._view.model().index(max(0, self._view.visible_rows()[0]), section)
        self._view.scrollTo(index)
        self.field(section).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field(section).selectAll()

    def write(self, column: str, text: str) -> None:
        """What stands in a column's field from now on."""
        self._texts[column] = text
        for field in self._fields.values():
            if field.column == column and field.text() != text:
                field.setText(text)

    def follow(self) -> None:
        """Place the fields where their columns are."""
        if not self._shown and not self._fields:
            return
        seen = self._view.visible_sections() if self._shown else []
        for section in [one for one in self._fields if one not in seen]:
            if not (self._shown and self._fields[section].hasFocus()):
                self._put_aside(section)
        header = self._view.columns
        height = header.field_height()
        self._place_strip(height)
        held = header.held()
        for section in (*(one for one in self._fields if one not in seen), *seen):
            field = self._fields.get(section) or self._bring(section)
            where = header.seen_rect(section)
            if section not in held and where.left() < header.held_width():
                where.setLeft(header.held_width())
            field.setGeometry(where.left() + 4, 0, max(0, where.width() - 9), height - 6)
            field.setVisible(where.width() > 20)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The header has another size: the fields move with it."""
        del watched
        if event.type() == QEvent.Type.Resize and self._shown:
            self.follow()
        return False

    def _place_strip(self, height: int) -> None:
        ground = self._view.columns.viewport()
        around = self.strip.parentWidget()
        if around is not None:
            corner = ground.mapTo(around, QPoint(0, ground.height() - height))
            self.strip.setGeometry(QRect(corner, QSize(ground.width(), height)))
            self.strip.raise_()
        self.strip.setVisible(around is not None and height > 0)

    def _bring(self, section: int) -> _FilterField:
        field = self._spare.pop() if self._spare else self._make()
        field.begin(section, self._view.table().column(section).name)
        field.setText(self._texts.get(field.column, ""))
        self._fields[section] = field
        return field

    def _make(self) -> _FilterField:
        field = _FilterField(self.strip)
        field.textEdited.connect(lambda text: self._edited(field, text))
        field.returnPressed.connect(lambda: self._take(field))
        field.left.connect(self.left)
        field.stepped.connect(lambda step: self._step(field, step))
        return field

    def _put_aside(self, section: int) -> None:
        field = self._fields.pop(section)
        field.hide()
        self._spare.append(field)

    def _edited(self, field: _FilterField, text: str) -> None:
        self._texts[field.column] = text
        self._late = field
        self._rest.start()

    def _take_late(self) -> None:
        if self._late is not None:
            self.typed.emit(self._late.section, self._late.text())

    def _take(self, field: _FilterField) -> None:
        self._rest.stop()
        self.typed.emit(field.section, field.text())

    def _step(self, field: _FilterField, step: int) -> None:
        """Tab goes on to the field of the next column that is not hidden, wherever it is."""
        seen = self._view.arrangement.seen()
        place = seen.index(field.section) + step
        if 0 <= place < len(seen):
            self.begin(seen[place])
        else:
            self.left.emit()


class _FilterField(QLineEdit):
    left = Signal()
    stepped = Signal(int)

    def __init__(self, strip: QWidget) -> None:
        super().__init__(strip)
        self.section = -1
        self.column = ""
        self.setProperty("dense", "true")
        self.setPlaceholderText("filter")
        self.setClearButtonEnabled(False)
        self.setToolTip(f"Type a condition: {_EXAMPLES}")

    def begin(self, section: int, column: str) -> None:
        """Be the field of another column."""
        self.section, self.column = section, column
        self.setAccessibleName(f"Filter {short(column, 60)}")

    def event(self, event: QEvent) -> bool:
        """Tab and Shift+Tab go to the columns beside this one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.stepped.emit(step)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Down go back to the table."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
