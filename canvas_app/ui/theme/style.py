"""The one style sheet, made from the tokens.

Widgets choose a look by a dynamic property, never by a style sheet of their own:

    role        of a QLabel: page-title, panel-title, strong, section, label, secondary, muted,
                caption, number, problem, warning, good, mono, key
    look        of a button: primary, secondary (the usual), quiet, link, danger, chip, tile
    card        of a QFrame: true (panel with a border), sunken (ground with a border), drop (dashed)
    surface     of a QWidget: panel, ground, rail
    dense       of a control: 28 px high
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from canvas_app.ui.theme.sheet import SHEET
from canvas_app.ui.theme.tokens import Tokens

MARKS = Path(__file__).parents[3] / "resources" / "icons"
"""The few pictures that a style sheet can't draw: arrows and ticks, one per theme."""


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of a theme."""
    values = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    values |= {
        "marks": MARKS.as_posix(),
        "inside": tokens.control - 2,
        "dense_inside": tokens.dense_control - 2,
        "step_row": tokens.body + 7,
        "text_inside": tokens.control - 14,
        "dense_text_inside": tokens.dense_control - 12,
    }
    return Template(SHEET).substitute(values)


def palette(tokens: Tokens, palette: QPalette) -> QPalette:
    """The palette of a theme, for what a style sheet doesn't reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.ground,
        role.Text: tokens.text,
        role.Button: tokens.panel,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.faint,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Mid: tokens.line,
    }
    for one, colour in colours.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.faint))
    return palette


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties of a widget and let the style sheet see them."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
