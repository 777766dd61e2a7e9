"""A damaged project comes back from its backup by one command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from canvas_app.project.backups import newest_backup


@pytest.fixture
def project(canvas: Callable, tmp_path: Path, samples: Path) -> Path:
    """A project with one table, opened and closed only by the command that filled it."""
    assert canvas("new", tmp_path / "project", "--name", "Ships").code == 0
    assert canvas("import", tmp_path / "project", samples / "titanic.csv").code == 0
    return tmp_path / "project"


def test_a_damaged_project_is_restored_from_the_backup_its_first_closing_made(
    canvas: Callable, project: Path
):
    (project / "project.db").write_bytes(b"damaged")
    refused = canvas("run", project)
    assert refused.code == 1
    assert f"canvas-app restore {project}" in refused.err

    restored = canvas("restore", project, "--json")
    assert restored.code == 0
    assert restored.facts["name"] == "Ships"
    assert [path.read_bytes() for path in (project / "backups").glob("replaced-*.db")] == [b"damaged"]


def test_imports_of_one_minute_all_come_back(canvas: Callable, project: Path, samples: Path):
    for number in range(2, 5):
        assert canvas("import", project, samples / "titanic.csv", "--name", f"ships {number}").code == 0
    (project / "project.db").write_bytes(b"damaged")
    restored = canvas("restore", project)

    assert restored.code == 0
    assert f"Ships in {project} is as it was on " in restored.out
    assert "4 edits, 4 tables, 0 models" in restored.out
    assert f"kept in {project / 'backups'}" in restored.out
    assert "missing" not in restored.out


def test_what_an_older_backup_lacks_is_named(canvas: Callable, project: Path, tmp_path: Path):
    older = project / "backups" / "project-2026-01-05-120000.db"
    newest_backup(project).path.rename(older)
    table = tmp_path / "later.csv"
    table.write_text("age,ship\n3,A\n4,B\n")
    assert canvas("import", project, table).code == 0
    restored = canvas("restore", project, "--backup", older.name, "--json").facts

    assert (restored["edits"], restored["tables"], len(restored["not_in_it"])) == (1, 1, 1)
    assert (project / restored["not_in_it"][0]).is_file()


def test_a_whole_project_goes_back_only_to_a_backup_that_is_named(canvas: Callable, project: Path):
    refused = canvas("restore", project)
    assert refused.code == 1
    assert "is not damaged" in refused.err
    assert "There are: project-" in canvas("restore", project, "--backup", "other.db").err
    assert canvas("restore", project, "--backup", newest_backup(project).path.name).code == 0


def test_where_there_is_no_backup_that_is_said(canvas: Callable, tmp_path: Path):
    ran = canvas("restore", tmp_path)

    assert ran.code == 1
    assert "There is no backup" in ran.err
