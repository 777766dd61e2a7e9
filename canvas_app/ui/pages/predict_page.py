"""Asks a model: about one row while it is typed, or about every row of a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from canvas_app.base.words import counted
from canvas_app.jobs.job import Progress
from canvas_app.ui.controls import button, card, label, row
from canvas_app.ui.look_only import why_locked
from canvas_app.ui.page import Page, PageSpec, Said

if TYPE_CHECKING:
    from canvas_app.bundle.preflight import Preflight
    from canvas_app.bundle.read import Predicted
    from canvas_app.data.engine import Engine
    from canvas_app.jobs.pool import Ticket
    from canvas_app.project.change import Change
    from canvas_app.project.project import ModelRecord
    from canvas_app.runtime.contract import Contract

FILES = "Tables (*.csv *.tsv *.txt *.csv.gz *.tsv.gz *.txt.gz *.csv.zst *.tsv.zst *.txt.zst *.parquet *.pq)"


class PredictPage(Page):
    """A model, a row or a file, and the answers."""

    spec = PageSpec(
        kind="predict",
        title="Predict",
        icon="ph.lightning",
        order=40,
        heading=False,
        help="Type one row and see the answer change with its reasons, or have a whole file answered.",
    )

    def build_up(self) -> None:
        """Make the picker, the form with its answer, and the place for files."""
        from canvas_app.ui.charts.warm_up import warm_up
        from canvas_app.ui.forms.search_combo import SearchCombo
        from canvas_app.ui.models.empty import NoModels
        from canvas_app.ui.predict.answer_view import AnswerView
        from canvas_app.ui.predict.file_view import FileView
        from canvas_app.ui.predict.live_answers import LiveAnswers
        from canvas_app.ui.predict.row_form import RowForm

        self.model: ModelRecord | None = None
        self._contract: Contract | None = None
        self._preflight: Preflight | None = None
        self._answers: Path | None = None
        self._brought: Path | None = None
        self._ticket: Ticket | None = None
        self.empty, self.picker = NoModels(why_locked(self.session)), SearchCombo("Model")
        self.form, self.answer, self.file = RowForm(), AnswerView(), FileView(self.frame.lane)
        self.live = LiveAnswers(self.frame.runner)
        self.views = QStackedWidget()
        self._asking = self._laid_out()
        self.views.addWidget(self.empty)
        self.views.addWidget(self._asking)
        self.stack(self.views)
        self._connect()
        self.frame.lane.ask("warm up", lambda _: warm_up(), lambda _: self.answer.open_up(), self.say)

    def refresh(self, change: Change) -> None:
        """Offer the models there are now."""
        if change.touches("models"):
            self._offer_models()

    def arrive(self, **arguments: Any) -> None:
        """``arrive(model=ID)`` asks that model; ``arrive(file=PATH)`` brings a file."""
        if arguments.get("model"):
            self.choose(arguments["model"])
        if arguments.get("file"):
            self.bring(Path(arguments["file"]))

    def choose(self, model: str) -> None:
        """Ask that model from now on."""
        self.model = self.session.model(model)
        self.answer.wait(self.model.model.target)
        self._offer_models()
        folder = self.session.model_folder(model)
        from canvas_app.bundle.preflight import contract_of

        self.frame.lane.ask("contract", lambda _: contract_of(folder), self._show_contract, self.say)

    def bring(self, path: Path) -> None:
        """Look at a file before it is answered; what is shown of another one goes."""
        contract = self._contract
        if contract is None:
            self._brought = path
            return
        from canvas_app.bundle.preflight import look_at

        self.tabs.setCurrentWidget(self.file)
        self._let_go()
        self.frame.lane.ask("preflight", lambda _: look_at(path, contract), self._show_preflight, self.say)

    def save_to(self, path: Path) -> None:
        """Save the answers as CSV or Parquet, by the suffix."""
        answers = self._answers
        if answers is None:
            return

        def write(engine: Engine) -> int:
            table = engine.read_parquet(answers)
            return (
                engine.write_parquet(table, path)
                if path.suffix == ".parquet"
                else engine.write_csv(table, path)
            )

        self.banner.put_away()
        self.frame.lane.ask("save", write, partial(self._saved, path), self.say)

    def _offer_models(self) -> None:
        from canvas_app.ui.forms.search_combo import Choice

        models = self.session.models
        self.views.setCurrentWidget(self._asking if models else self.empty)
        if models and self.model is None:
            self.choose(models[-1].id)
            return
        choices = [Choice(item.id, f"{item.name}, version {item.version}") for item in reversed(models)]
        self.picker.offer(choices, self.model.id if self.model else "")

    def _show_contract(self, contract: Contract) -> None:
        self._let_go()
        self._contract = contract
        self.file.show_contract(contract)
        self.answer.wait(contract.target)
        self.notes.setText(" ".join(contract.notes))
        self.notes.setVisible(bool(contract.notes))
        self.form.show_contract(contract)
        brought, self._brought = self._brought, None
        if brought is not None:
            self.bring(brought)

    def _ask(self) -> None:
        if self.model is not None:
            self.live.ask(self.session.model_folder(self.model.id), self.form.values())

    def _show_preflight(self, found: Preflight) -> None:
        self._preflight, self._answers = found, None
        self.file.show_preflight(found)

    def _let_go(self) -> None:
        """Of the file before: its card, its answers, its running job, and what was said of it."""
        self._stop_file()
        self._preflight = self._answers = self._ticket = None
        for question in ("preflight", "save"):
            self.frame.lane.forget(question)
        self.file.clear()
        self.banner.put_away()

    def _predict_file(self) -> None:
        found = self._preflight
        if found is None or self.model is None:
            return
        self.banner.put_away()
        out = self.session.cache / "answers" / f"{self.model.id[:16]}.parquet"
        out.parent.mkdir(parents=True, exist_ok=True)
        self.file.show_progress(0.0, "Opening the model")
        self._ticket = self.session.predict(
            self.model.id,
            found.path,
            out,
            done=partial(self._predicted, found),
            failed=partial(self._file_failed, found),
            progress=partial(self._file_progress, found),
            stopped=partial(self._file_stopped, found),
        )

    def _file_progress(self, asked: Preflight, progress: Progress) -> None:
        if asked is self._preflight:
            self.file.show_progress(progress.done, progress.note)

    def _predicted(self, asked: Preflight, predicted: Predicted) -> None:
        if asked is self._preflight:
            self._answers = Path(predicted.path)
            self.file.show_answers(self._answers, predicted.rows, predicted.notes)

    def _file_failed(self, asked: Preflight, said: Said) -> None:
        if asked is self._preflight:
            self.file.show_ended()
            self.say(said)

    def _file_stopped(self, asked: Preflight) -> None:
        if asked is self._preflight:
            self.file.show_ended()

    def _stop_file(self) -> None:
        if self._ticket is not None:
            self._ticket.stop()

    def _saved(self, path: Path, rows: int) -> None:
        self.say(f"{counted(rows, 'row')} saved to {path}.", "good")

    def _ask_for_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Predict a file", "", FILES)
        if path:
            self.bring(Path(path))

    def _ask_and_save(self) -> None:
        name = self._preflight.path.stem if self._preflight else "answers"
        start = str(self.session.exports / f"{name}-answers.csv")
        kinds = "CSV (*.csv);;Parquet (*.parquet)"
        path, kind = QFileDialog.getSaveFileName(self, "Save the answers", start, kinds)
        if path:
            suffix = ".parquet" if kind.startswith("Parquet") else ".csv"
            self.save_to(Path(path) if Path(path).suffix else Path(path + suffix))

    def _connect(self) -> None:
        self.empty.flow_asked.connect(partial(self.frame.go, "flow"))
        self.picker.picked.connect(self.choose)
        self.form.edited.connect(self._ask)
        self.live.answered.connect(self.answer.show_answer)
        self.live.failed.connect(self.answer.show_trouble)
        self.answer.why.failed.connect(self.say)
        self.file.drop.dropped.connect(lambda paths: self.bring(paths[0]))
        self.file.browse.clicked.connect(self._ask_for_file)
        self.file.run.clicked.connect(self._predict_file)
        self.file.stop.clicked.connect(self._stop_file)
        self.file.save.clicked.connect(self._ask_and_save)
        self.file.grid.failed.connect(self.say)

    def _laid_out(self) -> QWidget:
        name = label("Model", "label")
        name.setBuddy(self.picker)
        self.picker.setMinimumWidth(280)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("What to predict")
        self.tabs.addTab(self._one_row(), "One row")
        self.tabs.addTab(self.file, "A file")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row(label("Predict", "page-title"), 1, name, self.picker))
        column.addWidget(self.tabs, 1)
        return page

    def _one_row(self) -> QWidget:
        frame: QFrame
        frame, inside = card()
        typical = button(
            "Typical row", self.form.fill_typical, look="quiet", symbol="ph.arrow-counter-clockwise"
        )
        typical.setToolTip("Go back to a row as most are")
        inside.addLayout(row(label("The row", "strong"), 1, typical))
        inside.addWidget(self.form, 1)
        self.notes = label("", "secondary", wrap=True)
        inside.addWidget(self.notes)
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 16, 0, 0)
        line.setSpacing(16)
        line.addWidget(frame, 2)
        line.addWidget(self.answer, 3)
        return page
