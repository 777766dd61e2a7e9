from __future__ import annotations

import os
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.freshness import freshness, source_of
from canvas_app.data.import_job import origin_of
from canvas_app.data.source import source_for


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n")
    return path


def test_a_file_that_nobody_touched_is_the_same(file: Path) -> None:
    assert freshness(origin_of(source_for(file))).state == "same"


def test_a_file_that_was_written_again_with_the_same_bytes_is_the_same(file: Path) -> None:
    facts = origin_of(source_for(file))
    os.utime(file, (1, 1))

    assert freshness(facts).state == "same"


@pytest.mark.parametrize("content", ["a\n2\n", "a\n1\n2\n"])
def test_a_file_with_other_bytes_has_changed_and_it_says_what_to_do(file: Path, content: str) -> None:
    facts = origin_of(source_for(file))
    file.write_text(content)
    os.utime(file, (1, 1))
    found = freshness(facts)

    assert found.state == "changed"
    assert "a.csv has changed since" in found.words
    assert "Refresh" in found.words


def test_a_file_that_is_gone_says_so(file: Path) -> None:
    facts = origin_of(source_for(file))
    file.unlink()
    found = freshness(facts)

    assert found.state == "gone"
    assert "There is no file" in found.words
    assert "Find file" in found.words


def test_a_folder_with_another_file_in_it_has_changed(file: Path) -> None:
    facts = origin_of(source_for(file.parent))
    assert freshness(facts).state == "same"
    (file.parent / "b.csv").write_text("a\n2\n")

    assert freshness(facts).state == "changed"


def test_what_an_older_version_remembered_is_enough(file: Path) -> None:
    facts = {name: value for name, value in origin_of(source_for(file)).items() if name != "modified"}

    assert freshness(facts).state == "same"


def test_what_is_no_file_can_only_be_read_again() -> None:
    assert freshness({"kind": "postgres_table", "values": {}}).state == "unknown"


def test_a_table_of_unknown_origin_is_told() -> None:
    with pytest.raises(CanvasError, match="not known where"):
        source_of({})
