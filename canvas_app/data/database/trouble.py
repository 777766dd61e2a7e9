"""Why a database server can't be reached, in a person's words."""

from __future__ import annotations

import socket
import ssl

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.passwords import VARIABLE

_PATIENCE = 3.0


def unreachable(host: str, port: int) -> CanvasError | None:
    """What stands between here and a server, found by trying; None where a connection can be made."""
    if host.startswith("/"):
        return None
    where = f"{host}, port {port}"
    try:
        socket.create_connection((host, port), _PATIENCE).close()
    except (socket.gaierror, UnicodeError):
        return CanvasError(
            f"No computer named {host} is known.",
            hint="Check the spelling of the server, and whether you are in the right network.",
            where=Where(field="host"),
        )
    except ConnectionRefusedError:
        return CanvasError(
            f"Nothing answers at {where}.",
            hint="Check the port, and whether the database server runs and may be reached from here.",
            where=Where(field="port"),
        )
    except TimeoutError:
        return no_answer(host, port)
    except OSError as error:
        return CanvasError(
            f"{where} can't be reached: {error.strerror or error}.",
            hint="Check the network.",
            where=Where(field="host"),
        )
    return None


def no_answer(host: str, port: int) -> CanvasError:
    """A server that is silent."""
    return CanvasError(
        f"There was no answer from {host}, port {port}, within 10 seconds.",
        hint="Check the server and the port, and whether a firewall stands between.",
        where=Where(field="host"),
    )


def wrong_password(user: str, *, known: bool) -> CanvasError:
    """The server let this user not in; ``known`` is whether it was given a password."""
    if known:
        return CanvasError(
            f"The server did not accept the password of {user}.",
            hint="Check the user and the password.",
            where=Where(field="password"),
        )
    return CanvasError(
        f"The server asks for the password of {user}, and none is known here.",
        hint=f"Enter it in the window under Database; a command takes it from {VARIABLE}.",
        where=Where(field="password"),
    )


def no_database(database: str) -> CanvasError:
    """The server doesn't have it."""
    return CanvasError(
        f"The server has no database named {database}.",
        hint="Check its spelling, small and capital letters too.",
        where=Where(field="database"),
    )


def no_encryption(reason: str) -> CanvasError:
    """The connection can't be as safe as was asked for."""
    return CanvasError(
        f"The connection can't be encrypted as chosen: {reason.rstrip('.')}.",
        hint="Choose another encryption, or ask who runs the server for its certificate.",
        where=Where(field="encryption"),
    )


def about_certificates(error: ssl.SSLError) -> str:
    """What was wrong with the server's certificate, without a library's file names."""
    reason = getattr(error, "verify_message", "") or error.reason or "the server's answer was no TLS"
    return str(reason).replace("_", " ").lower()


def refused_query(said: str) -> CanvasError:
    """What the server said about a query."""
    return CanvasError(
        f"The server did not run the query: {said.strip().rstrip('.')}.",
        hint="Check the SQL, and whether this user may read these tables.",
        where=Where(field="query"),
    )


def lost(host: str) -> CanvasError:
    """A conversation that broke off."""
    return CanvasError(
        f"The connection to {host} broke off.",
        hint="Check the network, then try again. Nothing was imported.",
    )
