"""The canvas of a project that another window has: everything can be looked at, and no edit begins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.canvas.gestures.drop_step import MIME
from canvas_app.ui.canvas.menus import menu_for
from canvas_app.ui.canvas.scene import Hit
from tests.ui.canvas.conftest import LEFT, board_over

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def chain(board):
    """The nodes of a flow that its own window has drawn."""
    made = board.chain("dataset", "filter_rows", "formula")
    board.session.flush()
    return made


@pytest.fixture
def looking(board, chain, qtbot):
    """Another canvas over the same project."""
    session = Session.open(board.session.folder, InlinePool())
    made = board_over(session)
    qtbot.addWidget(made.canvas)
    made.canvas.view.zoom_to(1.0)
    made.canvas.view.centerOn(360, 60)
    assert session.look_only
    yield made
    assert made.flow == board.flow
    assert made.said == []
    QToolTip.hideText()
    session.abandon()


def told(board) -> str:
    """What is said by the pointer."""
    said = " ".join(QToolTip.text().split())
    assert board.session.holder in said
    return said


def test_a_drag_of_a_node_moves_nothing_and_says_who_has_the_project(looking, chain):
    start = looking.middle(chain[0])
    looking.press(start)
    looking.move(start + QPointF(0, 90))

    assert told(looking).startswith("You can look, but not edit. study is open in another window")
    assert looking.middle(chain[0]) == start
    looking.release(start + QPointF(0, 90))
    assert looking.desk.selected == (chain[0],)


def test_no_link_can_be_drawn(looking, chain):
    view = looking.canvas.view
    looking.press(looking.output(chain[2]))

    assert view.gesture is None
    assert told(looking)
    looking.release(looking.middle(chain[0]))
    assert looking.canvas.quick_add.isHidden()


@pytest.mark.parametrize("kind", ["step", "file"])
def test_nothing_can_be_dropped(looking, tmp_path, kind):
    data = QMimeData()
    if kind == "step":
        data.setData(MIME, b"filter_rows")
    else:
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "people.csv"))])
    event = QDragEnterEvent(QPointF(300, 200), Qt.DropAction.CopyAction, data, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(looking.canvas.view.viewport(), event)

    assert not event.isAccepted()
    assert looking.canvas.view.gesture is None


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Delete, NONE),
        (Qt.Key.Key_Backspace, NONE),
        (Qt.Key.Key_F2, NONE),
        (Qt.Key.Key_G, NONE),
        (Qt.Key.Key_Right, ALT),
        (Qt.Key.Key_X, CTRL),
        (Qt.Key.Key_V, CTRL),
        (Qt.Key.Key_D, CTRL),
        (Qt.Key.Key_Period, CTRL),
        (Qt.Key.Key_L, CTRL | SHIFT),
    ],
)
def test_keys_that_edit_say_why_they_do_not(looking, chain, key, held):
    looking.desk.select((chain[1],))
    looking.key(Qt.Key.Key_C, CTRL)
    QToolTip.hideText()
    looking.key(key, held)

    assert told(looking)
    assert looking.canvas.quick_add.isHidden()
    assert looking.canvas.findChild(QLineEdit, options=DIRECT).isHidden()


def test_tab_leaves_the_canvas_since_nothing_can_be_added(looking):
    looking.canvas.view.setFocus()
    looking.key(Qt.Key.Key_Tab)

    assert looking.canvas.quick_add.isHidden()
    assert not looking.canvas.view.hasFocus()


def test_a_double_click_on_the_ground_offers_nothing(looking):
    looking.canvas.view.search_wanted.connect(lambda _: pytest.fail("Something was offered."))
    looking.double_click(QPointF(300, 250))

    assert told(looking)


def test_the_menus_offer_what_looks_and_hold_back_what_edits(looking, chain):
    looking.desk.select((chain[1],))
    view = looking.canvas.view
    (link, *_) = looking.flow.links
    offered = {}
    for hit in (Hit(chain[1]), Hit(link=link), Hit()):
        for action in menu_for(view, hit).actions():
            offered[action.text().split("\t")[0]] = action

    looks = {words for words, action in offered.items() if words and action.isEnabled()}
    assert looks == {"Copy", "Select all", "Fit the flow"}
    assert looking.session.holder in " ".join(offered["Remove"].toolTip().split())


def test_selecting_copying_walking_zooming_and_panning_stay_possible(looking, chain):
    view = looking.canvas.view
    looking.drag(QPointF(-130, -60), looking.middle(chain[1]))
    assert looking.desk.selected == (chain[0], chain[1])
    looking.click(looking.middle(chain[2]), SHIFT)
    assert looking.desk.selected == tuple(chain)
    looking.key(Qt.Key.Key_C, CTRL)
    assert "filter_rows" in QGuiApplication.clipboard().text()
    looking.click(looking.middle(chain[1]))
    looking.key(Qt.Key.Key_Right)
    assert looking.desk.selected == (chain[2],)
    looking.key(Qt.Key.Key_Plus, CTRL)
    assert view.zoom == 1.25

    centre = view.centre()
    view.hold_space(True)
    place = looking.middle(chain[0])
    looking.press(place)
    looking.move(place + QPointF(40, 0))
    looking.release(place)
    assert view.centre() == centre - QPointF(40, 0)
