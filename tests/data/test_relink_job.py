from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_app.data.import_job import origin_of
from canvas_app.data.relink_job import Relinked, RelinkJob
from canvas_app.data.source import source_for
from canvas_app.jobs.job import Done, Failed, run_inline


@pytest.fixture
def facts(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "sales.csv").write_text("a\n1\n")
    return origin_of(source_for(tmp_path / "sales.csv"))


def found(facts: dict[str, Any], place: Path) -> Relinked:
    outcome = run_inline(RelinkJob(facts, str(place)))
    assert isinstance(outcome, Done)
    return RelinkJob.load_result(RelinkJob.dump_result(outcome.value))


def test_a_file_is_known_by_its_bytes_under_another_name(facts: dict[str, Any], tmp_path: Path) -> None:
    moved = (tmp_path / "sales.csv").rename(tmp_path / "renamed.csv")
    relinked = found(facts, moved)

    assert relinked.facts is not None
    assert relinked.facts["values"]["path"] == str(moved)
    assert relinked.facts["sha256"] == facts["sha256"]
    assert relinked.words == f"sales.csv was found: {moved}."


def test_a_folder_is_searched_for_it(facts: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "sales.csv").write_text("a\n2\n")
    (tmp_path / "sales.csv").rename(tmp_path / "deep" / "er" / "x.csv")
    relinked = found(facts, tmp_path / "deep")

    assert relinked.facts is not None
    assert relinked.facts["values"]["path"] == str(tmp_path / "deep" / "er" / "x.csv")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a\n2\n", "it is as large, but holds something else"),
        ("a\n10\n", "it has 5 bytes instead of 4 bytes"),
    ],
)
def test_a_different_file_is_said_to_be_different(
    facts: dict[str, Any], tmp_path: Path, content: str, why: str
) -> None:
    (tmp_path / "other.csv").write_text(content)

    assert found(facts, tmp_path / "other.csv") == Relinked(
        None, f"other.csv is not the file that this table was read from: {why}."
    )


def test_a_folder_without_it_says_so(facts: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "other.csv").write_text("something longer\n")

    assert found(facts, tmp_path / "in").words == f"No file in {tmp_path / 'in'} has the size of sales.csv."


def test_a_moved_folder_of_files_is_found(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "old" / name).write_text(f"x\n{name}\n")
    folder, pattern = (
        origin_of(source_for(tmp_path / "old")),
        origin_of(source_for(tmp_path / "old" / "*.csv")),
    )
    new = (tmp_path / "old").rename(tmp_path / "new")

    for facts, path in ((folder, new), (pattern, new / "*.csv")):
        relinked = found(facts, new)
        assert relinked.facts is not None
        assert relinked.facts["values"]["paths"] == [str(path)]


def test_what_was_no_file_has_nothing_to_find(facts: dict[str, Any], tmp_path: Path) -> None:
    outcome = run_inline(RelinkJob({**facts, "sha256": ""}, str(tmp_path)))

    assert isinstance(outcome, Failed)
