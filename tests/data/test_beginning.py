from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.spec import ColumnRule
from canvas_app.data.beginning import AsideRow, Beginning, ReadBeginning
from canvas_app.data.source import Source, source_for
from canvas_app.jobs.job import Done, Failed, run_inline


def beginning_of(source: Source) -> Beginning:
    outcome = run_inline(ReadBeginning.of(source))
    assert isinstance(outcome, Done)
    return outcome.value


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("name;age\nAnn;3,5\nBob;4,25\nCid;\n")
    return path


def test_the_rows_come_with_what_was_found(people: Path) -> None:
    begun = beginning_of(source_for(people))

    assert begun.schema.names == ("name", "age")
    assert begun.rows == (("Ann", "3.5"), ("Bob", "4.25"), ("Cid", None))
    assert begun.found["delimiter"] == ";"
    assert begun.roles["age"] == "number"


def test_a_changed_field_changes_the_rows(people: Path) -> None:
    begun = beginning_of(source_for(people).changed(header="none"))

    assert begun.rows[0] == ("name", "age")


def test_rows_put_aside_are_counted_and_shown_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "ages.csv"
    path.write_text("name,age\nAnn,3\nBob,old\n")
    rule = ColumnRule(column="age", type="whole", on_failure="put aside")

    begun = beginning_of(source_for(path).changed(types=(rule,)))

    assert begun.rows == (("Ann", "3"),)
    assert begun.aside_rows == 1
    assert begun.aside == (AsideRow("", "a value of another type", "Bob,old"),)


def test_a_beginning_comes_back_from_a_child_as_it_was(people: Path) -> None:
    begun = beginning_of(source_for(people))

    assert ReadBeginning.load_result(ReadBeginning.dump_result(begun)) == begun


def test_what_holds_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")

    assert isinstance(run_inline(ReadBeginning.of(source_for(tmp_path / "empty.csv"))), Failed)
