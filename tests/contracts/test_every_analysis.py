"""Promises that every analysis keeps, present and future."""

import math

import pytest

from canvas_app.explain.analysis import ANALYSES, EVERY_PROBLEM, gallery
from canvas_app.explain.explained import ExplainedModel
from canvas_app.jobs.job import Quiet
from canvas_app.ui.charts.save import save_figure
from tests.explain.model_folders import KINDS, write_model

MODELS = {
    "two-categories": "lightgbm-two",
    "many-categories": "lightgbm-many",
    "number": "lightgbm-number",
}
CASES = [(unit, problem) for unit in ANALYSES for problem in unit.spec.problems]
every_analysis = pytest.mark.parametrize("unit", list(ANALYSES), ids=lambda unit: unit.spec.kind)
every_case = pytest.mark.parametrize(
    ("unit", "problem"), CASES, ids=[f"{unit.spec.kind}-{problem}" for unit, problem in CASES]
)


@pytest.fixture(scope="module")
def model_for(tmp_path_factory):
    made = {}

    def model(problem: str) -> ExplainedModel:
        if problem not in made:
            place = tmp_path_factory.mktemp("analyses")
            folder = write_model(place / "model", KINDS[MODELS[problem]])
            made[problem] = ExplainedModel(folder, place / "cache", Quiet())
        return made[problem]

    return model


@every_analysis
def test_its_example_survives_a_save(unit):
    assert ANALYSES.load(ANALYSES.dump(unit.example())) == unit.example()


@every_analysis
def test_its_help_is_one_sentence(unit):
    assert unit.__doc__.endswith(".")
    assert len(unit.__doc__) <= 90


@every_analysis
def test_it_asks_a_question(unit):
    assert unit.spec.question.endswith("?")
    assert unit.spec.title
    assert unit.spec.problems


@every_case
def test_it_draws_without_parameters_and_with_those_of_its_example(unit, problem, model_for):
    for analysis in (unit(), unit.example()):
        figure = analysis.draw(model_for(problem), Quiet())

        assert figure.title
        assert figure.subtitle
        assert figure.reading
        assert all(len(row) == len(figure.header) for row in figure.rows)
        assert not any(isinstance(cell, float) and math.isnan(cell) for row in figure.rows for cell in row)


@every_case
def test_its_figure_can_be_saved(unit, problem, model_for, tmp_path):
    figure = unit().draw(model_for(problem), Quiet())
    save_figure(figure, tmp_path / "figure.svg")
    save_figure(figure, tmp_path / "figure.csv")

    assert (tmp_path / "figure.svg").stat().st_size > 1000
    assert (tmp_path / "figure.csv").read_text("utf-8").count("\n") >= 1 + len(figure.rows)


@every_case
def test_it_draws_the_same_twice(unit, problem, model_for):
    first, second = (unit().draw(model_for(problem), Quiet()) for _ in range(2))

    assert first == second


def test_every_problem_has_a_gallery():
    for problem in EVERY_PROBLEM:
        assert len(gallery(problem)) >= 4
