"""A form made from a unit's declared parameters: labels, editors, help, and problems at their field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError, Problem
from canvas_app.base.spec import FieldSpec, Spec
from canvas_app.data.schema import Schema
from canvas_app.ui.controls import label
from canvas_app.ui.forms.editor import EDITORS, Around, Editor
from canvas_app.ui.theme.style import restyle


class Form(QWidget):
    """Shows one unit and tells every edit as a new unit; the field being typed in keeps its caret."""

    edited = Signal(object)
    """The unit with the new value. ``field_in_hand`` tells which field it was."""

    def __init__(self) -> None:
        super().__init__()
        self.field_in_hand = ""
        self._unit: Spec | None = None
        self._parts: dict[str, _Part] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._about_all = label("", "problem", wrap=True)
        self._about_all.hide()
        self._column.addWidget(self._about_all)

    @property
    def unit(self) -> Spec | None:
        """The unit as it is shown."""
        return self._unit

    def show(
        self,
        unit: Spec | None = None,
        inputs: tuple[Schema, ...] = (),
        problems: Iterable[Problem] = (),
        datasets: Iterable[str] = (),
    ) -> None:
        """Show a unit, with the columns that come in and the tables to choose from."""
        super().show()
        if unit is None:
            return
        if type(unit) is not type(self._unit):
            self._build(type(unit))
        self._unit = unit
        around = Around(tuple(inputs), tuple(datasets))
        for name, part in self._parts.items():
            part.editor.fill(getattr(unit, name), around)
        self._show_fitting(unit)
        self.show_problems(problems)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem under its field, and those of no field above all."""
        found = tuple(problems)
        for name, part in self._parts.items():
            part.tell([problem for problem in found if problem.field == name])
        rest = [problem for problem in found if problem.field not in self._parts]
        _tell(self._about_all, rest)

    def focus_field(self, name: str) -> None:
        """Put the focus into a field."""
        if name in self._parts:
            self._parts[name].editor.main().setFocus()

    def editor(self, name: str) -> Editor:
        """The editor of a field; raises ``KeyError``."""
        return self._parts[name].editor

    def _build(self, family: type[Spec]) -> None:
        for part in self._parts.values():
            part.setParent(None)
            part.deleteLater()
        self._parts = {}
        for field in family.fields():
            part = _Part(field)
            part.editor.edited.connect(lambda value, name=field.name: self._edit(name, value))
            self._parts[field.name] = part
            self._column.addWidget(part)

    def _edit(self, name: str, value: Any) -> None:
        if self._unit is None or getattr(self._unit, name) == value:
            return
        try:
            unit = self._unit.changed(**{name: value})
        except CanvasError as error:
            self._parts[name].tell([Problem(error.message, error.hint, field=name)])
            return
        self._unit = unit
        self.field_in_hand = name
        self._show_fitting(unit)
        self.edited.emit(unit)

    def _show_fitting(self, unit: Spec) -> None:
        for part in self._parts.values():
            rule = part.field.shown_if
            part.setVisible(rule is None or str(getattr(unit, rule[0])) == rule[1])


class _Part(QWidget):
    """One field: its label, its editor, and what is wrong with it."""

    def __init__(self, field: FieldSpec) -> None:
        super().__init__()
        self.field = field
        self.editor: Editor = EDITORS[field.word](field)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if self.editor.spec.captioned:
            caption = label(field.label, "label")
            caption.setBuddy(self.editor.main())
            caption.setToolTip(field.help)
            column.addWidget(caption)
        self.editor.setToolTip(field.help)
        column.addWidget(self.editor)
        column.addWidget(self._problem)

    def tell(self, problems: list[Problem]) -> None:
        """Show what is wrong, or that nothing is."""
        _tell(self._problem, problems)
        self.editor.mark(
            wrong=any(problem.severity == "problem" and not problem.open for problem in problems)
        )


def _tell(place: QLabel, problems: list[Problem]) -> None:
    place.setText("\n".join(problem.text for problem in problems))
    wrong = [problem for problem in problems if not problem.open]
    only_warnings = all(problem.severity == "warning" for problem in wrong)
    restyle(place, role=("warning" if only_warnings else "problem") if wrong else "secondary")
    place.setVisible(bool(problems))
