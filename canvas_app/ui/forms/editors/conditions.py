"""Tests on columns, one under the other."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from canvas_app.base.spec import Condition
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.rows import RecordsEditor


class ConditionsEditor(RecordsEditor):
    """Column, operator and value of each condition."""

    spec = EditorSpec(kind="conditions", title="Conditions")
    record = Condition
    noun = "condition"
    ports: ClassVar = {"column": 0}

    def applies(self, record: BaseModel, name: str) -> bool:
        """Blankness is asked without a value."""
        operator = record.operator if isinstance(record, Condition) else ""
        return name != "value" or not operator.endswith("blank")
