from __future__ import annotations

from pathlib import Path

from canvas_app.ui.view_state import ViewState


def test_what_was_remembered_is_recalled_in_another_window(tmp_path: Path) -> None:
    state = {"hidden": ["a/b", "ü"], "widths": {"a": 120}}
    ViewState(tmp_path).remember("columns/x/y", state)

    assert ViewState(tmp_path).recall("columns/x/y") == state
    assert ViewState(tmp_path).recall("columns/x") == {}


def test_nothing_to_remember_forgets(tmp_path: Path) -> None:
    view = ViewState(tmp_path)
    view.remember("columns/x", {"hidden": ["a"]})
    view.remember("columns/x", {})

    assert view.recall("columns/x") == {}


def test_what_can_not_be_read_is_nothing(tmp_path: Path) -> None:
    view = ViewState(tmp_path)
    view.remember("a", {"b": 1})
    del view
    file = next(tmp_path.glob("*.ini"))
    file.write_text(file.read_text().replace('{\\"b\\": 1}', "[broken"))

    assert ViewState(tmp_path).recall("a") == {}
