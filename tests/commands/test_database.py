"""A table of a database is imported from the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvas_app.data import passwords
from tests.database_servers import PASSWORD, Place


@pytest.fixture(scope="module")
def place(postgres_server: Place) -> Iterator[Place]:
    postgres_server.run("CREATE TABLE from_terminal AS SELECT i AS id FROM generate_series(1, 7) AS i")
    yield postgres_server
    postgres_server.run("DROP TABLE from_terminal")


@pytest.fixture
def project(canvas: Callable, tmp_path: Path) -> Path:
    assert canvas("new", tmp_path / "project").code == 0
    return tmp_path / "project"


@pytest.fixture
def address(place: Place, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the password in the environment."""
    monkeypatch.setenv(passwords.VARIABLE, PASSWORD)
    return f"postgres://{place.user}@{place.host}:{place.port}/{place.database}"


def test_a_table_is_imported_under_its_name(canvas: Callable, project: Path, address: str):
    ran = canvas("import", project, address, "--table", "public.from_terminal", "--json")

    assert ran.code == 0
    assert ran.facts["dataset"] == "from_terminal/1"
    assert ran.facts["rows"] == 7
    assert not [
        path for path in project.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()
    ]


def test_a_query_is_imported_under_the_name_that_is_given(canvas: Callable, project: Path, address: str):
    sql = "SELECT id FROM from_terminal WHERE id > 4"
    ran = canvas("import", project, address, "--sql", sql, "--name", "late", "--json")

    assert (ran.facts["dataset"], ran.facts["rows"]) == ("late/1", 3)


def test_where_no_table_is_named_it_says_which_there_are(canvas: Callable, project: Path, address: str):
    ran = canvas("import", project, address)

    assert ran.code == 1
    assert "Add --table with one of these: " in ran.err
    assert "public.from_terminal" in ran.err


def test_without_a_password_it_says_where_one_can_come_from(
    canvas: Callable, project: Path, address: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(passwords.VARIABLE)
    ran = canvas("import", project, address, "--table", "from_terminal")

    assert ran.code == 1
    assert "asks for the password of canvas" in ran.err


def test_a_password_in_the_address_is_refused_and_not_repeated(canvas: Callable, project: Path):
    ran = canvas("import", project, "postgres://ann:sesame@localhost/shop", "--table", "orders")

    assert ran.code == 1
    assert "holds a password" in ran.err
    assert "sesame" not in ran.err


def test_a_file_has_no_table_to_choose(canvas: Callable, project: Path, samples: Path):
    ran = canvas("import", project, samples / "titanic.csv", "--table", "orders")

    assert ran.code == 2
    assert "is no database" in ran.err
