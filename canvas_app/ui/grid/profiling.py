"""What is in the columns on the screen: asked a few at once, for each column once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from canvas_app.ui.grid.model import TableModel
from canvas_app.ui.grid.questions import Questions
from canvas_app.ui.grid.table_source import TableSource
from canvas_app.ui.grid.view import TableView

if TYPE_CHECKING:
    from canvas_app.data.profile import ColumnProfile

_AT_ONCE = 8


class Profiling:
    """Asks for the profiles that the header shows."""

    def __init__(self, questions: Questions, view: TableView) -> None:
        self._questions = questions
        self._view = view
        self._awaited: tuple[TableSource, frozenset[str]] | None = None

    def look(self, source: TableSource | None) -> None:
        """Ask for the columns on the screen that have none yet; what is asked already is not asked again."""
        model: TableModel = self._view.table()
        if source is None or model.rowCount() == 0:
            return
        names = [model.column(section).name for section in self._view.visible_sections()]
        missing = [name for name in names if name not in model.profiles][:_AT_ONCE]
        if missing and not self._is_awaited(source, missing):
            self._awaited = (source, frozenset(missing))
            self._questions.ask(
                "profiles",
                lambda engine: source.profiles(engine, missing),
                lambda found: self._came(source, found),
            )

    def give_up(self) -> None:
        """They don't come; they may be asked for again when other columns are looked at."""
        self._awaited = None

    def _is_awaited(self, source: TableSource, names: Sequence[str]) -> bool:
        return self._awaited is not None and self._awaited[0] is source and self._awaited[1].issuperset(names)

    def _came(self, source: TableSource, found: tuple[ColumnProfile, ...]) -> None:
        self._awaited = None
        self._view.table().learn(found)
        self.look(source)
