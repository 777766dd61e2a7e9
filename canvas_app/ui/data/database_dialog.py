"""Asks for a table of a database: connect, choose a table or write a SELECT, see how it begins, import."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QSplitter, QTabWidget, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted
from canvas_app.data import passwords
from canvas_app.data.database.look import MOST_TABLES, FirstRows, Greeting, GreetServer, ReadFirstRows
from canvas_app.data.database.recent_connections import Connection, remember_connection
from canvas_app.jobs.job import Crashed, Done, Failed, Outcome
from canvas_app.ui.controls import button, label, line, row
from canvas_app.ui.data.connection_form import ConnectionForm
from canvas_app.ui.data.first_rows_view import FirstRowsView
from canvas_app.ui.data.table_picker import TablePicker
from canvas_app.ui.page import words_of

if TYPE_CHECKING:
    from canvas_app.data.database.source import DatabaseSource
    from canvas_app.jobs.job import Job
    from canvas_app.jobs.pool import Ticket
    from canvas_app.ui.bridge import PreviewLane, UiPool

_NOT_YET = "Fill in the connection and test it: then the tables are listed here."


class DatabaseDialog(QDialog):
    """The connection at the left; at the right its tables, or SQL, and the first rows."""

    import_wanted = Signal(object, str)
    """Told the source and what its table is called."""

    def __init__(self, parent: QWidget, runner: UiPool, lane: PreviewLane) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import from a database")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._runner, self._lane = runner, lane
        self._ticket: Ticket | None = None
        self._asked = 0
        self._server: DatabaseSource | None = None
        self.form = ConnectionForm()
        self.picker = TablePicker()
        self.sql = QPlainTextEdit()
        self.first_rows = FirstRowsView()
        self.name = QLineEdit()
        self.import_button = button("Import the table", self._import, look="primary")
        self._lay_out()
        self._connect()
        self._forget_server()
        self.resize(1040, 700)

    def done(self, result: int) -> None:
        """Whatever still runs is not waited for."""
        self._stop()
        super().done(result)

    def _connect(self) -> None:
        self.form.test_wanted.connect(self._test)
        self.form.stop_wanted.connect(self._give_up)
        self.form.edited.connect(self._forget_server)
        self.picker.chosen.connect(lambda _: self._look())
        self.sql.textChanged.connect(self._follow)
        self.tabs.currentChanged.connect(lambda _: self._follow())

    def _test(self) -> None:
        try:
            source = self.form.source()
        except CanvasError as error:
            self.form.show_problem(str(error), error.where.field)
            return
        self.form.lend_password(source)
        self._forget_server()
        self.form.show_working(f"Connecting to {source.host}")
        self._run(GreetServer.of(source), partial(self._greeted, source), self._not_greeted)

    def _greeted(self, source: DatabaseSource, greeting: Greeting) -> None:
        self.form.show_working("")
        safe = "encrypted" if greeting.encrypted else "not encrypted"
        self.form.show_good(f"Connected to {greeting.product}, {safe}.")
        self._server = source
        self._remember(source)
        nothing = "This user may read no table there. A SELECT of your own can still be tried."
        self.picker.show_tables(greeting.tables, nothing)
        if len(greeting.tables) >= MOST_TABLES:
            self.picker.words.setText(f"The first {counted(MOST_TABLES, 'table')}: name the others in SQL.")
        self.first_rows.say("Choose a table to see how it begins.")
        self.picker.search.setFocus()
        self._follow()

    def _not_greeted(self, trouble: Failed | Crashed) -> None:
        self.form.show_working("")
        field = trouble.where.field if isinstance(trouble, Failed) else None
        self.form.show_problem(words_of(trouble), field)

    def _remember(self, source: DatabaseSource) -> None:
        """Keep what was found to work: the way there, and the password where that is wanted."""
        typed, account = self.form.password.text(), source.account
        remember_connection(Connection.of(source, kept=self.form.keeps))
        if self.form.keeps and typed:
            self._keyring(lambda: passwords.keep(account, typed))
        elif not self.form.keeps and self.form.keep.isEnabled():
            self._keyring(lambda: passwords.forget(account))

    def _keyring(self, work: Callable[[], None]) -> None:
        """Do something with the keyring, which may ask the person to be unlocked, away from the window."""
        self._lane.ask("keyring", lambda _: work(), lambda _: None, self._keyring_failed)

    def _keyring_failed(self, error: CanvasError) -> None:
        if self.isVisible():
            self.form.show_problem(str(error))

    def _look(self) -> None:
        """Show how what is chosen begins."""
        source = self._chosen()
        if source is None:
            return
        self.first_rows.say("Reading the first rows")
        self._run(ReadFirstRows.of(source), self._show_first, self._show_no_rows)
        self._follow()

    def _show_first(self, first: FirstRows) -> None:
        self.first_rows.show_rows(first)

    def _show_no_rows(self, trouble: Failed | Crashed) -> None:
        self.first_rows.say(words_of(trouble), problem=True)

    def _chosen(self) -> DatabaseSource | None:
        """The source of the chosen table, or of the SQL; None where there is nothing to read yet."""
        if self._server is None:
            return None
        query = self.sql.toPlainText()
        if self.tabs.currentIndex() == 1:
            return self._server.changed(query=query) if query.strip() else None
        table = self.picker.current()
        return self._server.changed(schema_name=table.schema, table=table.name) if table else None

    def _import(self) -> None:
        source = self._chosen()
        if source is None:
            return
        try:
            source.select()
        except CanvasError as error:
            self.first_rows.say(str(error), problem=True)
            return
        self.import_wanted.emit(source, self.name.text().strip())
        self.accept()

    def _forget_server(self) -> None:
        """The fields name another connection than the one that answered."""
        self._stop()
        self._server = None
        self.form.show_working("")
        self.picker.show_tables((), _NOT_YET)
        self.first_rows.say("")
        self._follow()

    def _follow(self) -> None:
        chosen = self._chosen()
        self.import_button.setEnabled(chosen is not None)
        self.try_sql.setEnabled(chosen is not None)
        self.name.setPlaceholderText(chosen.table_name() if chosen is not None else "")
        self.first_rows.setVisible(self._server is not None)

    def _give_up(self) -> None:
        self._stop()
        self.form.show_working("")
        self.form.show_problem("The connection was stopped.")

    def _run(self, job: Job[Any], done: Callable[[Any], None], failed: Callable[[Any], None]) -> None:
        """Run a job in place of the one that runs; only the latest is heard."""
        self._stop()
        number = self._asked

        def end(outcome: Outcome[Any]) -> None:
            if number != self._asked:
                return
            self._ticket = None
            match outcome:
                case Done(value):
                    done(value)
                case Failed() | Crashed():
                    failed(outcome)

        self._ticket = self._runner.submit(job, outcome=end)

    def _stop(self) -> None:
        self._asked += 1
        if self._ticket is not None:
            self._ticket.stop()
            self._ticket = None

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 18, 20, 16)
        column.addWidget(label("Connection", "panel-title"))
        column.addSpacing(8)
        column.addWidget(self.form, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self._make_right())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([360, 680])
        splitter.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(splitter, 1)
        around.addWidget(line())
        caption = label("Name in the project", "label")
        caption.setBuddy(self.name)
        self.name.setMaximumWidth(280)
        foot = row(caption, self.name, 1, button("Cancel", self.reject), self.import_button)
        foot.setContentsMargins(20, 12, 20, 12)
        around.addLayout(foot)

    def _make_right(self) -> QWidget:
        self.sql.setProperty("role", "mono")
        self.sql.setAccessibleName("SQL")
        self.sql.setPlaceholderText("SELECT … FROM …")
        self.try_sql = button("Show the first rows", self._look)
        query = QWidget()
        inside = QVBoxLayout(query)
        inside.setContentsMargins(0, 10, 0, 0)
        inside.addWidget(self.sql, 1)
        words = label("One SELECT, run in a transaction that can't write.", "caption")
        inside.addLayout(row(words, 1, self.try_sql))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.picker, "Tables")
        self.tabs.addTab(query, "SQL")
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.tabs)
        right.addWidget(self.first_rows)
        right.setSizes([340, 260])
        right.setChildrenCollapsible(False)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(20, 12, 20, 12)
        column.addWidget(right)
        return made
