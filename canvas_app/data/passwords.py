"""Passwords of databases: in the system's keyring, or in memory until the window closes; nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from canvas_app.base.errors import CanvasError

VARIABLE = "CANVAS_APP_DATABASE_PASSWORD"
"""The environment variable that the command line takes a password from."""

_SERVICE = "Canvas App"

_held: dict[str, str] = {}
"""What was entered and shall not be kept, by account; for this process alone."""


def keyring_there() -> bool:
    """Whether this system has a keyring that can keep a password."""
    import keyring

    try:
        return float(keyring.get_keyring().priority) > 0
    except RuntimeError:
        return False


def keep(account: str, password: str) -> None:
    """Put a password into the system's keyring; raises ``CanvasError`` where it takes none."""
    import keyring
    from keyring.errors import KeyringError

    _held[account] = password
    if not keyring_there():
        raise CanvasError(
            "This system has no keyring, so the password is known only until the window is closed.",
            hint="Enter it again next time, or set up a keyring such as GNOME Keyring or KWallet.",
        )
    try:
        keyring.set_password(_SERVICE, account, password)
    except KeyringError as error:
        raise CanvasError(
            "The system's keyring did not take the password, so it is known only until the window is closed.",
            hint="Unlock the keyring, then test the connection again.",
        ) from error


def hold(account: str, password: str) -> None:
    """Know a password until this process ends."""
    _held[account] = password


def forget(account: str) -> None:
    """Take it out of the keyring; what was entered here is known until this process ends."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring_there() and keyring.get_password(_SERVICE, account) is not None:
            keyring.delete_password(_SERVICE, account)
    except KeyringError as error:
        raise CanvasError(
            "The system's keyring did not let go of the password.", hint="Unlock the keyring, then try again."
        ) from error


def held(account: str) -> Mapping[str, str]:
    """What a job for that account must be given, since its process finds it in no keyring."""
    return {account: _held[account]} if account in _held else {}


@contextmanager
def lent(passwords: Mapping[str, str]) -> Iterator[None]:
    """Know what a job was given, until it ends."""
    before = dict(_held)
    _held.update(passwords)
    try:
        yield
    finally:
        _held.clear()
        _held.update(before)


def password_of(account: str) -> str | None:
    """The password that was entered, is in the keyring, or in the environment; None where unknown."""
    import keyring
    from keyring.errors import KeyringError

    if account in _held:
        return _held[account]
    try:
        kept = keyring.get_password(_SERVICE, account) if keyring_there() else None
    except KeyringError:  # locked, and not unlocked when asked: the server then says that it wants one
        kept = None
    return kept if kept is not None else os.environ.get(VARIABLE)
