"""Every icon is one of the family that is shipped."""

import re
from pathlib import Path

import canvas_app
from canvas_app.ui.theme.icons import glyph


def test_no_icon_that_is_named_turns_out_a_question_mark():
    sources = Path(canvas_app.__file__).parent.rglob("*.py")
    named = {name for path in sources for name in re.findall(r'"(ph\.[a-z0-9-]+)"', path.read_text("utf-8"))}

    assert len(named) > 50
    assert {name for name in named if glyph(name) == glyph("ph.question")} == {"ph.question"}
