"""What hands do to an editor arrives as one edit, with its value."""

from typing import Literal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from canvas_app.base.spec import Column, Columns, File, Secret, Spec, UnitSpec, field
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui.forms.form import Form

SCHEMA = Schema((ColumnInfo("age", "whole", "int64"), ColumnInfo("job", "text", "string")))


class Everything(Spec):
    """A field of every kind that is one widget."""

    spec = UnitSpec(kind="everything", title="Everything", example={"columns": ["age"]})

    keep: bool = field("Keep", default=False)
    count: int = field("Count", default=1, ge=0, le=9)
    share: float = field("Share", default=0.5, ge=0, le=1)
    name: str = field("Name", default="")
    using: Literal["median", "mean"] = field("Using", default="median")
    of: Column = field("Of", default="")
    columns: Columns = field("Columns", default=())
    path: File = field("Path", default="")
    word: Secret = field("Word", default="")


@pytest.fixture
def form(qtbot):
    form = Form()
    qtbot.addWidget(form)
    form.show(Everything(), (SCHEMA,))
    form.resize(400, 900)
    with qtbot.waitExposed(form):
        form.setVisible(True)
    return form


def test_a_switch_is_turned_by_a_click_and_by_space(form, edits, qtbot):
    switch = form.editor("keep").main()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, switch.height() // 2))
    qtbot.keyClick(switch, Qt.Key.Key_Space)

    assert [unit.keep for unit in edits] == [True, False]


def test_a_step_of_a_number_is_an_edit(form, edits, qtbot):
    for name in ("count", "share"):
        qtbot.keyClick(form.editor(name).main(), Qt.Key.Key_Up)

    assert edits[0].count == 2
    assert edits[-1].share > 0.5


@pytest.mark.parametrize("name", ["name", "path", "word"])
def test_typing_is_an_edit(form, edits, qtbot, name):
    editor = form.editor(name)
    line = editor.main() if isinstance(editor.main(), QLineEdit) else editor.findChild(QLineEdit)
    qtbot.keyClicks(line, "x")

    assert "x" in repr(edits[-1].model_dump()[name]) or edits[-1].word
    assert len(edits) == 1


def test_a_pick_is_an_edit(form, edits):
    form.editor("of").main().picked.emit("job")

    assert edits[-1].of == "job"
