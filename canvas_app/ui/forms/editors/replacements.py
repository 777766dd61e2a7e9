"""Values and what stands in their place, one under the other."""

from __future__ import annotations

from typing import ClassVar

from canvas_app.base.spec import Replacement
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.rows import RecordsEditor


class ReplacementsEditor(RecordsEditor):
    """The value that is looked for, and the one that stands in its place."""

    spec = EditorSpec(kind="replacements", title="Replacements")
    record = Replacement
    noun = "replacement"
    ports: ClassVar = {}
