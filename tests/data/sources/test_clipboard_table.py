from __future__ import annotations

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.sources.clipboard_table import ClipboardTable


@pytest.mark.parametrize("sign", ["\t", ",", ";"])
def test_text_becomes_a_table(engine: Engine, sign: str) -> None:
    text = f"city{sign}sold\nRome{sign}1\nOslo{sign}2\n"
    found = ClipboardTable(text=text).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {"city": ["Rome", "Oslo"], "sold": [1, 2]}
    assert found.notes == ()


def test_cells_may_hold_commas_quotes_and_line_breaks(engine: Engine) -> None:
    found = ClipboardTable(text='a\tb\n1\t"x, ""y""\nz"\n2\tw; v\n').scan(engine, quick=True)

    assert engine.fetch(found.table).to_pydict() == {"a": [1, 2], "b": ['x, "y"\nz', "w; v"]}


def test_the_same_text_is_known_again() -> None:
    assert ClipboardTable(text="a\tb").fingerprint() == ClipboardTable(text="a\tb").fingerprint()
    assert ClipboardTable(text="a\tb").fingerprint() != ClipboardTable(text="a\tc").fingerprint()


@pytest.mark.parametrize("text", ["", "a\n", "a\tb\n\n"])
def test_what_holds_no_rows_is_refused(engine: Engine, text: str) -> None:
    with pytest.raises(CanvasError) as caught:
        ClipboardTable(text=text).scan(engine)
    assert caught.value.hint
