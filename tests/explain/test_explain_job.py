"""Analyses are drawn in the background, and come back as values."""

import json

from canvas_app.explain.analysis import gallery
from canvas_app.explain.explain_job import ExplainJob
from canvas_app.jobs.job import Done, Failed, run_inline


def test_figures_survive_the_way_back(folder_of, tmp_path):
    analyses = [unit() for unit in gallery("many-categories")]
    job = ExplainJob.of(folder_of("lightgbm-many"), tmp_path, *analyses)
    outcome = run_inline(job)

    assert isinstance(outcome, Done)
    assert len(outcome.value) == len(analyses)
    assert job.load_result(job.dump_result(outcome.value)) == outcome.value


def test_each_figure_is_told_as_soon_as_it_is_drawn(folder_of, tmp_path):
    told = []

    def listen(done, note="", found=None):
        if found:
            told.append((found["kind"], ExplainJob.figure_of(json.loads(json.dumps(found)))))

    job = ExplainJob.of(folder_of("lightgbm-two"), tmp_path, *(unit() for unit in gallery("two-categories")))
    outcome = run_inline(job, listen)

    assert isinstance(outcome, Done)
    assert tuple(figure for _, figure in told) == outcome.value
    assert [kind for kind, _ in told] == ["column_impact", "dependence", "confusion_matrix", "one_row"]


def test_how_far_it_is_never_goes_back(folder_of, tmp_path):
    shares = []

    def listen(done, note="", found=None):
        if done >= 0:
            shares.append(done)

    run_inline(
        ExplainJob.of(folder_of("lightgbm-two"), tmp_path, *(unit() for unit in gallery("two-categories"))),
        listen,
    )

    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_folder_that_is_not_there_fails_in_words(tmp_path):
    outcome = run_inline(ExplainJob(str(tmp_path / "nothing"), str(tmp_path), ()))

    assert isinstance(outcome, Failed)
    assert outcome.hint
