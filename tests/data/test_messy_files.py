"""Every messy file made by hand gives the table that a person sees in it."""

from __future__ import annotations

import pytest

from canvas_app.data.engine import Engine
from tests.data.messy_files import MessyFile, messy_files, texts_of

FILES = messy_files()


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_messy_file_gives_the_table_that_is_in_it(engine: Engine, file: MessyFile) -> None:
    scan = file.scan(engine)

    assert list(scan.table.columns) == file.header
    assert texts_of(engine, scan) == file.expected["rows"]


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_what_was_found_about_a_messy_file_is_told(engine: Engine, file: MessyFile) -> None:
    scan = file.scan(engine)
    wanted = file.expected["dialect"]

    assert scan.found["delimiter"] == wanted["delimiter"]
    assert scan.found["quote"] == wanted.get("quote", scan.found["quote"])
    assert scan.found["skip"] == file.expected.get("skip", scan.found["skip"])
    assert scan.found["tables"] == file.expected.get("tables", 1)
    put_aside = len(scan.rejected.read_text().splitlines()) - 1 if scan.rejected else 0
    assert put_aside == file.expected.get("rejected", 0)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 150
