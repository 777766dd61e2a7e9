"""Promises that every page keeps, present and future."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from canvas_app.ui import theme
from canvas_app.ui.page import PAGES, pages
from canvas_app.ui.theme.icons import glyph
from tests.ui.window_stage import shown_window

HEAVY = ("pydantic", "pandas", "duckdb", "ibis", "pyarrow", "numpy", "sklearn", "matplotlib", "flaml", "shap")

each_page = pytest.mark.parametrize("page", pages(), ids=lambda page: page.spec.kind)


@pytest.fixture
def window(qapp, qtbot, own_home, tmp_path):
    theme.dress(qapp, "light")
    with shown_window(own_home) as window:
        window.create_project(tmp_path / "study", "Study")
        yield window


@each_page
def test_it_says_what_it_is_for(page):
    assert page.__doc__
    assert page.__doc__.strip().endswith(".")
    assert page.spec.title == page.spec.title.capitalize()
    assert page.spec.help.endswith(".")


@each_page
def test_its_icon_is_of_the_family(page):
    assert page.spec.icon.startswith("ph.")
    assert glyph(page.spec.icon) != glyph("ph.question")


@each_page
def test_it_opens_in_an_empty_project(page, window):
    window.go(page.spec.kind)

    assert window.stack.current().spec is page.spec
    assert window.stack.current().crumb()
    assert window.stack.current().banner.text() == ""


@each_page
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_is_there_in_both_themes(page, window, appearance):
    window.go(page.spec.kind)
    theme.choose(appearance)

    ground = window.grab().toImage().pixelColor(window.width() - 3, window.height() - 14)
    assert (ground.lightness() < 128) == (appearance == "dark")


@each_page
def test_it_fits_the_smallest_window(page, window):
    window.go(page.spec.kind)
    window.resize(QSize(1100, 700))

    assert window.minimumSizeHint().width() <= 1100
    assert window.minimumSizeHint().height() <= 700


@each_page
def test_every_control_has_a_name_of_its_own(page, window):
    window.go(page.spec.kind)
    named = [name_of(control) for control in controls(window.stack.current())]

    assert "" not in named
    assert sorted(named) == sorted(set(named))


def controls(page: QWidget) -> list[QWidget]:
    """The visible controls that a person can operate."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)
    found = [item for kind in kinds for item in page.findChildren(kind)]
    return [item for item in found if item.isVisible() and not item.objectName().startswith("qt_")]


def name_of(control: QWidget) -> str:
    """What a person calls it by: its accessible name, its words, or the label beside it."""
    words = control.text() if isinstance(control, QAbstractButton) else ""
    buddies = [item.text() for item in control.window().findChildren(QWidget) if buddy_of(item) is control]
    name = control.accessibleName() or words or "".join(buddies) or control.accessibleDescription()
    return f"{type(control).__name__} {name}" if name else ""


def buddy_of(item: QWidget) -> QWidget | None:
    """The control that a label belongs to."""
    buddy = getattr(item, "buddy", None)
    return buddy() if buddy is not None else None


def test_kinds_and_places_are_their_own():
    assert len({page.spec.kind for page in pages()}) == len(PAGES.modules())
    assert len({page.spec.order for page in pages()}) == len(PAGES)


def test_finding_the_pages_imports_nothing_heavy():
    program = (
        "import sys; from canvas_app.ui.page import pages; pages(); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[]"
