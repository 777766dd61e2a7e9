"""Whatever the target's type and whatever the rows, figures say what pandas says of the same test rows."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_app.base.numerals import number
from canvas_app.explain.analyses.actual_against_predicted import ActualAgainstPredicted
from canvas_app.explain.analyses.column_impact import ColumnImpact
from canvas_app.explain.analyses.confusion_matrix import ConfusionMatrix
from canvas_app.explain.analyses.dependence import Dependence
from canvas_app.explain.analyses.one_row import OneRow
from canvas_app.explain.brought import handed_on
from canvas_app.explain.effects import Effects
from canvas_app.explain.explained import ExplainedModel
from canvas_app.explain.reading import read_categories, read_curve
from canvas_app.explain.row_job import explain_row
from canvas_app.explain.smooth import Curve, smooth
from canvas_app.jobs.job import Quiet
from canvas_app.runtime.estimators import load_estimator
from canvas_app.runtime.predictor import Predictor
from tests.explain.conftest import TARGETS
from tests.explain.model_folders import KINDS

FEW = settings(max_examples=40, deadline=None, database=None)
CATEGORIES = [name for name, kind in KINDS.items() if kind.classes]
each_target = pytest.mark.parametrize("target", TARGETS)
heights = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@pytest.fixture
def typed(folder_with_target, tmp_path):
    """A model whose target column has that type."""
    return lambda target: ExplainedModel(folder_with_target(target), tmp_path / f"{target}-cache", Quiet())


def kept_rows(model: ExplainedModel) -> pd.DataFrame:
    """The test rows of a model, as pandas reads them."""
    return pd.read_parquet(model.folder / "test.parquet")


@each_target
def test_every_type_of_target_is_counted(target, typed):
    model = typed(target)
    marks = ConfusionMatrix().draw(model, Quiet()).marks
    rows = kept_rows(model)
    places = {label: at for at, label in enumerate(sorted({*rows["__actual"]}))}
    counted = pd.crosstab(rows["__actual"].map(places), rows["__prediction"].map(places))

    assert marks.rows == marks.columns == TARGETS[target][1]
    assert np.array(marks.counts).tolist() == counted.to_numpy().tolist()


@each_target
def test_the_reading_tells_the_share_that_is_right(target, typed):
    model = typed(target)
    rows = kept_rows(model)
    right = (rows["__actual"] == rows["__prediction"]).mean()

    assert ConfusionMatrix().draw(model, Quiet()).reading.startswith(f"{100 * right:.1f} %")


@each_target
@pytest.mark.parametrize("row", [1, 17, 240])
def test_every_row_of_every_type_of_target_is_led_to_what_was_said(target, row, typed):
    model = typed(target)
    figure = OneRow(row=row).draw(model, Quiet())
    said = model.test.said[row - 1]

    assert said in TARGETS[target][1]
    assert f"said {said} with" in figure.subtitle
    assert f"was {model.test.was[row - 1]}" in figure.subtitle
    assert figure.marks.start + sum(figure.marks.steps) == pytest.approx(figure.marks.end)


@each_target
def test_without_a_choice_the_most_frequent_answer_is_looked_at(target, typed):
    model = typed(target)
    figure = Dependence().draw(model, Quiet())
    frequent = pd.Series(model.test.was).mode()
    shown = set(frequent) if len(model.outputs) > 1 else set(model.outputs)

    assert any(f"SHAP value for {label} ·" in figure.subtitle for label in shown)


@each_target
def test_a_row_that_is_typed_is_answered_in_the_words_of_the_contract(target, folder_with_target):
    answered = explain_row(folder_with_target(target), {"age": 60, "sex": "female"})

    assert answered.classes == TARGETS[target][1]
    assert answered.prediction in answered.classes
    assert answered.prediction in answered.figure.subtitle


@pytest.mark.parametrize("kind", CATEGORIES)
def test_the_most_frequent_mistake_is_the_largest_count_beside_the_diagonal(kind, explained):
    model = explained(kind)
    figure = ConfusionMatrix().draw(model, Quiet())
    counts = np.array(figure.marks.counts)
    wrong = counts - np.diag(np.diag(counts))

    assert [row[1:] for row in figure.rows] == [tuple(line) for line in counts.tolist()]
    assert f"{wrong.max()} time" in figure.reading
    was, said = np.unravel_index(wrong.argmax(), wrong.shape)
    if (wrong == wrong.max()).sum() == 1:
        assert f"class {was} taken for class {said}" in figure.reading


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "constant-two"])
def test_impact_is_the_mean_size_of_the_effects(kind, explained):
    model = explained(kind)
    figure = ColumnImpact().draw(model, Quiet())
    sizes = {
        name: np.mean([np.abs(model.effects.values[:, at, output]).mean() for output in range(outputs)])
        for outputs in [len(model.outputs)]
        for at, name in enumerate(model.effects.columns)
    }

    assert {name: size for name, _, size in figure.rows} == pytest.approx(sizes)
    assert dict(zip(figure.marks.labels, figure.marks.values, strict=True)) == pytest.approx(
        {name: size / sum(sizes.values()) for name, size in sizes.items()}
    )


@pytest.mark.parametrize("kind", ["lightgbm-two", "forest-many", "linear-two", "lightgbm-number"])
def test_the_line_beside_names_is_the_mean_that_pandas_takes(kind, explained):
    model = explained(kind)
    towards = model.outputs[-1]
    figure = Dependence(column="sex", towards=towards).draw(model, Quiet())
    frame = pd.DataFrame(figure.rows, columns=["sex", "effect"])

    assert dict(zip(figure.marks.x_ticks, figure.marks.line_y, strict=True)) == pytest.approx(
        frame.groupby("sex")["effect"].mean().to_dict()
    )
    assert frame["effect"].to_numpy() == pytest.approx(model.effects.values[:, 1, -1])
    assert frame["sex"].tolist() == kept_rows(model)["sex"].tolist()


@pytest.mark.parametrize("kind", ["xgboost-two", "forest-two", "lightgbm-number"])
def test_dots_of_numbers_are_the_values_and_effects_of_their_rows(kind, explained):
    model = explained(kind)
    marks = Dependence(column="decades").draw(model, Quiet()).marks
    age = kept_rows(model)["age"]

    assert marks.x == pytest.approx((age.dropna() / 10).tolist())
    assert marks.y == pytest.approx(model.effects.values[age.notna().to_numpy(), 0, 0])


def test_how_far_off_the_answers_are_is_what_pandas_finds(explained):
    model = explained("lightgbm-number")
    rows = kept_rows(model)
    off = (rows["__prediction"] - rows["__actual"]).abs()
    words = ActualAgainstPredicted().draw(model, Quiet()).reading

    assert f"at most {number(off.quantile(0.5))}," in words
    assert f"at most {number(off.quantile(0.9))}." in words


@pytest.mark.parametrize(("by", "word"), [(3.0, "high"), (-3.0, "low")])
def test_answers_that_lean_to_one_side_are_told_so(by, word, explained, monkeypatch):
    model = explained("lightgbm-number")
    leaning = tuple(value + by for value in model.test.was)
    monkeypatch.setattr(model, "test", type(model.test)(model.test.asked, leaning, model.test.was, None))

    words = ActualAgainstPredicted().draw(model, Quiet()).reading
    assert f"too {word} by {number(3.0)}" in words


@pytest.mark.parametrize("kind", KINDS)
def test_base_and_effects_are_the_margin_also_of_rows_unlike_those_learned_from(kind, explained, folder_of):
    draw, folder = np.random.default_rng(7), folder_of(kind)
    ages = [None if at % 5 == 0 else float(age) for at, age in enumerate(draw.normal(0, 500, 60))]
    sexes = draw.choice(np.array(["female", "male", "someone", "", None], dtype=object), 60).tolist()
    table = pa.table({"age": pa.array(ages, pa.float64()), "sex": pa.array(sexes, pa.string())})
    estimator = load_estimator(folder, json.loads((folder / "model.json").read_text("utf-8")))
    _, effects = explained(kind).explain(table)

    assert effects.margin == pytest.approx(
        estimator.margins(Predictor(folder).matrix(table)), rel=1e-4, abs=1e-5
    )


@FEW
@given(
    seed=st.integers(0, 2**32 - 1),
    made_from=st.dictionaries(
        st.sampled_from("abcd"), st.lists(st.sampled_from(["x", "y", "z", "a"]), unique=True).map(tuple)
    ),
)
def test_handing_effects_on_loses_none(seed, made_from):
    values = np.random.default_rng(seed).normal(size=(5, 4, 2))
    effects = Effects(tuple("abcd"), values, np.array([0.5, -1.0]), "log-odds")
    handed = handed_on(effects, made_from, ("x", "y", "z"))

    assert handed.margin == pytest.approx(effects.margin)
    assert len(set(handed.columns)) == len(handed.columns)
    assert set(handed.columns) == {name for made in "abcd" for name in (made_from.get(made) or (made,))}


@FEW
@given(
    slope=st.floats(-5, 5),
    level=st.floats(-5, 5),
    x=st.lists(st.integers(-50, 50), min_size=3, max_size=80).filter(lambda x: len(set(x)) >= 3),
)
def test_a_smooth_line_through_a_straight_line_is_that_line(slope, level, x):
    places = np.array(x, dtype=float)
    curve = smooth(places, slope * places + level)

    assert curve.y == pytest.approx([slope * place + level for place in curve.x], abs=1e-6)
    assert list(curve.x) == sorted(curve.x)
    assert min(x) <= curve.x[0] <= curve.x[-1] <= max(x)


@FEW
@given(heights=st.lists(heights, min_size=1, max_size=30), overall=st.floats(0, 1e6))
def test_any_curve_can_be_read_out(heights, overall):
    curve = Curve(tuple(map(float, range(len(heights)))), tuple(heights))
    words = read_curve("age", "the chance", curve, overall=overall)

    assert words.endswith(".")
    assert "age" in words
    assert "nan" not in words


@FEW
@given(means=st.lists(heights, min_size=1, max_size=9))
def test_the_value_that_lifts_most_is_the_one_of_the_largest_mean(means):
    names = [f"value{at}" for at in range(len(means))]
    words = read_categories("the chance", names, means)

    if len(set(means)) > 1:
        first = words.split(" ", 1)[0]
        assert means[names.index(first)] in (max(means), min(means))
    else:
        assert "hardly" in words


@FEW
@given(value=st.floats(-1e15, 1e15).filter(lambda value: not value or abs(value) > 1e-12))
def test_a_number_as_it_is_written_is_the_number_to_three_digits(value):
    read = float(number(value).replace("\u00a0", "").replace("−", "-"))

    assert read == pytest.approx(value, rel=0.0051, abs=1e-300)
    assert math.copysign(1, read) == math.copysign(1, value) or not value
