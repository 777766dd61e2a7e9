"""Where one begins: the projects of before, a new one, a sample, or a file dropped anywhere."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from canvas_app.base.words import counted
from canvas_app.ui.controls import button, card, icon_button, label, row
from canvas_app.ui.drop_card import DropCard
from canvas_app.ui.home.tiles import Tile, symbol_of
from canvas_app.ui.page import Page, PageSpec

if TYPE_CHECKING:
    from canvas_app.project.change import Change
    from canvas_app.project.recent import Recent

_ACROSS = 4
_MOST_SHOWN = 8


class HomePage(Page):
    """Recent projects, samples, and the place to drop a file."""

    spec = PageSpec(
        kind="home",
        title="Home",
        icon="ph.house",
        order=0,
        needs_project=False,
        heading=False,
        margin=0,
        help="Open a project, begin a new one, or try a sample. A file dropped anywhere begins one with it.",
    )

    def build_up(self) -> None:
        """The three parts below each other, in a column that scrolls."""
        self.new_action = QAction("New project", self)
        self.open_action = QAction("Open", self)
        self.new_action.triggered.connect(self.frame.ask_new_project)
        self.open_action.triggered.connect(self.frame.ask_open_project)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        column.addWidget(label("Home", "page-title"))
        column.addWidget(self._drop_area())
        self._recent_title = label("Recent projects", "section")
        self._recent = QGridLayout()
        self._recent.setSpacing(16)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addWidget(label("Start from a sample", "section"))
        column.addLayout(self._samples())
        column.addStretch(1)
        words = "Everything stays on this machine: no account, no cloud, no telemetry."
        column.addWidget(label(words, "caption"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.stack(area)

    def arrive(self, **arguments: object) -> None:
        """Show the projects as they are now."""
        del arguments
        self._show_recent()

    def refresh(self, change: Change) -> None:
        """The open project's own card may look different now."""
        if change.touches("flows") or change.touches("models") or change.touches("name"):
            self._show_recent()

    def primary(self) -> QAction | None:
        """A new project."""
        return self.new_action

    def secondary(self) -> tuple[QAction, ...]:
        """Opening another one."""
        return (self.open_action,)

    def edits(self) -> tuple[QWidget, ...]:
        """Browsing for a file, which comes into the project that is open."""
        return (self.browse,)

    def _drop_area(self) -> DropCard:
        area = DropCard(
            "Drop a file to begin",
            "CSV, Excel, Parquet, JSON and more, of any size. A project is made for it.",
        )
        self.browse = area.add_button(button("Browse", self.frame.ask_file))
        area.setAcceptDrops(False)  # the window itself takes files, wherever they are dropped
        return area

    def _samples(self) -> QGridLayout:
        from canvas_app.data.samples import SAMPLES

        symbols = {"two-categories": "ph.users", "many-categories": "ph.wine", "number": "ph.house-line"}
        kinds = {"two-categories": "2 categories", "many-categories": "3+ categories", "number": "A number"}
        grid = QGridLayout()
        grid.setSpacing(16)
        for place, sample in enumerate(SAMPLES):
            symbol = "ph.airplane-tilt" if "passengers" in sample.name else symbols[sample.problem]
            lines = (sample.description, f"Predicts {sample.target} · {kinds[sample.problem]}")
            tile = Tile(f"Start from {sample.title}", symbol_of(symbol), sample.title, lines)
            tile.setToolTip(f"{sample.source}. Licence: {sample.licence}.")
            tile.clicked.connect(partial(self.frame.open_sample, sample))
            grid.addWidget(tile, place // _ACROSS, place % _ACROSS)
        return grid

    def _show_recent(self) -> None:
        from canvas_app.project.recent import recent_projects

        while (item := self._recent.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        known = [self._up_to_date(project) for project in recent_projects()[:_MOST_SHOWN]]
        self._recent_title.setVisible(bool(known))
        for place in range(_ACROSS):
            self._recent.setColumnStretch(place, 1)
        for place, project in enumerate(known):
            made = self._card_of(project) if project.there else self._missing_card(project)
            self._recent.addWidget(made, place // _ACROSS, place % _ACROSS)

    def _up_to_date(self, project: Recent) -> Recent:
        """The project that is open looks as it does now, not as it did when it was opened."""
        from canvas_app.project.recent import describe

        session = self.frame.session
        if session is None or Path(project.path) != session.folder:
            return project
        return describe(session.folder, session.project, session.models)

    def _card_of(self, project: Recent) -> QWidget:
        from canvas_app.ui.home.thumbnail import FlowThumbnail

        folder = Path(project.path)
        tables = counted(project.tables, "table")
        best = project.score or ("No model yet" if not project.models else counted(project.models, "model"))
        elsewhere = folder.name if folder.name != project.name else ""
        when = " · ".join(part for part in (_when(project.when), elsewhere) if part)
        name = f"Open {project.name}" + (f" in {elsewhere}" if elsewhere else "")
        lines = (f"{best} · {tables}", when)
        tile = Tile(name, FlowThumbnail(project.sketch), project.name, lines)
        tile.setToolTip(project.path)
        tile.clicked.connect(partial(self.frame.open_project, folder))
        return tile

    def _missing_card(self, project: Recent) -> QWidget:
        made, inside = card(margin=12, spacing=3)
        forget = icon_button(f"Take {project.path} off the list", "ph.x", partial(self._forget, project.path))
        inside.addLayout(row(label(project.name, "strong"), 1, forget))
        inside.addWidget(label("Its folder is not there. Was it moved or renamed?", "warning", wrap=True))
        inside.addWidget(label(project.path, "caption", wrap=True))
        inside.addStretch(1)
        return made

    def _forget(self, path: str) -> None:
        from canvas_app.project.recent import forget

        forget(path)
        self._show_recent()


def _when(moment: str) -> str:
    """Today, yesterday, or the date, in the person's locale."""
    day = datetime.fromisoformat(moment).astimezone().date()
    days = (datetime.now().astimezone().date() - day).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
