"""Every field of every unit is edited by hands: one edit, of that field alone, and none by being shown."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
)

from canvas_app.base.spec import (
    Column,
    Columns,
    Condition,
    Conditions,
    FieldSpec,
    Formula,
    Spec,
    UnitSpec,
    field,
)
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.step import NODES
from canvas_app.project.section import SECTIONS
from canvas_app.ui.forms.editor import Editor
from canvas_app.ui.forms.form import Form
from canvas_app.ui.forms.search_combo import SearchCombo
from canvas_app.ui.forms.segments import Segments

SCHEMA = Schema(
    (
        ColumnInfo("age", "whole", "int64"),
        ColumnInfo("pay", "number", "float64"),
        ColumnInfo("first name", "text", "string"),
        ColumnInfo("born", "time", "date"),
        ColumnInfo("member", "switch", "boolean"),
    )
)
FIELDS = [(unit, item) for unit in (*NODES, *SECTIONS) for item in unit.fields()]
each_field = pytest.mark.parametrize(
    ("unit", "item"), FIELDS, ids=[f"{unit.spec.kind}-{item.name}" for unit, item in FIELDS]
)


class Hands:
    """What a person does to an editor, by the word that it edits."""

    def __init__(self, qtbot: Any) -> None:
        self._qtbot = qtbot

    def change(self, editor: Editor, now: Any) -> None:
        """Make some other value of what is there now."""
        getattr(self, f"_{editor.field.word}")(editor, now)

    def _switch(self, editor: Editor, now: Any) -> None:
        self._qtbot.keyClick(editor.main(), Qt.Key.Key_Space)

    def _number(self, editor: Editor, now: Any) -> None:
        at_end = editor.field.le is not None and now >= editor.field.le
        self._qtbot.keyClick(editor.main(), Qt.Key.Key_Down if at_end else Qt.Key.Key_Up)

    _whole = _number

    def _text(self, editor: Editor, now: Any) -> None:
        line = editor.main()
        assert isinstance(line, QLineEdit | QPlainTextEdit)
        self._qtbot.keyClicks(line, "x")

    _file = _files = _secret = _formula = _text

    def _choice(self, editor: Editor, now: Any) -> None:
        control = editor.main()
        other = next(choice for choice in editor.field.choices if choice != str(now))
        if isinstance(control, Segments):
            buttons = control.findChildren(QRadioButton)
            buttons[editor.field.choices.index(other)].click()
        else:
            pick(control, other)

    def _column(self, editor: Editor, now: Any) -> None:
        combo = editor.main()
        pick(combo, next(name for name in offered(combo) if name != now))

    _dataset = _column

    def _columns(self, editor: Editor, now: Any) -> None:
        line = editor.main()
        if now:
            self._qtbot.keyClick(line, Qt.Key.Key_Backspace)
            return
        self._qtbot.keyClicks(line, "e")
        self._qtbot.keyClick(line, Qt.Key.Key_Return)

    def _conditions(self, editor: Editor, now: Any) -> None:
        next(button for button in editor.findChildren(QPushButton) if button.text().startswith("Add")).click()

    _measures = _column_pairs = _replacements = _conditions


def pick(combo: SearchCombo, value: str) -> None:
    """Choose an item as a click on it does."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def offered(combo: SearchCombo) -> list[str]:
    return [combo.itemData(at) for at in range(combo.count())]


@pytest.fixture
def form(qtbot):
    form = Form()
    qtbot.addWidget(form)
    form.resize(320, 1200)
    return form


def shown(form: Form, unit: Spec) -> list[Spec]:
    """The edits that will be told of a unit that is shown now."""
    edits: list[Spec] = []
    form.edited.connect(edits.append)
    form.show(unit, (SCHEMA, SCHEMA), (), ("people/1", "people/2"))
    return edits


def with_field_shown(unit: type[Spec], item: FieldSpec) -> Spec:
    """An example of the unit in which the field has a meaning."""
    example = unit.example()
    if item.shown_if is None:
        return example
    other, value = item.shown_if
    kind = type(getattr(example, other))
    return example.changed(**{other: value == "True" if kind is bool else value})


@each_field
def test_hands_make_one_edit_of_that_field_alone(unit, item, form, qtbot):
    start = with_field_shown(unit, item)
    edits = shown(form, start)
    Hands(qtbot).change(form.editor(item.name), getattr(start, item.name))

    (edited,) = edits
    changed = {one.name for one in unit.fields() if getattr(edited, one.name) != getattr(start, one.name)}
    assert changed == {item.name}
    assert form.field_in_hand == item.name


@each_field
def test_what_was_edited_is_shown_again_without_another_edit(unit, item, form, qtbot):
    start = with_field_shown(unit, item)
    edits = shown(form, start)
    Hands(qtbot).change(form.editor(item.name), getattr(start, item.name))
    told = len(edits)
    form.show(edits[-1], (SCHEMA, SCHEMA), (), ("people/1", "people/2"))
    form.show(start, (SCHEMA, SCHEMA), (), ("people/1", "people/2"))

    assert len(edits) == told
    assert form.unit == start


