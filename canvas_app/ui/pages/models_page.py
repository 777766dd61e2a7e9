"""What has been built and what is being built; each model with its facts and its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.words import counted
from canvas_app.jobs.job import Done, Stopped
from canvas_app.training.model import BuiltModel
from canvas_app.ui.controls import label
from canvas_app.ui.look_only import why_locked
from canvas_app.ui.page import Page, PageSpec, Said

if TYPE_CHECKING:
    from canvas_app.bundle.read import Verified
    from canvas_app.bundle.write import Exported
    from canvas_app.explain.analysis import Analysis
    from canvas_app.project.change import Change
    from canvas_app.project.project import ModelRecord
    from canvas_app.ui.bridge import Work

_SUFFIX = ".bundle"


class ModelsPage(Page):
    """Cards of all models; one of them in depth; or a build while it runs."""

    spec = PageSpec(
        kind="models",
        title="Models",
        icon="ph.cube",
        order=30,
        heading=False,
        help="See how good a model is on rows it never saw, and why it answers as it does.",
    )

    def build_up(self) -> None:
        """Make the four views: none yet, all, one, building."""
        from canvas_app.ui.charts.warm_up import warm_up
        from canvas_app.ui.models.build_view import BuildView
        from canvas_app.ui.models.empty import NoModels
        from canvas_app.ui.models.figures import Figures
        from canvas_app.ui.models.gallery import ModelGallery
        from canvas_app.ui.models.model_view import ModelView

        self.empty, self.gallery, self.view, self.building = (
            NoModels(why_locked(self.session)),
            ModelGallery(),
            ModelView(),
            BuildView(),
        )
        self.empty.flow_asked.connect(partial(self.frame.go, "flow"))
        self.gallery.chosen.connect(self.open_model)
        self.gallery.watched.connect(self.watch)
        self.view.left.connect(self.show_all)
        self.figures = Figures()
        self.figures.drawn.connect(self.view.show_figure)
        self.figures.told.connect(self.view.show_words)
        self.view.asked.connect(self._explain)
        self.view.failed.connect(self.say)
        self.building.left.connect(self.show_all)
        self.views = QStackedWidget()
        self._all = _with_heading(self.gallery)
        for part in (self.empty, self._all, self.view, self.building):
            self.views.addWidget(part)
        self.stack(self.views)
        self._make_actions()
        self.frame.lane.ask("warm up", lambda _: warm_up(), lambda _: self.figures.open_up(), self.say)
        self.frame.runner.changed.connect(self._follow_jobs)
        self._builds: tuple[Work, ...] = ()
        self._exported_to: Path | None = None

    def refresh(self, change: Change) -> None:
        """Follow new models, and the build that one came from."""
        if not change.touches("models"):
            return
        watched = self.building.work
        ended = watched is not None and not watched.running
        if self.views.currentWidget() is self.building and ended and self.session.models:
            self.open_model(self.session.models[-1].id)
        elif self.views.currentWidget() in (self.empty, self._all):
            self.show_all()

    def arrive(self, **arguments: Any) -> None:
        """``arrive(model=ID)`` opens that model; ``arrive(build=True)`` watches the latest build."""
        running = self._running()
        if arguments.get("model"):
            self.open_model(arguments["model"])
        elif arguments.get("build") and running:
            self.watch(running[0])
        elif self.views.currentWidget() is not self.view:
            self.show_all()

    def crumb(self) -> str:
        """The model that is open, or the page's name."""
        record = self.view.record
        if self.views.currentWidget() is self.view and record is not None:
            return f"{record.name}, version {record.version}"
        return super().crumb()

    def primary(self) -> QAction | None:
        """Exporting, where a model is open."""
        return self.export_action if self.views.currentWidget() is self.view else None

    def secondary(self) -> Sequence[QAction]:
        """Predicting, where a model is open."""
        return (self.predict_action,) if self.views.currentWidget() is self.view else ()

    def show_all(self) -> None:
        """Show the cards, or what to do where there are none."""
        running = self._running()
        self._builds = running
        builds = [(work, self._title_of(work)) for work in running]
        self.gallery.show_all(self.session.models, builds)
        some = bool(self.session.models or running)
        self._turn_to(self._all if some else self.empty)

    def open_model(self, model: str) -> None:
        """Show one model in depth."""
        self.view.show_model(self.session.model(model))
        self._turn_to(self.view)

    def watch(self, work: Work) -> None:
        """Follow a build."""
        self.building.follow(work, self._title_of(work))
        self._turn_to(self.building)

    def export_to(self, folder: Path) -> None:
        """Export the open model as a bundle below a folder, under the name that is proposed."""
        if self.view.record is not None:
            self.export_as(folder / _file_name(self.view.record))

    def export_as(self, path: Path) -> None:
        """Export the open model as a bundle, which is a new folder; verify it, and say where it lies."""
        record = self.view.record
        if record is None:
            return
        self._exported_to = path.parent
        self.export_action.setEnabled(False)
        self.say(f"Exporting {record.name} to {path}", "note")
        self.session.export(record.id, path, done=self._exported, failed=self._export_failed)

    def _make_actions(self) -> None:
        self.export_action = QAction("Export bundle", self)
        self.export_action.setToolTip("Write the model as a folder that answers rows anywhere")
        self.export_action.triggered.connect(self._ask_and_export)
        self.predict_action = QAction("Predict", self)
        self.predict_action.setToolTip("Ask this model about one row or a whole file")
        self.predict_action.triggered.connect(self._predict)

    def _ask_and_export(self) -> None:
        if self.view.record is None:
            return
        place = _there(self._exported_to or self.session.exports)
        start = str(_free(place / _file_name(self.view.record)))
        title = "Export the bundle: a folder of this name is made"
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, f"Bundles (*{_SUFFIX})")
        if not chosen:
            return
        path = Path(chosen)
        if path.is_dir() and path.suffix != _SUFFIX:
            self.export_to(path)
        else:
            self.export_as(path if path.suffix == _SUFFIX else path.with_name(path.name + _SUFFIX))

    def _exported(self, exported: Exported) -> None:
        from canvas_app.bundle.read import VerifyJob

        tell = partial(self._verified, exported)
        self.session.run(VerifyJob(str(exported.path)), done=tell, failed=self._export_failed)

    def _verified(self, exported: Exported, verified: Verified) -> None:
        from canvas_app.bundle.manifest import held_words

        self.export_action.setEnabled(True)
        self.say(
            f"The bundle is in {exported.path}. {held_words(exported.format, exported.reason)} "
            f"Verified: {counted(verified.rows, 'example')} answered as expected, largest difference "
            f"{verified.largest_difference:.2g}.",
            "good",
        )

    def _export_failed(self, said: Said) -> None:
        self.export_action.setEnabled(True)
        self.say(said)

    def _predict(self) -> None:
        if self.view.record is not None:
            self.frame.go("predict", model=self.view.record.id)

    def _explain(self, analyses: Sequence[Analysis]) -> None:
        if self.view.record is not None:
            self.figures.ask(self.session, self.view.record.id, analyses)

    def _follow_jobs(self) -> None:
        running = self._running()
        if self.views.currentWidget() is self.building:
            self._follow_build()
        elif running != self._builds and self.views.currentWidget() in (self.empty, self._all):
            self.show_all()
        else:
            self.gallery.follow_builds()

    def _follow_build(self) -> None:
        self.building.refresh()
        work = self.building.work
        if work is not None and not work.running and not self._became_a_model(work):
            self.show_all()
            if isinstance(work.outcome, Stopped):
                self.say("Build stopped; nothing was kept.", "note")

    @staticmethod
    def _became_a_model(work: Work) -> bool:
        """Whether the ended build brought a model: then a change tells of it, and leads there."""
        return isinstance(work.outcome, Done)

    def _running(self) -> tuple[Work, ...]:
        works = self.frame.runner.works()
        return tuple(work for work in works if work.running and work.job.result is BuiltModel)

    def _title_of(self, work: Work) -> str:
        from canvas_app.flow.ends.predict_column import PredictColumn

        wanted = getattr(work.job, "node", "")
        nodes = (node for flow in self.session.project.flows for node in flow if node.id == wanted)
        node = next(nodes, None)
        if node is None or not isinstance(node.unit, PredictColumn):
            return "Building a model"
        return f"Building {node.name or node.unit.target}"

    def _turn_to(self, view: QWidget) -> None:
        self.views.setCurrentWidget(view)
        self.banner.move_on()
        self.bar_changed.emit()


def _with_heading(gallery: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    column.addWidget(label("Models", "page-title"))
    column.addWidget(gallery, 1)
    return page


def _there(wanted: Path) -> Path:
    """That folder if it is there, else one that is: a dialog can choose no other."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    places = (wanted, *((Path(documents),) if documents else ()), Path.home())
    return next((place for place in places if place.is_dir()), Path.cwd())


def _file_name(record: ModelRecord) -> str:
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in record.name).strip("-")
    return f"{safe or 'model'}-{record.version}{_SUFFIX}"


def _free(path: Path) -> Path:
    """That path, or one with a number after the name where there is something already."""
    others = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in range(2, 1000))
    return next((one for one in (path, *others) if not one.exists()), path)
