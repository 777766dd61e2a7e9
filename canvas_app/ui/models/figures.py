"""Asks for the figures of a model, and passes on each as soon as it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from canvas_app.explain.explain_job import ExplainJob
from canvas_app.jobs.job import Crashed, Failed, Progress
from canvas_app.ui.page import words_of

if TYPE_CHECKING:
    from canvas_app.base.figure import Figure
    from canvas_app.explain.analysis import Analysis
    from canvas_app.project.session import Session


class Figures(QObject):
    """Of each kind, only the latest that was asked for counts; held back until ``open_up``."""

    drawn = Signal(str, object)
    """The kind of the analysis, and the ``Figure``."""
    told = Signal(str, str)
    """The kind of the analysis, and how far it is or why it can't be drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._latest: dict[str, Analysis] = {}
        self._held: list[tuple[str, Figure]] | None = []

    def open_up(self) -> None:
        """The painters are loaded: pass on what has been held back, and the rest as it comes."""
        held, self._held = self._held or [], None
        for kind, figure in held:
            self.drawn.emit(kind, figure)

    def ask(self, session: Session, model: str, analyses: Sequence[Analysis]) -> None:
        """Have the figures drawn in the background."""
        for analysis in analyses:
            self._latest[str(analysis.spec.kind)] = analysis
        session.explain(
            model,
            *analyses,
            progress=partial(self._hear, tuple(analyses)),
            done=partial(self._done, tuple(analyses)),
            failed=partial(self._failed, tuple(analyses)),
        )

    def _hear(self, analyses: Sequence[Analysis], progress: Progress) -> None:
        waiting = [analysis for analysis in analyses if self._counts(analysis)]
        if progress.found is not None:
            kind = progress.found["kind"]
            found = [analysis for analysis in waiting if analysis.spec.kind == kind]
            self._pass_on(found, (ExplainJob.figure_of(progress.found),) * len(found))
            return
        for analysis in waiting:
            self.told.emit(str(analysis.spec.kind), progress.note)

    def _done(self, analyses: Sequence[Analysis], figures: Sequence[Figure]) -> None:
        self._pass_on(analyses, figures)

    def _failed(self, analyses: Sequence[Analysis], said: Failed | Crashed) -> None:
        for analysis in analyses:
            if self._counts(analysis):
                self.told.emit(str(analysis.spec.kind), words_of(said))

    def _pass_on(self, analyses: Sequence[Analysis], figures: Sequence[Figure]) -> None:
        for analysis, figure in zip(analyses, figures, strict=True):
            if self._counts(analysis):
                del self._latest[str(analysis.spec.kind)]
                self._show(str(analysis.spec.kind), figure)

    def _show(self, kind: str, figure: Figure) -> None:
        if self._held is None:
            self.drawn.emit(kind, figure)
        else:
            self._held.append((kind, figure))

    def _counts(self, analysis: Analysis) -> bool:
        return self._latest.get(str(analysis.spec.kind)) is analysis
