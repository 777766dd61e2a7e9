from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from canvas_app.data import passwords
from canvas_app.data.database.recent_connections import Connection, recent_connections, remember_connection
from canvas_app.data.engine import Engine
from canvas_app.data.sources.mysql_table import MysqlTable
from canvas_app.data.sources.postgres_table import PostgresTable
from canvas_app.jobs.pool import InlinePool
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.data.database_dialog import DatabaseDialog
from tests.database_servers import PASSWORD, Place
from tests.memory_keyring import MemoryKeyring


@pytest.fixture(scope="module")
def place(postgres_server: Place) -> Iterator[Place]:
    postgres_server.run(
        "CREATE TABLE dialog_orders AS SELECT i AS id, NULL::text AS note FROM generate_series(1, 60) AS i",
        "CREATE TABLE dialog_people AS SELECT 1 AS id",
        "ANALYZE dialog_orders",
    )
    yield postgres_server
    postgres_server.run("DROP TABLE dialog_orders, dialog_people")


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    """The system's keyring, in memory; what is entered here is forgotten after the test."""
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    with passwords.lent({}):
        yield made
    keyring.set_keyring(before)


@pytest.fixture
def surroundings(qtbot: Any, tmp_path: Path) -> Iterator[tuple[UiPool, PreviewLane]]:
    runner = UiPool(InlinePool())
    lane = PreviewLane(lambda: Engine(scratch=tmp_path / "lane", memory="200MB", threads=1))
    yield runner, lane
    lane.close()
    runner.close()


@pytest.fixture
def dialog(qtbot: Any, surroundings: tuple[UiPool, PreviewLane], ring: MemoryKeyring) -> DatabaseDialog:
    return opened(surroundings)


def opened(surroundings: tuple[UiPool, PreviewLane]) -> DatabaseDialog:
    made = DatabaseDialog(None, *surroundings)  # type: ignore[arg-type]  # no window around it
    made.show()
    return made


def fill_in(dialog: DatabaseDialog, place: Place, password: str = PASSWORD) -> None:
    form = dialog.form
    form.host.setText(place.host)
    form.port.setText(str(place.port))
    form.user.setText(place.user)
    form.password.setText(password)


def connected(dialog: DatabaseDialog, place: Place, qtbot: Any) -> None:
    fill_in(dialog, place)
    dialog.form.test.click()
    qtbot.waitUntil(lambda: dialog.form.words.text().startswith("Connected to PostgreSQL"))


def test_before_a_connection_there_is_nothing_to_import(dialog: DatabaseDialog) -> None:
    assert not dialog.import_button.isEnabled()
    assert not dialog.try_sql.isEnabled()
    assert "Fill in the connection" in dialog.picker.words.text()
    assert dialog.form.port.placeholderText() == "5432"


def test_a_table_is_chosen_looked_at_and_imported(dialog: DatabaseDialog, place: Place, qtbot: Any) -> None:
    connected(dialog, place, qtbot)
    dialog.picker.search.setText("dialog_o")
    assert dialog.picker.words.text() == "1 table with dialog_o"
    dialog.picker.view.selectRow(0)
    qtbot.waitUntil(lambda: dialog.first_rows.table.rowCount() == 50)

    assert dialog.first_rows.table.horizontalHeaderItem(0).text() == "id\nint4"
    assert dialog.first_rows.table.item(0, 1).text() == "blank"
    assert dialog.name.placeholderText() == "dialog_orders"
    with qtbot.waitSignal(dialog.import_wanted) as wanted:
        dialog.import_button.click()
    source, name = wanted.args
    assert (source.schema_name, source.table, source.query) == ("public", "dialog_orders", "")
    assert name == ""


def test_a_query_is_tried_and_imported_under_a_name(dialog: DatabaseDialog, place: Place, qtbot: Any) -> None:
    connected(dialog, place, qtbot)
    dialog.tabs.setCurrentIndex(1)
    assert not dialog.import_button.isEnabled()

    dialog.sql.setPlainText("SELECT 1; DROP TABLE dialog_orders")
    dialog.import_button.click()
    assert "several statements" in dialog.first_rows.words.text()
    dialog.sql.setPlainText("SELECT no_such FROM dialog_orders")
    dialog.try_sql.click()
    qtbot.waitUntil(lambda: "no_such" in dialog.first_rows.words.text())

    dialog.sql.setPlainText("SELECT id FROM dialog_orders WHERE id < 3")
    dialog.try_sql.click()
    qtbot.waitUntil(lambda: dialog.first_rows.table.rowCount() == 2)
    dialog.name.setText("few orders")
    with qtbot.waitSignal(dialog.import_wanted) as wanted:
        dialog.import_button.click()
    assert wanted.args[0].query == "SELECT id FROM dialog_orders WHERE id < 3"
    assert wanted.args[1] == "few orders"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "wrong", "did not accept the password"),
        ("database", "nope", "no database named nope"),
        ("port", "1", "Nothing answers"),
        ("host", "no-such-host.invalid", "No computer named"),
        ("port", "http", "is no port"),
    ],
)
def test_what_is_wrong_is_said_and_its_field_is_marked_until_it_is_changed(
    field: str, value: str, said: str, dialog: DatabaseDialog, place: Place, qtbot: Any
) -> None:
    fill_in(dialog, place)
    line = getattr(dialog.form, field)
    line.setText(value)
    dialog.form.test.click()
    qtbot.waitUntil(lambda: said in dialog.form.words.text())
    assert line.property("wrong")
    assert dialog.form.test.isVisible()

    line.textEdited.emit(value)
    assert not line.property("wrong")
    assert dialog.form.words.text() == ""


