"""Effects of a recipe's columns reach the columns that a row brings, whole and in equal shares."""

import numpy as np
import pytest

from canvas_app.explain.analyses.column_impact import ColumnImpact
from canvas_app.explain.analyses.dependence import Dependence
from canvas_app.explain.analyses.one_row import OneRow
from canvas_app.explain.brought import handed_on, sharing
from canvas_app.explain.effects import Effects
from canvas_app.explain.explained import ExplainedModel
from canvas_app.explain.row_job import explain_row
from canvas_app.jobs.job import Quiet

MADE_FROM = {
    "Age": ("Age",),
    "Age_was_blank": ("Age",),
    "Family": ("SibSp", "Parch"),
    "day": (),
}
BROUGHT = ("SibSp", "Age", "Parch")


@pytest.fixture
def effects() -> Effects:
    values = np.arange(16, dtype=float).reshape(2, 4, 2) - 5
    return Effects(tuple(MADE_FROM), values, np.array([0.5, -0.5]), "log-odds")


def test_parts_still_add_up_to_the_margin(effects):
    assert handed_on(effects, MADE_FROM, BROUGHT).margin == pytest.approx(effects.margin)


def test_what_comes_from_one_column_is_added_to_it_and_from_several_shared(effects):
    found = handed_on(effects, MADE_FROM, BROUGHT)
    was = effects.values

    assert found.columns == ("SibSp", "Age", "Parch", "day")
    assert found.values[:, 1] == pytest.approx(was[:, 0] + was[:, 1])
    assert found.values[:, 0] == pytest.approx(was[:, 2] / 2)
    assert found.values[:, 2] == pytest.approx(was[:, 2] / 2)
    assert found.values[:, 3] == pytest.approx(was[:, 3])


@pytest.mark.parametrize(
    ("made_from", "about", "words"),
    [
        (MADE_FROM, None, "Family's part is shared by SibSp and Parch."),
        (MADE_FROM, ["Parch"], "Family's part is shared by SibSp and Parch."),
        (MADE_FROM, ["Age"], ""),
        ({"x": ("a", "b", "c", "d")}, None, "x's part is shared by a, b and 2 more."),
        (
            {"x": ("a", "b"), "y": ("a", "c")},
            None,
            "The parts of x and y are shared by the columns they are made from.",
        ),
        ({}, None, ""),
    ],
)
def test_sharing_is_told(made_from, about, words):
    assert sharing(made_from, about) == words


@pytest.mark.parametrize("kind", ["lightgbm-number", "lightgbm-many", "forest-two", "linear-two"])
def test_a_model_is_explained_by_what_a_row_brings(kind, folder_made_from, explained, tmp_path):
    made = {"decades": ["age", "sex"], "sex": ["sex"]}
    model = ExplainedModel(folder_made_from(kind, made), tmp_path / "cache", Quiet())

    assert model.effects.columns == ("age", "sex")
    assert model.effects.margin == pytest.approx(explained(kind).effects.margin)
    assert model.shown.column("age").to_pylist() == model.test.asked.column("age").to_pylist()


def test_every_picture_names_the_columns_of_a_row_and_says_what_is_shared(folder_made_from, tmp_path):
    folder = folder_made_from("lightgbm-two", {"decades": ["age", "sex"], "sex": ["sex"]})
    model = ExplainedModel(folder, tmp_path / "cache", Quiet())
    clause = "decades's part is shared by age and sex."
    impact, age, row = (
        unit.draw(model, Quiet()) for unit in (ColumnImpact(), Dependence(column="age"), OneRow(row=1))
    )

    assert set(impact.marks.labels) == {"age", "sex"}
    assert age.marks.x_label == "age"
    assert max(age.marks.x) > 18
    assert all(figure.reading.endswith(clause) for figure in (impact, age, row))


def test_a_typed_row_is_explained_by_the_fields_of_its_form(folder_made_from):
    folder = folder_made_from("lightgbm-two", {"decades": ["age"], "sex": ["sex"]})
    figure = explain_row(folder, {"age": 60, "sex": "female"}).figure

    assert set(figure.marks.labels) == {"age = 60", "sex = female"}
    assert figure.marks.start + sum(figure.marks.steps) == pytest.approx(figure.marks.end)
    assert "88 in 100" in figure.reading
