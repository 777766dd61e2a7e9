from __future__ import annotations

from canvas_app.data.samples import SAMPLES


def test_every_sample_says_where_it_is_from_and_may_be_shipped() -> None:
    for sample in SAMPLES:
        assert sample.path.is_file()
        assert all((sample.title, sample.target, sample.licence, sample.source, sample.description))


def test_the_samples_cover_every_kind_of_answer() -> None:
    assert {sample.problem for sample in SAMPLES} == {"two-categories", "many-categories", "number"}
