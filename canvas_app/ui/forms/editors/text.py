"""Takes a line of text."""

from __future__ import annotations

from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.line_editor import LineEditor


class TextEditor(LineEditor):
    """One line."""

    spec = EditorSpec(kind="text", title="Text")
