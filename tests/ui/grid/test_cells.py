from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui import theme
from canvas_app.ui.grid.cells import CellPainter, Column, Stretch
from canvas_app.ui.grid.model import RowsPage, TableModel
from canvas_app.ui.grid.table_source import Marks, ParquetTable


@pytest.fixture
def model(qapp: object) -> TableModel:
    model = TableModel()
    schema = Schema((ColumnInfo("t", "text", "string"), ColumnInfo("n", "whole", "int64")))
    page = RowsPage((["word", None, ""], ["1", "2", "3"]), (frozenset({1}), frozenset()))
    model.start(schema, Marks(before=ParquetTable(Path("before.parquet"))), page, 5)
    return model


def painted(model: TableModel, column: Column) -> QImage:
    widget = QWidget()
    image = QImage(200, 140, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.current().panel))
    painter = QPainter(image)
    CellPainter(widget, model).paint(painter, [column], Stretch(range(5), 0, 28))
    painter.end()
    return image


def inked(image: QImage, row: int, left: int, right: int) -> bool:
    """Whether anything is painted in a part of a row, its lines aside."""
    ground = image.pixelColor(3, row * 28 + 2)
    return any(
        image.pixelColor(x, y) != ground
        for x in range(left, right)
        for y in range(row * 28 + 2, row * 28 + 26)
    )


def test_texts_stand_at_the_left_and_numbers_at_the_right(model: TableModel) -> None:
    text, number = painted(model, Column(0, 0, 200)), painted(model, Column(1, 0, 200))

    assert (inked(text, 0, 4, 60), inked(text, 0, 100, 198)) == (True, False)
    assert (inked(number, 0, 4, 60), inked(number, 0, 150, 198)) == (False, True)


def test_blanks_are_said_empty_texts_are_empty_and_awaited_cells_hold_a_place(model: TableModel) -> None:
    image = painted(model, Column(0, 0, 200))

    assert [inked(image, row, 4, 198) for row in range(1, 5)] == [True, False, True, True]


def test_changed_and_chosen_cells_have_another_ground(model: TableModel) -> None:
    tokens = theme.current()
    image = painted(model, Column(0, 0, 200, chosen=range(2, 9)))

    assert image.pixelColor(3, 28 + 3) == QColor(tokens.good_soft)
    assert image.pixelColor(3, 2 * 28 + 3) == QColor(tokens.accent_soft)
    assert image.pixelColor(3, 3) == QColor(tokens.panel)
