"""Promises that the form of every unit keeps, present and future."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from canvas_app.base.spec import Spec
from canvas_app.data.chart_kind import CHARTS
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.step import NODES
from canvas_app.project.section import SECTIONS
from canvas_app.ui.forms.editor import EDITORS
from canvas_app.ui.forms.form import Form
from tests.contracts.test_every_page import controls, name_of

UNITS = [*NODES, *SECTIONS, *CHARTS]
SCHEMA = Schema(
    (
        ColumnInfo("age", "whole", "int64"),
        ColumnInfo("pay", "number", "float64"),
        ColumnInfo("name", "text", "string"),
        ColumnInfo("ordered", "time", "date"),
        ColumnInfo("member", "switch", "boolean"),
    )
)

each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.spec.kind)


@pytest.fixture
def form(qtbot):
    form = Form()
    qtbot.addWidget(form)
    return form


def shown(form: Form, unit: Spec) -> Form:
    form.show(unit, (SCHEMA, SCHEMA), (), ("titanic/1",))
    return form


@each_unit
def test_every_word_has_an_editor(unit):
    assert [field.word for field in unit.fields() if field.word not in EDITORS] == []


@each_unit
def test_an_example_can_be_shown_and_nothing_is_edited_by_that(unit, form):
    edits: list[Spec] = []
    form.edited.connect(edits.append)
    shown(form, unit.example())
    shown(form, unit.example())

    assert edits == []
    assert form.unit == unit.example()


@each_unit
def test_an_empty_unit_shows_its_problems_at_their_fields(unit, form):
    empty = unit()
    problems = empty.check_needed()
    form.show(empty, (SCHEMA, SCHEMA), problems)
    told = [
        item.text()
        for item in form.findChildren(QWidget)
        if item.property("role") == "secondary" and item.isVisible()
    ]

    assert sorted(told) == sorted(problem.text for problem in problems)


@each_unit
def test_every_control_has_a_name_of_its_own(unit, form):
    named = [name_of(control) for control in controls(shown(form, unit.example()))]

    assert "" not in named
    assert sorted(named) == sorted(set(named))


@each_unit
def test_it_fits_the_inspector(unit, form):
    assert shown(form, unit.example()).minimumSizeHint().width() <= 270


@pytest.mark.parametrize("editor", list(EDITORS), ids=lambda editor: editor.spec.kind)
def test_an_editor_is_called_after_its_word(editor):
    assert editor.__module__.rsplit(".", 1)[-1] == editor.spec.kind
    assert (editor.__doc__ or "").strip().endswith(".")
