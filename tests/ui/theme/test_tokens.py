import pytest
from PySide6.QtGui import QColor

from canvas_app.ui.theme.tokens import DARK, LIGHT

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def brightness(colour):
    """Relative luminance, WCAG 2.2."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio, WCAG 2.2."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("words", ["text", "muted"])
@pytest.mark.parametrize("ground", ["ground", "panel", "raised"])
def test_words_can_be_read(tokens, words, ground):
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@THEMES
def test_buttons_can_be_read(tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.accent, tokens.accent_soft) >= 4.5


@THEMES
def test_the_rail_can_be_read(tokens):
    assert contrast(tokens.rail_text, tokens.rail) >= 4.5
    assert contrast(tokens.rail_chosen_text, tokens.rail_chosen) >= 4.5


@THEMES
@pytest.mark.parametrize("severity", ["good", "warn", "bad"])
def test_signs_stand_out(tokens, severity):
    assert contrast(getattr(tokens, severity), tokens.panel) >= 3


@THEMES
def test_groups_stand_out_as_marks(tokens):
    assert all(contrast(colour, tokens.panel) >= 2.9 for colour in tokens.groups.values())


def test_a_larger_font_makes_larger_controls():
    assert LIGHT.scaled(1.5).control == 48
    assert LIGHT.scaled(1.0) == LIGHT


def test_an_unknown_group_is_grey():
    assert LIGHT.group("Nowhere") == LIGHT.muted
    assert LIGHT.group("Clean") == "#0e9f8e"
