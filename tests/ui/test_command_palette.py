import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from canvas_app.ui.command_palette import CommandPalette
from canvas_app.ui.entries import Entry
from canvas_app.ui.forms.search_combo import Choice, SearchCombo


@pytest.fixture
def over(qtbot):
    over = QWidget()
    over.button = QPushButton("Here")
    QVBoxLayout(over).addWidget(over.button)
    over.resize(800, 600)
    qtbot.addWidget(over)
    over.show()
    qtbot.waitExposed(over)
    over.activateWindow()
    over.button.setFocus()
    return over


@pytest.fixture
def done():
    return []


@pytest.fixture
def palette(over, done):
    titles = ("Home", "Data", "Fill missing values", "Filter rows")
    palette = CommandPalette(
        over, [Entry(title, "Any", lambda title=title: done.append(title)) for title in titles]
    )
    palette.open_over(over)
    return palette


def test_the_list_is_as_high_as_what_fits(palette, qtbot):
    whole = palette.height()
    qtbot.keyClicks(palette.line, "filter")

    assert palette.list.count() == 1
    assert palette.height() < whole
    assert palette.list.height() < 2 * palette.list.sizeHintForRow(0)


def test_return_does_the_best(palette, done, qtbot):
    qtbot.keyClicks(palette.line, "filter")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)

    assert done == ["Filter rows"]


def test_arrows_walk_the_list(palette, done, qtbot):
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)

    assert done == ["Data"]


def test_escape_does_nothing_and_gives_the_focus_back(palette, over, done, qtbot):
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)

    assert done == []
    assert over.focusWidget() is over.button


def test_nothing_that_fits_is_said_in_words(palette, qtbot):
    qtbot.keyClicks(palette.line, "xyzzy")

    assert palette.list.isHidden()


def test_a_long_list_is_searched(over, qtbot):
    combo = SearchCombo("Column")
    over.layout().addWidget(combo)
    combo.offer([Choice(f"c{i}", f"c{i}") for i in range(20)], "c0")
    picked = []
    combo.picked.connect(picked.append)
    combo.showPopup()
    line = over.focusWidget()
    qtbot.keyClicks(line, "c17")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert picked == ["c17"]
    assert combo.value() == "c17"
