"""The theme that is on: it follows the system's colour scheme live, unless the person chose one."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from canvas_app.ui.theme.fonts import load_fonts, scale_of
from canvas_app.ui.theme.style import palette, style_sheet
from canvas_app.ui.theme.tokens import DARK, LIGHT, Tokens

Appearance = Literal["system", "light", "dark"]


class Theme(QObject):
    """Holds the tokens that are on, and tells when others take their place."""

    changed = Signal(object)
    """Told the new ``Tokens``, after the style sheet was put on."""

    def __init__(self) -> None:
        super().__init__()
        self._tokens = LIGHT
        self._appearance: Appearance = "system"
        self._application: QApplication | None = None
        self._scale = 1.0

    def current(self) -> Tokens:
        """The tokens that are on now."""
        return self._tokens

    def dress(self, application: QApplication, appearance: Appearance = "system") -> None:
        """Load the fonts, put the style on the application, and follow the system from now on."""
        self._application = application
        self._appearance = appearance
        self._scale = scale_of(application.font())
        load_fonts()
        application.setStyle("Fusion")
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().motionPreferenceChanged.connect(self._put_on)
        self._put_on()

    def choose(self, appearance: Appearance) -> None:
        """Follow the system, or stay light or dark."""
        self._appearance = appearance
        self._put_on()

    def _follow(self) -> None:
        if self._appearance == "system":
            self._put_on()

    def _put_on(self) -> None:
        if self._application is None:
            return
        tokens = self._wanted(self._application).scaled(self._scale)
        if tokens == self._tokens and self._application.styleSheet():
            return
        self._tokens = tokens
        self._application.setFont(_body_font(tokens))
        self._application.setPalette(palette(tokens, QPalette()))
        self._application.setStyleSheet(style_sheet(tokens))
        self.changed.emit(tokens)

    def _wanted(self, application: QApplication) -> Tokens:
        hints = application.styleHints()
        dark = self._appearance == "dark"
        if self._appearance == "system":
            dark = hints.colorScheme() == Qt.ColorScheme.Dark
        tokens = DARK if dark else LIGHT
        still = hints.accessibility().motionPreference() == Qt.MotionPreference.ReducedMotion
        return replace(tokens, motion_ms=0) if still else tokens


def _body_font(tokens: Tokens) -> QFont:
    font = QFont(tokens.family)
    font.setPixelSize(tokens.body)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font
