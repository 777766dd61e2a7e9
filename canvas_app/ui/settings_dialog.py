"""The person's settings: one form per section, each made from its declared fields; kept as one edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.project.preferences import Preferences
from canvas_app.project.section import SECTIONS, Section
from canvas_app.project.settings.appearance import Appearance
from canvas_app.ui import theme
from canvas_app.ui.banner import Banner
from canvas_app.ui.controls import button, label, line, row
from canvas_app.ui.forms.form import Form

if TYPE_CHECKING:
    from canvas_app.ui.view_state import ViewState

_WIDTH, _HIGHEST = 480, 600


class SettingsDialog(QDialog):
    """There is no OK: what is chosen holds at once."""

    def __init__(self, parent: QWidget, view: ViewState) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._view = view
        self._preferences = Preferences()
        self._banner = Banner()
        self.forms: dict[str, Form] = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        for section in SECTIONS:
            self._add(self._preferences.get(section))
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 12)
        around.addWidget(self._banner)
        around.addWidget(area, 1)
        self._foot = row(1, button("Close", self.close))
        self._foot.setContentsMargins(24, 0, 24, 0)
        around.addLayout(self._foot)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its sections are, and no higher than a small screen."""
        high = max(self._column.heightForWidth(_WIDTH), self._column.sizeHint().height())
        self.resize(_WIDTH, min(_HIGHEST, high + self._foot.sizeHint().height() + 24))
        super().showEvent(event)

    def _add(self, section: Section) -> None:
        if self.forms:
            self._column.addWidget(line())
        self._column.addWidget(label(section.spec.title, "panel-title"))
        self._column.addWidget(label((section.__doc__ or "").strip(), "secondary", wrap=True))
        form = Form()
        form.show(section)
        form.edited.connect(self._keep)
        self.forms[section.spec.kind] = form
        self._column.addWidget(form)

    def _keep(self, section: Section) -> None:
        try:
            self._preferences.keep(section)
        except CanvasError as error:
            self._banner.show_words(str(error))
            return
        if isinstance(section, Appearance):
            theme.choose(section.theme)
            self._view.remember_appearance(section.theme)
