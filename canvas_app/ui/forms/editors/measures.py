"""Summaries of columns, one under the other."""

from __future__ import annotations

from typing import ClassVar

from canvas_app.base.spec import Measure
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.rows import RecordsEditor


class MeasuresEditor(RecordsEditor):
    """Column, function and new name of each summary."""

    spec = EditorSpec(kind="measures", title="Measures")
    record = Measure
    noun = "measure"
    ports: ClassVar = {"column": 0}