@each_field
def test_a_field_that_has_no_meaning_now_is_not_shown(unit, item, form):
    if item.shown_if is None:
        shown(form, unit.example())
        assert not form.editor(item.name).isHidden()
        return
    other, value = item.shown_if
    field_of = next(one for one in unit.fields() if one.name == other)
    for choice in field_of.choices:
        form.show(unit.example().changed(**{other: choice}), (SCHEMA, SCHEMA))
        assert form.editor(item.name).isVisible() == (choice == value)


class Numbers(Spec):
    """Numbers within bounds and without."""

    spec = UnitSpec(kind="numbers", title="Numbers", example={})

    share: float = field("Share", default=0.5, ge=0, le=1)
    free: float = field("Free", default=0.0)
    count: int = field("Count", default=1, ge=0, le=9)
    seed: int = field("Seed", default=0, ge=0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("share", 1 / 3),
        ("free", 1e-12),
        ("free", -0.1234567890123),
        ("free", 1e300),
        ("seed", 2**31),
        ("seed", 2**80),
    ],
)
def test_a_number_that_its_box_can_not_hold_is_shown_and_left_as_it_is(name, value, form):
    edits = shown(form, Numbers(**{name: value}))
    shown(form, Numbers(**{name: value}))

    assert edits == []
    assert getattr(form.unit, name) == value


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [("share", "7", 0.7), ("count", "12", 1), ("count", "-3", 3), ("count", "x4", 4), ("share", "abc", 0.0)],
)
def test_what_is_beyond_the_bounds_can_not_be_typed(name, typed, value, form, qtbot):
    shown(form, Numbers())
    spin = form.editor(name).main()
    assert isinstance(spin, QAbstractSpinBox)
    spin.selectAll()
    qtbot.keyClicks(spin, f"0{spin.locale().decimalPoint()}{typed}" if name == "share" else typed)
    held = getattr(form.unit, name)
    shown_number = spin.property("value")

    assert 0 <= held <= (1 if name == "share" else 9)
    assert shown_number == pytest.approx(held)
    if name == "share":
        assert held == pytest.approx(value)


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_stepping_beyond_the_bounds_is_no_edit(key, form, qtbot):
    edits = shown(form, Numbers(count=9 if key == Qt.Key.Key_Up else 0))
    qtbot.keyClick(form.editor("count").main(), key)

    assert edits == []


class Names(Spec):
    """Columns and formulas."""

    spec = UnitSpec(kind="names", title="Names", example={})

    when: Column = field("When", accepts="time", optional=True)
    many: Columns = field("Many", accepts="number", optional=True)
    only: Conditions = field("Only where", default=())
    text: Formula = field("Formula", optional=True)


def test_only_columns_of_a_type_that_fits_are_offered(form):
    shown(form, Names())

    assert offered(form.editor("when").main()) == ["", "born"]


@pytest.mark.parametrize("typed", ["first name", "born", "nothing", "  ", ""])
def test_columns_that_do_not_fit_can_not_be_added(typed, form, qtbot):
    edits = shown(form, Names())
    qtbot.keyClicks(form.editor("many").main(), typed)
    qtbot.keyClick(form.editor("many").main(), Qt.Key.Key_Return)

    assert edits == []


def test_a_column_is_added_once(form, qtbot):
    edits = shown(form, Names())
    for _ in range(2):
        qtbot.keyClicks(form.editor("many").main(), "AGE")
        qtbot.keyClick(form.editor("many").main(), Qt.Key.Key_Return)

    assert [unit.many for unit in edits] == [("age",)]


def test_a_column_that_went_away_is_marked_and_can_be_taken_out(form):
    edits = shown(form, Names(many=("age", "height")))
    chips = {chip.accessibleName(): chip for chip in form.editor("many").findChildren(QPushButton)}
    wrong = {name for name, chip in chips.items() if chip.property("wrong")}

    assert wrong == {"Remove height from Many"}
    chips["Remove height from Many"].click()
    assert edits[-1].many == ("age",)


@pytest.mark.parametrize(
    ("typed", "chosen", "written"),
    [("fir", "first name", "[first name]"), ("[fir", "first name", "[first name]"), ("ag", "age", "age")],
)
def test_a_formula_completes_columns_as_they_must_be_written(typed, chosen, written, form, qtbot):
    edits = shown(form, Names())
    text = form.editor("text").main()
    qtbot.keyClicks(text, f"1 + {typed}")
    text.findChild(QCompleter).activated[str].emit(chosen)

    assert text.toPlainText() == f"1 + {written}"
    assert edits[-1].text == f"1 + {written}"


def test_the_function_around_the_caret_is_explained(form, qtbot):
    shown(form, Names())
    text = form.editor("text").main()
    about = [item for item in form.editor("text").findChildren(QLabel) if item.property("role") == "caption"]
    qtbot.keyClicks(text, "round(")
    assert about[0].text().startswith("round(")

    qtbot.keyClicks(text, "1, 2)")
    assert about[0].text() == ""


def test_conditions_keep_their_order_when_one_in_the_middle_is_taken_out(form):
    three = tuple(Condition(column=name, value=name) for name in ("age", "pay", "born"))
    edits = shown(form, Names(only=three))
    names = {item.accessibleName(): item for item in form.editor("only").findChildren(QAbstractButton)}
    next(item for name, item in names.items() if name.startswith("Remove") and name.endswith("2")).click()

    assert [one.column for one in edits[-1].only] == ["age", "born"]
