import pytest
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLabel

from canvas_app.ui import theme
from canvas_app.ui.theme.fonts import load_fonts, scale_of
from canvas_app.ui.theme.icons import colour_of, icon
from canvas_app.ui.theme.style import restyle, style_sheet
from canvas_app.ui.theme.tokens import DARK, LIGHT


@pytest.fixture
def dressed(qapp):
    theme.dress(qapp, "light")
    yield qapp
    theme.choose("light")


def test_choosing_dark_changes_colours_and_tells(dressed, qtbot):
    with qtbot.waitSignal(theme.changed) as told:
        theme.choose("dark")

    assert told.args == [DARK]
    assert theme.current() == DARK
    assert dressed.palette().window().color() == QColor(DARK.ground)


def test_choosing_what_is_on_tells_nobody(dressed, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("light")


def test_an_icon_takes_the_colour_of_the_theme_that_is_on(dressed):
    mark = icon("ph.square", "text")
    theme.choose("dark")
    picture = mark.pixmap(32, 32).toImage()

    shown = {
        picture.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert DARK.text in shown


def test_an_unknown_icon_is_a_question_mark(dressed):
    assert icon("ph.no-such").pixmap(16, 16).toImage() == icon("ph.question").pixmap(16, 16).toImage()


def test_colours_go_by_token_group_or_value(dressed):
    assert colour_of("accent") == QColor(LIGHT.accent)
    assert colour_of("model") == QColor("#d6409f")
    assert colour_of("#123456") == QColor("#123456")


def test_the_bundled_families_are_known(dressed):
    assert {"Inter", "JetBrains Mono"} <= set(load_fonts())


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_every_name_in_the_style_sheet_has_a_value(tokens):
    assert "$" not in style_sheet(tokens)


def test_a_larger_system_font_is_followed_and_a_usual_one_is_not():
    large, usual = QFont(), QFont()
    large.setPointSizeF(16)
    usual.setPointSizeF(10)

    assert scale_of(large) > 1.2
    assert scale_of(usual) == 1.0


def test_restyling_keeps_the_property(dressed, qtbot):
    made = QLabel("x")
    qtbot.addWidget(made)
    restyle(made, role="problem")

    assert made.property("role") == "problem"
