"""One row is answered with its reasons, quickly enough to follow typing."""

import time

import pytest

from canvas_app.explain.row_job import ExplainRowJob, explain_row
from canvas_app.jobs.job import Done, run_inline
from tests.explain.model_folders import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_comes_with_the_way_to_it(kind, folder_of):
    row = explain_row(folder_of(kind), {"age": 60, "sex": "female"})

    assert row.figure.marks.kind == "waterfall"
    assert {label.split(" = ")[0] for label in row.figure.marks.labels} == {"decades", "sex"}
    if row.classes:
        assert sum(row.probabilities) == pytest.approx(1)
        assert row.prediction == row.classes[row.probabilities.index(max(row.probabilities))]


def test_steps_lead_from_the_average_to_the_answer(folder_of):
    marks = explain_row(folder_of("lightgbm-number"), {"age": 60, "sex": "female"}).figure.marks

    assert marks.start + sum(marks.steps) == pytest.approx(marks.end, rel=1e-6)


def test_blank_and_strange_values_are_answered_too(folder_of):
    row = explain_row(folder_of("lightgbm-two"), {"age": None, "sex": "someone"})

    assert "sex = someone" in row.figure.marks.labels
    assert any("sex" in note for note in row.notes)


def test_it_survives_the_way_back(folder_of):
    job = ExplainRowJob(str(folder_of("lightgbm-many")), {"age": 30, "sex": "male"})
    outcome = run_inline(job)

    assert isinstance(outcome, Done)
    assert job.load_result(job.dump_result(outcome.value)) == outcome.value


def test_the_next_row_takes_no_time(folder_of):
    folder = folder_of("lightgbm-many")
    explain_row(folder, {"age": 30, "sex": "male"})
    begun = time.perf_counter()
    explain_row(folder, {"age": 31, "sex": "male"})

    assert time.perf_counter() - begun < 0.2
