"""The databases that a person imported from last; passwords are never among what is remembered."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from canvas_app.base.errors import CanvasError
from canvas_app.base.home import home
from canvas_app.base.unit import Json

if TYPE_CHECKING:
    from canvas_app.data.database.source import DatabaseSource

_NAME = "connections.json"
_VERSION = 1
_KEPT = 12


@dataclass(frozen=True)
class Connection:
    """A way to a database."""

    kind: str
    host: str
    port: int
    database: str
    user: str
    encryption: str
    kept: bool = False
    """Whether its password was put into the system's keyring."""

    @classmethod
    def of(cls, source: DatabaseSource, *, kept: bool) -> Connection:
        """The way that a source takes."""
        where = (source.host, source.port, source.database, source.user, source.encryption)
        return cls(source.spec.kind, *where, kept)

    @property
    def words(self) -> str:
        """What it is called on screen."""
        whom = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{whom}{self.host}{port}/{self.database}".rstrip("/")

    def source(self) -> DatabaseSource:
        """A source that takes this way; raises ``CanvasError`` where this version knows no such kind."""
        from canvas_app.data.source import SOURCES

        where = {name: value for name, value in asdict(self).items() if name not in ("kind", "kept")}
        return cast("DatabaseSource", SOURCES[self.kind].read(where))


def recent_connections() -> tuple[Connection, ...]:
    """Those used last, the latest first. A list that can't be read is an empty one."""
    try:
        saved: Json = json.loads((home() / _NAME).read_text("utf-8"))
        return tuple(_read(item) for item in saved["connections"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def remember_connection(connection: Connection) -> None:
    """Put one on top. Where the list can't be written, nothing is lost but the comfort."""
    _write((connection, *(item for item in recent_connections() if not _same(item, connection))))


def forget_connection(connection: Connection) -> None:
    """Take one off the list."""
    _write(tuple(item for item in recent_connections() if not _same(item, connection)))


def _same(first: Connection, second: Connection) -> bool:
    return (first.kind, first.words) == (second.kind, second.words)


def _read(saved: Json) -> Connection:
    texts = {name: str(saved[name]) for name in ("kind", "host", "database", "user", "encryption")}
    return Connection(**texts, port=int(saved["port"]), kept=bool(saved["kept"]))


def _write(connections: tuple[Connection, ...]) -> None:
    from canvas_app.data.files import write_atomically

    saved = {"version": _VERSION, "connections": [asdict(item) for item in connections[:_KEPT]]}
    text = json.dumps(saved, ensure_ascii=False, indent=1).encode()

    def write(file: BinaryIO) -> None:
        file.write(text)

    with suppress(CanvasError, OSError):
        write_atomically(home() / _NAME, write)
