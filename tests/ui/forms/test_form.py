from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Column, Columns, Condition, Conditions, Spec, UnitSpec, field
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui.forms.form import Form
from canvas_app.ui.forms.search_combo import SearchCombo

SCHEMA = Schema(
    (
        ColumnInfo("age", "whole", "int64"),
        ColumnInfo("job", "text", "string"),
        ColumnInfo("born", "time", "date"),
        ColumnInfo("pay", "number", "float64"),
    )
)


class Patch(Spec):
    """Patch the holes."""

    spec = UnitSpec(kind="patch", title="Patch", example={"columns": ["age"]})

    columns: Columns = field("Columns", accepts="number")
    of: Column = field("Of", accepts="text")
    using: Literal["median", "value"] = field("Fill with", default="median")
    value: str = field("Value", default="", shown_if=("using", "value"))
    share: float = field("Share", default=0.5, ge=0, le=1, help="Of all rows.")
    only: Conditions = field("Only where", default=())


@pytest.fixture
def form(qtbot):
    form = Form()
    qtbot.addWidget(form)
    form.show(Patch(columns=("age",)), (SCHEMA,))
    return form


def button(form, name):
    return next(
        item for item in form.findChildren(QAbstractButton) if name in (item.text(), item.accessibleName())
    )


def test_typing_gives_a_new_unit(form, edits, qtbot):
    form.show(Patch(using="value"), (SCHEMA,))
    qtbot.keyClicks(form.editor("value").main(), "42")

    assert [unit.value for unit in edits] == ["4", "42"]
    assert form.field_in_hand == "value"


def test_the_same_unit_again_keeps_the_caret(form, edits, qtbot):
    form.show(Patch(using="value", value="four"), (SCHEMA,))
    line = form.editor("value").main()
    line.setCursorPosition(2)
    qtbot.keyClicks(line, "x")
    form.show(edits[-1], (SCHEMA,))

    assert (line.text(), line.cursorPosition()) == ("foxur", 3)


def test_fields_show_when_they_have_a_meaning(form, qtbot):
    line = form.editor("value").main()
    assert not line.isVisible()
    qtbot.mouseClick(button(form, "Value"), Qt.MouseButton.LeftButton)

    assert line.isVisible()


def test_a_column_is_added_by_its_first_letters(form, edits, qtbot):
    line = form.editor("columns").main()
    qtbot.keyClicks(line, "pa")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert edits[-1].columns == ("age", "pay")
    assert line.text() == ""


def test_a_column_of_another_type_is_not_offered(form, edits, qtbot):
    line = form.editor("columns").main()
    qtbot.keyClicks(line, "job")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert edits == []


def test_a_chip_takes_its_column_out(form, edits):
    button(form, "Remove age from Columns").click()

    assert edits[-1].columns == ()


def test_backspace_takes_the_last_column_out(form, edits, qtbot):
    qtbot.keyClick(form.editor("columns").main(), Qt.Key.Key_Backspace)

    assert edits[-1].columns == ()


def test_a_column_that_is_gone_stays_shown(form):
    form.show(Patch(of="town"), (SCHEMA,))
    combo = form.editor("of").main()

    assert combo.value() == "town"
    assert combo.count() == 2


def test_choosing_a_column_gives_a_new_unit(form, edits):
    combo = form.editor("of").main()
    combo.setCurrentIndex(combo.findData("job"))
    combo.activated.emit(combo.currentIndex())

    assert edits[-1].of == "job"


def test_a_problem_stands_at_its_field(form):
    form.show_problems([Problem("Of is empty.", "Fill it in.", field="of")])
    words = [item.text() for item in form.findChildren(QLabel) if item.isVisible()]

    assert "Of is empty. Fill it in." in words
    assert form.editor("of").main().property("wrong") is True


def test_a_problem_of_no_field_stands_above(form):
    form.show_problems([Problem("Nothing is linked.", "Draw a link.")])

    assert "Nothing is linked. Draw a link." in [item.text() for item in form.findChildren(QLabel)]


def test_conditions_are_added_changed_and_removed(form, edits):
    button(form, "Add a condition").click()
    assert edits[-1].only == (Condition(),)

    operator = next(
        item for item in form.findChildren(SearchCombo) if item.accessibleDescription() == "Operator 1"
    )
    operator.picked.emit("is blank")
    assert edits[-1].only[0].operator == "is blank"
    value = next(item for item in form.findChildren(QLineEdit) if item.accessibleName() == "Value 1")
    assert not value.isVisible()

    form.editor("only").findChildren(QPushButton)
    next(
        item for item in form.editor("only").children() if item.isWidgetType() and hasattr(item, "removed")
    ).removed.emit()
    assert edits[-1].only == ()


def test_another_kind_of_unit_gets_another_form(form):
    class Other(Spec):
        """Another."""

        spec = UnitSpec(kind="other", title="Other")
        name: str = field("Name", default="")

    form.show(Other(name="x"))

    assert form.editor("name").main().text() == "x"
    with pytest.raises(KeyError):
        form.editor("columns")
