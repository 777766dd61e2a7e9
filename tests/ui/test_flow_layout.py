import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from canvas_app.ui.flow_layout import FlowLayout


def box(width):
    made = QWidget()
    made.setFixedSize(width, 20)
    return made


@pytest.fixture
def around(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    return around


def test_what_does_not_fit_goes_to_the_next_line(around):
    layout = FlowLayout(around, spacing=4)
    layout.setContentsMargins(0, 0, 0, 0)
    boxes = [box(60), box(60), box(60)]
    for one in boxes:
        layout.addWidget(one)
    layout.setGeometry(QRect(0, 0, 130, 100))

    assert [(one.x(), one.y()) for one in boxes] == [(0, 0), (64, 0), (0, 24)]
    assert layout.heightForWidth(130) == 44
    assert layout.heightForWidth(200) == 20


def test_the_last_takes_the_rest_of_its_line(around):
    layout = FlowLayout(around, spacing=4, last_width=50)
    layout.setContentsMargins(0, 0, 0, 0)
    first, last = box(60), QWidget()
    layout.addWidget(first)
    layout.addWidget(last)
    layout.setGeometry(QRect(0, 0, 200, 100))

    assert last.width() == 136


def test_a_widget_is_put_before_another(around):
    layout = FlowLayout(around)
    first, second = box(10), box(10)
    layout.addWidget(second)
    layout.insert(0, first)

    assert [layout.itemAt(place).widget() for place in range(layout.count())] == [first, second]
    assert layout.itemAt(5) is None
