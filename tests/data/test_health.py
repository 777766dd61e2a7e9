"""A table's health is told in one report."""

import random

import pytest

from canvas_app.base.errors import Cancelled
from canvas_app.data.health import health
from canvas_app.data.health_job import HealthJob
from canvas_app.jobs.job import Done, run_inline

CHANCE = random.Random(5)
ROWS = 300
WON = [CHANCE.random() < 0.4 for _ in range(ROWS)]
TABLE = {
    "age": [None if at % 10 == 0 else CHANCE.gauss(40, 10) + 5 * won for at, won in enumerate(WON)],
    "town": [CHANCE.choice(["Ulm", "Bonn"]) for _ in range(ROWS)],
    "won": ["yes" if won else "no" for won in WON],
}


def test_without_a_target_it_tells_blanks_duplicates_and_what_is_fine(engine):
    report = health(engine.from_rows({"a": [1, 1, None, 2], "b": ["x", "x", "y", "z"]}))

    assert (report.rows, report.columns, report.duplicates) == (4, 2, 1)
    assert report.missing == 1 / 8
    assert "no constant columns" in report.clear
    assert report.quick is None
    assert report.powers == ()


def test_with_a_target_it_tells_how_well_that_is_predicted(engine):
    report = health(engine.from_rows(TABLE), "won")

    assert [power.column for power in report.powers] == ["age", "town"]
    assert report.metric == "AUC"
    assert report.quick is not None
    assert (report.quick.rows, report.quick.folds, report.quick.columns) == (ROWS, 3, 2)
    assert dict(report.target_shares)["yes"] == pytest.approx(sum(WON) / ROWS)


def test_a_number_is_told_by_parts_of_its_range(engine):
    report = health(engine.from_rows(TABLE), "age")

    assert report.metric == "R²"
    assert sum(share for _, share in report.target_shares) == pytest.approx(1.0)


def test_the_worst_comes_first(engine):
    found = health(engine.from_rows({"a": [1] * 30, "b": [None] * 29 + [1], "c": list(range(30))})).found

    assert [item.severity for item in found] == sorted(
        (item.severity for item in found), key=["high", "medium", "low"].index
    )


@pytest.mark.parametrize("target", ["gone", "names"])
def test_a_target_that_cannot_be_predicted_is_no_failure(engine, target):
    report = health(engine.from_rows({"names": [f"n{at}" for at in range(50)]}), target)

    assert report.quick is None
    assert bool(report.why_not) == (target == "names")


def test_the_job_remembers_its_report(engine, tmp_path):
    path = tmp_path / "abc.parquet"
    engine.write_parquet(engine.from_rows(TABLE), path)
    job = HealthJob(str(path), "won", cache=str(tmp_path / "cache"))
    first = run_inline(job)
    path.unlink()

    assert isinstance(first, Done)
    assert run_inline(job) == first
    assert HealthJob.load_result(HealthJob.dump_result(first.value)) == first.value


def test_a_damaged_memory_counts_as_none(engine, tmp_path):
    path = tmp_path / "abc.parquet"
    engine.write_parquet(engine.from_rows({"a": [1, 2]}), path)
    job = HealthJob(str(path), cache=str(tmp_path / "cache"))
    first = run_inline(job)
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text("{")

    assert run_inline(job) == first


def test_it_can_be_stopped(engine):
    class Stop:
        enough = False

        def __call__(self, done, note="", found=None):
            raise Cancelled

    with pytest.raises(Cancelled):
        health(engine.from_rows(TABLE), "won", report=Stop())
