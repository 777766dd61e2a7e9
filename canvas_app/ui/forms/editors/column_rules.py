"""Columns, each with its type and what becomes of values that don't fit it, one under the other."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from canvas_app.base.spec import ColumnRule
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.rows import RecordsEditor


class ColumnRulesEditor(RecordsEditor):
    """The column, the type it is given, and what becomes of values that the type can't hold."""

    spec = EditorSpec(kind="column_rules", title="Types of columns")
    record = ColumnRule
    noun = "column"
    ports: ClassVar = {}

    def applies(self, record: BaseModel, name: str) -> bool:
        """A value is asked for only where one stands in for what does not fit."""
        return name != "value" or getattr(record, "on_failure", "") == "value"
