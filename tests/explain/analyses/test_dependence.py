"""The effect of a column against its values: numbers, names, and words."""

import numpy as np
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.explain.analyses.dependence import Dependence
from canvas_app.jobs.job import Quiet


def test_numbers_get_a_line_and_blanks_are_counted(explained):
    figure = Dependence(column="decades").draw(explained("lightgbm-number"), Quiet())

    assert figure.marks.x_label == "decades"
    assert figure.marks.line_y[-1] > figure.marks.line_y[0]
    assert figure.reading.endswith("14 blanks not drawn.")
    assert len(figure.marks.x) == 226


def test_names_stand_side_by_side_with_their_means(explained):
    model = explained("lightgbm-two")
    figure = Dependence(column="sex").draw(model, Quiet())
    effects = model.effects.values[:, 1, 0]
    female = np.array([value == "female" for value in model.test.asked.column("sex").to_pylist()])

    means = dict(zip(figure.marks.x_ticks, figure.marks.line_y, strict=True))
    assert means["female"] == pytest.approx(effects[female].mean())
    said, _, unit = figure.reading.partition(". ")
    assert said == "female lifts the chance of class 1 most; male pulls it down most"
    assert unit == "Log-odds: 0 is even chances, +2 is about 88 in 100."


def test_dots_of_a_name_stay_near_its_place(explained):
    marks = Dependence(column="sex").draw(explained("lightgbm-two"), Quiet()).marks

    assert all(abs(x - round(x)) <= 0.3 for x in marks.x)
    assert {round(x) for x in marks.x} == {0, 1}


def test_a_number_of_two_values_is_shown_like_names(explained, monkeypatch):
    import pyarrow as pa

    model = explained("lightgbm-two")
    shown = model.shown.set_column(0, "decades", pa.array([None, 1, 0] * 80))
    monkeypatch.setattr(model, "shown", shown)
    marks = Dependence(column="decades").draw(model, Quiet()).marks

    assert marks.x_ticks == ("0", "1", "blank")


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("lightgbm-two", "effect, log-odds"),
        ("forest-two", "effect, probability"),
        ("lightgbm-number", "effect, in outcome"),
    ],
)
def test_the_axis_of_effects_names_their_unit(kind, label, explained):
    assert Dependence(column="sex").draw(explained(kind), Quiet()).marks.y_label == label


def test_left_empty_it_takes_the_column_of_the_largest_impact(explained):
    model = explained("lightgbm-two")
    figure = Dependence().draw(model, Quiet())

    assert figure.title == f"How {next(iter(model.effects.impact()))} moves the prediction"


def test_of_many_answers_one_can_be_chosen(explained):
    model = explained("lightgbm-many")
    figure = Dependence(column="decades", towards="class 2").draw(model, Quiet())

    assert "class 2" in figure.subtitle
    assert [effect for _, effect in figure.rows] == pytest.approx(model.effects.values[:, 0, 2])


@pytest.mark.parametrize("wrong", [{"column": "height"}, {"towards": "class 9"}])
def test_what_is_not_there_is_said_at_its_field(explained, wrong):
    with pytest.raises(CanvasError) as caught:
        Dependence(**wrong).draw(explained("lightgbm-many"), Quiet())

    assert caught.value.where.field == next(iter(wrong))
    assert caught.value.hint


def test_texts_that_are_all_different_are_read_by_their_words(folder_of, tmp_path):
    import json
    import shutil

    import pyarrow as pa
    from pyarrow import parquet

    from canvas_app.explain.explained import ExplainedModel

    folder = tmp_path / "model"
    shutil.copytree(folder_of("lightgbm-two"), folder)
    contract = json.loads((folder / "contract.json").read_text("utf-8"))
    contract["columns"][1]["categories"] = None
    (folder / "contract.json").write_text(json.dumps(contract), "utf-8")
    table = parquet.read_table(str(folder / "test.parquet"))
    titles = [f"{'Mrs' if at % 2 else 'Mr'} Number {chr(97 + at % 26) * (2 + at // 26)}" for at in range(240)]
    parquet.write_table(table.set_column(1, "sex", pa.array(titles)), str(folder / "test.parquet"))
    figure = Dependence(column="sex").draw(ExplainedModel(folder, tmp_path / "cache", Quiet()), Quiet())

    assert set(figure.marks.x_ticks) >= {"mr", "mrs", "number"}
    assert figure.marks.x_label == "words in sex"
