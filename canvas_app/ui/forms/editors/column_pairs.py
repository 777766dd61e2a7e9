"""Columns of two tables that mean the same, pair by pair."""

from __future__ import annotations

from typing import ClassVar

from canvas_app.base.spec import ColumnPair
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.rows import RecordsEditor


class ColumnPairsEditor(RecordsEditor):
    """A column of the first table and one of the second."""

    spec = EditorSpec(kind="column_pairs", title="Pairs of columns")
    record = ColumnPair
    noun = "pair"
    ports: ClassVar = {"left": 0, "right": 1}
