from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.refresh_job import Refreshed
from canvas_app.data.relink_job import Relinked
from canvas_app.project.renewal import refresh, relink
from canvas_app.project.session import Session


def refreshed(session: Session, key: str = "people/1") -> Refreshed:
    said: list[Any] = []
    refresh(session, key, done=said.append, failed=said.append)
    assert isinstance(said[0], Refreshed)
    return said[0]


def keys(session: Session) -> list[str]:
    return [item.key for item in session.project.datasets]


@pytest.fixture
def imported(session: Session, table: Path) -> Session:
    session.import_file(table)
    return session


def test_a_file_that_did_not_change_makes_no_version(imported: Session) -> None:
    assert refreshed(imported).words() == ("Nothing has changed in the source.",)
    assert keys(imported) == ["people/1"]


def test_a_file_that_changed_becomes_the_next_version_with_its_changes(
    imported: Session, table: Path
) -> None:
    table.write_text("name,town\nAda,London\nAlan,Wilmslow\nGrace,New York\n")
    found = refreshed(imported)

    assert found.words()[:4] == (
        "people is at version 2 now.",
        "1 row more: 3 instead of 2.",
        "New: town.",
        "Gone: age.",
    )
    assert keys(imported) == ["people/1", "people/2"]
    assert imported.data_path("people/2").is_file()
    imported.undo()
    assert keys(imported) == ["people/1"]


def test_other_bytes_with_the_same_rows_are_only_remembered(imported: Session, table: Path) -> None:
    table.write_text('name,age\n"Ada",36\n"Alan",41\n')
    before = imported.project.datasets[0].source["sha256"]
    found = refreshed(imported)

    assert found.words() == ("The source was written anew, but its rows are the same.",)
    assert keys(imported) == ["people/1"]
    assert imported.project.datasets[0].source["sha256"] != before
    assert imported.data_path("people/1").is_file()


def test_the_newest_version_is_what_a_refresh_compares_with(imported: Session, table: Path) -> None:
    table.write_text("name,age\nGrace,50\n")
    refreshed(imported)

    assert refreshed(imported, "people/1").dataset is None


def test_a_version_that_was_removed_never_comes_back_as_another(imported: Session, table: Path) -> None:
    from canvas_app.flow.edits import add_node
    from canvas_app.flow.ends.dataset import DatasetNode
    from canvas_app.project.project import remove_dataset

    table.write_text("name,age\nGrace,50\n")
    refreshed(imported)
    imported.edit_flow("Add", "flow", add_node, DatasetNode(dataset="people/2"))
    imported.edit("Remove", remove_dataset, "people/2")
    refreshed(imported)

    assert keys(imported) == ["people/1", "people/3"]


def test_a_source_that_is_gone_says_so_and_keeps_the_table(imported: Session, table: Path) -> None:
    table.unlink()
    said: list[Any] = []
    refresh(imported, "people/1", done=said.append, failed=said.append)

    assert "There is no file" in said[0].message
    assert keys(imported) == ["people/1"]
    assert list((imported.folder / "work").rglob("*")) == []


def test_a_moved_file_is_found_and_remembered_and_undo_forgets_it(imported: Session, table: Path) -> None:
    moved = table.rename(table.with_name("moved.csv"))
    said: list[Relinked] = []
    relink(imported, "people/1", moved, done=said.append)

    assert said[0].words == f"people.csv was found: {moved}."
    assert imported.project.datasets[0].source["values"]["path"] == str(moved)
    assert refreshed(imported).dataset is None
    imported.undo()
    assert imported.project.datasets[0].source["values"]["path"] == str(table)


def test_a_different_file_is_never_taken(imported: Session, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("name,age\nGrace,50\n")
    before = imported.project
    said: list[Relinked] = []
    relink(imported, "people/1", tmp_path / "other.csv", done=said.append)

    assert said[0].facts is None
    assert "is not the file" in said[0].words
    assert imported.project is before


@pytest.mark.parametrize("start", [refresh, lambda session, key: relink(session, key, Path("x"))])
def test_a_table_that_is_not_there_is_told(session: Session, start: Any) -> None:
    with pytest.raises(CanvasError, match="no table gone/1"):
        start(session, "gone/1")
