"""The tables of the project, newest first, one line each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from canvas_app.data.files import size_in_words
from canvas_app.data.source import SOURCES
from canvas_app.ui import theme
from canvas_app.ui.grid.cell_text import short, spaced
from canvas_app.ui.grid.glimpse import font_of

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset

Index = QModelIndex | QPersistentModelIndex

_TITLES = ("Name", "Rows", "Columns", "Size", "Version", "From", "Changed")
_WIDTHS = (0, 110, 90, 90, 100, 130, 100)
_ROW = 44
_HEADER = 40


class DatasetModel(QAbstractTableModel):
    """The tables as Qt sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.datasets: tuple[Dataset, ...] = ()

    def start(self, datasets: tuple[Dataset, ...]) -> None:
        """Show these, the newest first."""
        self.beginResetModel()
        self.datasets = tuple(reversed(datasets))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many tables there are."""
        return 0 if parent is not None and parent.isValid() else len(self.datasets)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many facts there are of each."""
        return 0 if parent is not None and parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One fact."""
        if role == Qt.ItemDataRole.DisplayRole:
            return _facts(self.datasets[index.row()])[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return font_of(theme.current().body, strong=True)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the facts are."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class DatasetList(QTableView):
    """A list of tables to choose from; Enter opens the one that is chosen, Delete removes it."""

    chosen = Signal(object)
    """Told the ``Dataset`` that the selection has come to; None when there is none."""
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tables = DatasetModel()
        self.setModel(self.tables)
        self.setAccessibleName("Tables of the project")
        self._set_up()
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current()))
        self.activated.connect(lambda _: self.opened.emit(self.current()))

    def show_datasets(self, datasets: tuple[Dataset, ...], choose: str = "") -> None:
        """Show these, and choose the one of that key, or else the newest."""
        self.tables.start(datasets)
        keys = [item.key for item in self.tables.datasets]
        self.setFixedHeight(self._wanted_height())
        if keys:
            self.choose(choose if choose in keys else keys[0])
        else:
            self.chosen.emit(None)

    def choose(self, key: str) -> None:
        """Choose the table of that key, if it is in the list."""
        for place, dataset in enumerate(self.tables.datasets):
            if dataset.key == key:
                index = self.tables.index(place, 0)
                flags = (
                    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                )
                self.selectionModel().setCurrentIndex(index, flags)

    def current(self) -> Dataset | None:
        """The table that is chosen."""
        row = self.currentIndex().row()
        return self.tables.datasets[row] if 0 <= row < len(self.tables.datasets) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete act on the table that is chosen."""
        dataset = self.current()
        if dataset is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(dataset)
        elif dataset is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(dataset)
        else:
            super().keyPressEvent(event)

    def _wanted_height(self) -> int:
        header = max(_HEADER, self.horizontalHeader().sizeHint().height())
        return min(header + self._row_height() * max(1, len(self.tables.datasets)) + 6, 520)

    def _row_height(self) -> int:
        return round(_ROW * theme.current().body / 13)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setItemDelegate(_LinedDelegate(self))
        self.setProperty("plain", "true")
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumHeight(_HEADER)
        header.setAccessibleName("Facts about the tables")
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in enumerate(_WIDTHS):
            if width:
                header.resizeSection(section, width)


class _LinedDelegate(QStyledItemDelegate):
    """A cell with a line below it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell as the style has it, and the line."""
        super().paint(painter, option, index)
        area: QRect = option.rect
        painter.setPen(QColor(theme.current().faint_line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


def _facts(dataset: Dataset) -> tuple[str, ...]:
    return (
        short(dataset.name),
        spaced(f"{dataset.rows:,}"),
        spaced(f"{len(dataset.schema):,}"),
        size_in_words(dataset.size),
        f"Version {dataset.version}",
        _origin(dataset),
        _day(dataset.made_at),
    )


def _origin(dataset: Dataset) -> str:
    kind = str(dataset.source.get("kind", ""))
    return SOURCES[kind].spec.title if kind in SOURCES else "File"


def _day(moment: str, today: date | None = None) -> str:
    """The day in words: today, yesterday, or its date."""
    try:
        day = datetime.fromisoformat(moment).astimezone().date()
    except ValueError:
        return ""
    today = today or datetime.now().astimezone().date()
    passed = (today - day).days
    if passed in (0, 1):
        return ("today", "yesterday")[passed]
    month = QLocale().monthName(day.month, QLocale.FormatType.ShortFormat)
    return f"{day.day} {month}" if day.year == today.year else f"{day.day} {month} {day.year}"
