from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from canvas_app.base.errors import Cancelled
from canvas_app.data.engine import Engine
from canvas_app.data.files import sha256_of
from canvas_app.data.import_job import ImportJob
from canvas_app.data.samples import SAMPLES
from canvas_app.data.source import SOURCES, source_for
from canvas_app.jobs.job import Done, Failed, Stopped, run_inline


class Listening:
    """A report that remembers, and asks to stop after some calls."""

    enough = False

    def __init__(self, stop_after: int = 10**9) -> None:
        self.said: list[tuple[float, str]] = []
        self._stop_after = stop_after

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        self.said.append((done, note))
        if len(self.said) >= self._stop_after:
            raise Cancelled


def import_of(path: Path, folder: Path) -> ImportJob:
    return ImportJob.of(source_for(path), folder, name="table")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_is_imported_under_the_hash_of_its_bytes(sample: Any, tmp_path: Path) -> None:
    outcome = run_inline(import_of(sample.path, tmp_path))

    assert isinstance(outcome, Done)
    dataset = outcome.value
    blob = tmp_path / f"{dataset.blob}.parquet"
    assert sha256_of(blob) == dataset.blob
    assert blob.stat().st_size == dataset.size
    assert list(tmp_path.iterdir()) == [blob]
    assert sample.target in dataset.schema
    assert dataset.source["sha256"] == sha256_of(sample.path)
    assert SOURCES.load({key: dataset.source[key] for key in ("kind", "version", "values")}).path


def test_the_rows_are_all_there_in_their_order(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "a.csv"
    path.write_text("n\n" + "\n".join(map(str, range(200_000))) + "\n")
    outcome = run_inline(import_of(path, tmp_path / "data"))

    assert isinstance(outcome, Done)
    table = engine.fetch(engine.read_parquet(tmp_path / "data" / f"{outcome.value.blob}.parquet"))
    assert outcome.value.rows == 200_000
    assert table["n"].to_pylist() == list(range(200_000))


def test_rows_that_do_not_fit_lie_beside_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 50_000 + "1,2,3\n" + "x,3\n")
    outcome = run_inline(import_of(path, tmp_path / "data"))

    assert isinstance(outcome, Done)
    assert outcome.value.rows == 50_001
    assert len(outcome.value.notes) == 2
    rejected = tmp_path / "data" / f"{outcome.value.blob}.rejected.csv"
    assert '50002,too many values,"1,2,3"' in rejected.read_text()
    assert len(list((tmp_path / "data").iterdir())) == 2


def test_progress_only_grows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "123456,some words of text\n" * 400_000)
    listening = Listening()
    run_inline(import_of(path, tmp_path / "data"), listening)
    done = [share for share, _ in listening.said]

    assert done == sorted(done)
    assert listening.said[0] == (0.0, "Looking at a.csv")


def test_a_stopped_import_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "123456,some words of text\n" * 1_000_000)

    assert run_inline(import_of(path, tmp_path / "data"), Listening(stop_after=2)) == Stopped()
    assert list((tmp_path / "data").iterdir()) == []


def test_a_file_that_is_no_table_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(os.urandom(64) + b"\0" * 64)
    outcome = run_inline(import_of(tmp_path / "a.csv", tmp_path / "data"))

    assert isinstance(outcome, Failed)
    assert "is not a text file" in outcome.message
    assert list((tmp_path / "data").iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    outcome = run_inline(import_of(tmp_path / "gone.csv", tmp_path / "data"))

    assert isinstance(outcome, Failed)
    assert "There is no file" in outcome.message


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "data").write_text("in the way")

    assert isinstance(run_inline(import_of(tmp_path / "a.csv", tmp_path / "data")), Failed)


def test_the_job_travels_to_its_child_and_its_result_back(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    packed = pickle.dumps(import_of(tmp_path / "a.csv", tmp_path / "data"))
    job = pickle.loads(packed)  # (noqa: house) as the pool does
    outcome = run_inline(job)

    assert isinstance(outcome, Done)
    assert ImportJob.load_result(ImportJob.dump_result(outcome.value)) == outcome.value


def test_a_full_disk_is_named_by_the_project_and_needs_little_more_than_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "small.csv"
    table.write_text("a,b\n1,2\n")
    room = [500_000]
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=room[0]))
    job = ImportJob.of(source_for(table), tmp_path / "work" / "0123abcd", project="/somewhere/Ships")

    said = run_inline(job)
    assert isinstance(said, Failed)
    assert said.message == (
        "The disk of the project /somewhere/Ships is full. It needs 1.0 MB, and 500 KB are left."
    )
    room[0] = 1_100_000
    assert isinstance(run_inline(job), Done)
