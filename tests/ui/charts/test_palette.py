"""Charts share the colours of the interface, and what is written on them can be read."""

import pytest

from canvas_app.ui import theme
from canvas_app.ui.charts.palette import DARK, LIGHT, blend, contrast, palette, readable_on


@pytest.mark.parametrize(
    ("colours", "tokens"), [(LIGHT, theme.LIGHT), (DARK, theme.DARK)], ids=["light", "dark"]
)
def test_colours_are_those_of_the_tokens(colours, tokens):
    for name in ("panel", "line", "text", "muted", "accent", "accent_soft"):
        assert getattr(colours, name) == getattr(tokens, name)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_meet_wcag_aa(colours):
    assert contrast(colours.text, colours.panel) >= 4.5
    assert contrast(colours.muted, colours.panel) >= 4.5
    for part in (0.0, 0.3, 0.6, 1.0):
        ground = blend(colours.accent, colours.panel, 0.1 + 0.62 * part)
        assert contrast(readable_on(ground), ground) >= 4.5


def test_a_theme_has_its_palette():
    assert palette("light") is LIGHT
    assert palette("dark") is DARK


def test_blending_goes_from_ground_to_colour():
    assert blend("#ff0000", "#000000", 0.0) == "#000000"
    assert blend("#ff0000", "#000000", 1.0) == "#ff0000"