def test_the_password_goes_to_the_keyring_once_it_was_found_to_be_right(
    dialog: DatabaseDialog, place: Place, ring: MemoryKeyring, qtbot: Any
) -> None:
    fill_in(dialog, place, "wrong")
    dialog.form.test.click()
    qtbot.waitUntil(lambda: "did not accept" in dialog.form.words.text())
    assert ring.kept == {}

    connected(dialog, place, qtbot)
    qtbot.waitUntil(lambda: list(ring.kept.values()) == [PASSWORD])
    assert recent_connections()[0].kept


def test_a_password_that_shall_not_be_kept_is_in_no_keyring(
    dialog: DatabaseDialog, place: Place, ring: MemoryKeyring, qtbot: Any, own_home: Path
) -> None:
    dialog.form.keep.setChecked(False)
    connected(dialog, place, qtbot)

    assert ring.kept == {}
    assert not recent_connections()[0].kept
    assert PASSWORD not in (own_home / "connections.json").read_text()
    assert passwords.password_of(PostgresTable(**place.fields()).account) == PASSWORD


def test_a_connection_is_offered_again_with_the_password_from_the_keyring(
    surroundings: tuple[UiPool, PreviewLane], place: Place, ring: MemoryKeyring, qtbot: Any
) -> None:
    source = PostgresTable(**place.fields())
    ring.kept["Canvas App", source.account] = PASSWORD
    remember_connection(Connection.of(MysqlTable(host="elsewhere"), kept=False))
    remember_connection(Connection.of(source, kept=True))
    dialog = opened(surroundings)

    assert dialog.form.recent.currentText() == f"canvas@127.0.0.1:{place.port}/postgres"
    assert dialog.form.password.text() == ""
    assert dialog.form.password.placeholderText() == "Kept in the keyring"
    dialog.form.test.click()
    qtbot.waitUntil(lambda: dialog.form.words.text().startswith("Connected"))


def test_another_connection_takes_the_tables_away(dialog: DatabaseDialog, place: Place, qtbot: Any) -> None:
    connected(dialog, place, qtbot)
    assert dialog.picker.view.isVisible()

    dialog.form.user.textEdited.emit("someone")
    assert not dialog.picker.view.isVisible()
    assert not dialog.import_button.isEnabled()


def test_an_address_fills_the_form(dialog: DatabaseDialog) -> None:
    dialog.form.host.setText("mysql://ann@db.example.org:3307/shop?sslmode=require")
    dialog.form.host.textEdited.emit(dialog.form.host.text())
    source = dialog.form.source()

    assert isinstance(source, MysqlTable)
    assert (source.host, source.port, source.database) == ("db.example.org", 3307, "shop")
    assert (source.user, source.encryption) == ("ann", "require")


def test_without_a_keyring_it_says_so(surroundings: tuple[UiPool, PreviewLane], qtbot: Any) -> None:
    dialog = opened(surroundings)

    assert not dialog.form.keep.isEnabled()
    assert not dialog.form.keep.isChecked()
    assert "This system has no keyring" in dialog.form.about_keyring.text()


class Silent:
    """A runner whose jobs never end by themselves."""

    def __init__(self) -> None:
        self.stopped = 0

    def submit(self, job: Any, **listeners: Any) -> Silent:
        return self

    def stop(self) -> None:
        self.stopped += 1


def test_connecting_can_be_stopped_and_is_when_the_dialog_closes(
    surroundings: tuple[UiPool, PreviewLane], ring: MemoryKeyring, place: Place
) -> None:
    silent = Silent()
    dialog = opened((UiPool(silent), surroundings[1]))  # type: ignore[arg-type]  # all that it asks of a runner
    fill_in(dialog, place)
    dialog.form.test.click()
    assert dialog.form.words.text() == "Connecting to 127.0.0.1"
    dialog.form.stop.click()
    assert silent.stopped == 1
    assert dialog.form.words.text() == "The connection was stopped."

    dialog.form.test.click()
    dialog.close()
    assert silent.stopped == 2
