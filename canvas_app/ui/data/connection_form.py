"""Where a database is and who asks: the fields of a connection, and what is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data import passwords
from canvas_app.data.database.address import is_address, source_at
from canvas_app.data.database.recent_connections import Connection, recent_connections
from canvas_app.data.database.source import DatabaseSource
from canvas_app.data.source import SOURCES
from canvas_app.ui.controls import button, icon_button, label, row
from canvas_app.ui.forms.search_combo import Choice, SearchCombo
from canvas_app.ui.forms.segments import Segments
from canvas_app.ui.theme.style import restyle

_KEPT = "Kept in the keyring"
_KNOWN = "Known until the window is closed"
_NO_KEYRING = "This system has no keyring: the password is asked for again when the window was closed."


class ConnectionForm(QWidget):
    """Kind, server, database, user and password; the password never leaves it but to be kept or lent."""

    edited = Signal()
    """It is another connection now than the one that was tested."""
    test_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        found = sorted((kind for kind in SOURCES if issubclass(kind, DatabaseSource)), key=_place)
        self._kinds = {kind.spec.kind: kind for kind in found}
        self._kind = found[0].spec.kind
        self._recent = recent_connections()
        self._make_fields()
        self._lay_out()
        self._offer_kinds()
        if self._recent:
            self._take(self._recent[0])
        self._follow()

    def source(self) -> DatabaseSource:
        """What the fields name; raises ``CanvasError`` where they can't be a connection."""
        port = self.port.text().strip()
        if port and not port.isdecimal():
            hint = "Leave it empty for the usual one."
            raise CanvasError(f"{port} is no port.", hint=hint, where=Where(field="port"))
        return self._kinds[self._kind].read(
            {
                "host": self.host.text().strip() or "localhost",
                "port": int(port or 0),
                "database": self.database.text().strip(),
                "user": self.user.text().strip(),
                "encryption": self.encryption.value(),
            }
        )

    def lend_password(self, source: DatabaseSource) -> None:
        """Know the password that was typed until the window is closed, as the password of that account."""
        if self.password.text():
            passwords.hold(source.account, self.password.text())

    @property
    def keeps(self) -> bool:
        """Whether the password shall be put into the keyring."""
        return self.keep.isEnabled() and self.keep.isChecked()

    def show_working(self, words: str) -> None:
        """Say that something is on its way, which can be stopped; nothing when it has ended."""
        self.test.setVisible(not words)
        self.stop.setVisible(bool(words))
        if words:
            self._say(words, "secondary")

    def show_good(self, words: str) -> None:
        """Say that the server let us in."""
        self._say(words, "good")

    def show_problem(self, words: str, field: str | None = None) -> None:
        """Say what went wrong, and mark the field that it is about."""
        self._say(words, "problem")
        line = self._lines.get(field or "")
        if line is not None:
            restyle(line, wrong=True)
            line.setFocus()

    def _make_fields(self) -> None:
        self.recent = SearchCombo("Recent connections", nothing="New connection")
        self.recent.picked.connect(lambda value: self._take(self._recent[int(value)]))
        self.kind = Segments("Kind of server")
        self.kind.picked.connect(self._choose_kind)
        self.host, self.port, self.database, self.user, self.password = (QLineEdit() for _ in range(5))
        self.host.setPlaceholderText("localhost")
        self.port.setMaximumWidth(84)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = icon_button("Show the password", "ph.eye", look="secondary")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._reveal)
        self.keep = QCheckBox("Keep the password in the system's keyring")
        there = passwords.keyring_there()
        self.keep.setEnabled(there)
        self.keep.setChecked(there)
        self.encryption = SearchCombo("Encryption")
        self._offer_encryption("prefer")
        self.test = button("Test the connection", self.test_wanted.emit)
        self.stop = button("Stop", self.stop_wanted.emit)
        self.stop.setAccessibleDescription("Stop connecting")
        self.stop.hide()
        self.words = label("", "secondary", wrap=True)
        self._lines: dict[str, QLineEdit] = {
            "host": self.host,
            "port": self.port,
            "database": self.database,
            "user": self.user,
            "password": self.password,
        }
        for line in self._lines.values():
            line.textEdited.connect(self._edit)
            line.returnPressed.connect(self.test_wanted)
        self.encryption.picked.connect(lambda _: self._edit())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)

        def add(caption: str, field: QWidget, *beside: QWidget) -> QLabel:
            words = label(caption, "label")
            words.setBuddy(field)
            column.addWidget(words)
            column.addLayout(row(field, *beside))
            column.addSpacing(6)
            return words

        if self._recent:
            add("Recent connections", self.recent)
        add("Kind of server", self.kind)
        self._lay_out_server(column)
        self.database_words = add("Database", self.database)
        add("User", self.user)
        add("Password", self.password, self.eye)
        column.addWidget(self.keep)
        self.about_keyring = label(_NO_KEYRING, "caption", wrap=True)
        self.about_keyring.setVisible(not self.keep.isEnabled())
        column.addWidget(self.about_keyring)
        column.addSpacing(6)
        add("Encryption", self.encryption)
        column.addLayout(row(self.test, self.stop, 1))
        column.addWidget(self.words)
        column.addStretch(1)

    def _lay_out_server(self, column: QVBoxLayout) -> None:
        """Server and port beside each other, each under its caption."""
        captions = [label("Server", "label"), label("Port", "label")]
        captions[0].setBuddy(self.host)
        captions[1].setBuddy(self.port)
        captions[1].setFixedWidth(self.port.maximumWidth())
        upper, lower = row(captions[0], captions[1]), row(self.host, self.port)
        upper.setStretch(0, 1)
        lower.setStretch(0, 1)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addSpacing(6)

    def _offer_kinds(self) -> None:
        self.kind.offer([Choice(kind, unit.spec.title) for kind, unit in self._kinds.items()], self._kind)

    def _offer_encryption(self, value: str) -> None:
        field = next(item for item in DatabaseSource.fields() if item.name == "encryption")
        self.encryption.offer([*map(Choice, field.choices, field.labels)], value)

    def _offer_recent(self, value: str = "") -> None:
        self.recent.offer([Choice(str(at), item.words) for at, item in enumerate(self._recent)], value)

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._offer_kinds()
        self._edit()

    def _take(self, connection: Connection) -> None:
        """Fill the fields from one that was used before."""
        if connection.kind not in self._kinds:
            return
        self.host.setText(connection.host)
        self.port.setText(str(connection.port or ""))
        self.database.setText(connection.database)
        self.user.setText(connection.user)
        self.password.clear()
        self._offer_encryption(connection.encryption)
        self._choose_kind(connection.kind)
        if connection in self._recent:
            self._offer_recent(str(self._recent.index(connection)))

    def _edit(self) -> None:
        for line in self._lines.values():
            restyle(line, wrong=False)
        self._say("", "secondary")
        self._offer_recent()
        if is_address(self.host.text()):
            self._take_address(self.host.text())
        self._follow()
        self.edited.emit()

    def _take_address(self, address: str) -> None:
        """Fill the fields from an address that was pasted."""
        try:
            source = source_at(address)
        except CanvasError as error:
            self.show_problem(str(error), "host")
            return
        self._take(Connection.of(source, kept=False))

    def _follow(self) -> None:
        """Show what is usual for the kind of server, and whether the password is known already."""
        kind = self._kinds[self._kind]
        self.port.setPlaceholderText(str(kind.usual_port))
        self.database.setPlaceholderText(kind.usual_database)
        self.password.setPlaceholderText(self._known())

    def _known(self) -> str:
        try:
            source = self.source()
        except CanvasError:
            return ""
        here = Connection.of(source, kept=True)
        if any(item.kept and (item.kind, item.words) == (here.kind, here.words) for item in self._recent):
            return _KEPT
        return _KNOWN if source.secrets() else ""

    def _reveal(self, shown: bool) -> None:
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _say(self, words: str, role: str) -> None:
        self.words.setText(words)
        restyle(self.words, role=role)


def _place(kind: type[DatabaseSource]) -> tuple[int, str]:
    """Those that are met most often first."""
    title = kind.spec.title
    return (0 if title.startswith("Postgre") else 1 if title.startswith("My") else 2, title)
