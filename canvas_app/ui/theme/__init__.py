"""The look: tokens, one style sheet, icons and fonts; ``current`` tells the tokens that are on.

from canvas_app.ui import theme
theme.current().accent          # a colour
theme.changed.connect(repaint)  # told the new tokens
"""

from canvas_app.ui.theme.theme import Appearance, Theme
from canvas_app.ui.theme.tokens import DARK, LIGHT, Tokens

_theme = Theme()
current = _theme.current
changed = _theme.changed
dress = _theme.dress
choose = _theme.choose

__all__ = ["DARK", "LIGHT", "Appearance", "Tokens", "changed", "choose", "current", "dress"]
