from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data import passwords
from tests.memory_keyring import MemoryKeyring

ACCOUNT = "postgres_table://ann@db:5432"


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    made = MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_kept_password_is_in_the_keyring(memory: MemoryKeyring) -> None:
    with passwords.lent({}):
        passwords.keep(ACCOUNT, "sesame")

    assert memory.kept == {("Canvas App", ACCOUNT): "sesame"}
    assert passwords.password_of(ACCOUNT) == "sesame"


def test_a_forgotten_password_is_in_no_keyring(memory: MemoryKeyring) -> None:
    with passwords.lent({}):
        passwords.keep(ACCOUNT, "sesame")
        passwords.forget(ACCOUNT)
        passwords.forget(ACCOUNT)
        assert passwords.password_of(ACCOUNT) == "sesame"

    assert passwords.password_of(ACCOUNT) is None
    assert memory.kept == {}


def test_without_a_keyring_it_says_so_and_knows_it_for_now() -> None:
    with passwords.lent({}):
        with pytest.raises(CanvasError, match="no keyring"):
            passwords.keep(ACCOUNT, "sesame")
        assert passwords.password_of(ACCOUNT) == "sesame"

    assert passwords.password_of(ACCOUNT) is None


def test_a_locked_keyring_is_told_when_writing_and_silent_when_reading(memory: MemoryKeyring) -> None:
    memory.locked = True

    with passwords.lent({}), pytest.raises(CanvasError, match="did not take the password"):
        passwords.keep(ACCOUNT, "sesame")
    with pytest.raises(CanvasError, match="did not let go"):
        passwords.forget(ACCOUNT)
    assert passwords.password_of(ACCOUNT) is None


def test_a_job_is_lent_what_no_keyring_has() -> None:
    with passwords.lent({}):
        passwords.hold(ACCOUNT, "sesame")
        lent = passwords.held(ACCOUNT)

    assert passwords.held(ACCOUNT) == {}
    with passwords.lent(lent):
        assert passwords.password_of(ACCOUNT) == "sesame"
    assert passwords.password_of(ACCOUNT) is None


def test_what_the_person_keeps_wins_over_the_environment(
    memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passwords.VARIABLE, "from outside")
    assert passwords.password_of(ACCOUNT) == "from outside"

    memory.kept["Canvas App", ACCOUNT] = "sesame"
    assert passwords.password_of(ACCOUNT) == "sesame"
