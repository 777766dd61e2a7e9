"""Rows are answered in their order, and what is wrong with them is told in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.predictor import Predictor
from tests.small_model import small_rows, write_small_model

ROW = {"age": 70.0, "visits": 8, "city": "Köln"}


@pytest.fixture(scope="module")
def predictor(model: Path) -> Predictor:
    return Predictor(model)


def test_every_row_gets_an_answer_and_probabilities_that_add_up(predictor: Predictor):
    answer = predictor.answer(small_rows(50))
    columns = answer.columns()

    assert set(answer.prediction) == {"no", "yes"}
    assert list(columns) == ["prediction", "probability_no", "probability_yes"]
    assert answer.probabilities is not None
    assert np.allclose(answer.probabilities.sum(axis=1), 1)
    assert answer.notes == ()


def test_one_row_is_answered_as_in_a_table(predictor: Predictor):
    rows = small_rows(40, seed=3)
    many = predictor.answer(rows)
    for at, row in enumerate(rows.to_pylist()):
        one = predictor.answer_row(row)
        assert one.prediction == [many.prediction[at]]
        assert many.probabilities is not None
        assert one.probabilities == pytest.approx(many.probabilities[at : at + 1], abs=1e-12)


def test_missing_columns_are_named_in_one_error(predictor: Predictor):
    with pytest.raises(BundleError) as caught:
        predictor.answer(pa.table({"AGE": [1.0], "x": [2]}))

    assert caught.value.message == "The rows lack columns that the model needs: age, visits, city."
    assert "'AGE' may be 'age'" in caught.value.hint
    with pytest.raises(BundleError, match="lack a column that the model needs: city"):
        predictor.answer_row({"age": 1.0, "visits": 2})


def test_what_did_not_fit_is_counted(predictor: Predictor):
    rows = pa.table(
        {"age": ["40", "old", ""], "visits": ["1", "2", "3"], "city": ["Bonn", "Rom", None], "id": [1, 2, 3]}
    )

    assert predictor.answer(rows).notes == (
        "1 value of age was no number, taken as blank.",
        "1 row had a value of city that the model has not seen.",
        "Not needed for the answer: id.",
    )
    assert predictor.answer_row({"age": "old", "visits": 1, "city": "Rom"}).notes == (
        "1 value of age was no number, taken as blank.",
        "1 row had a value of city that the model has not seen.",
    )


def test_texts_are_answered_as_the_numbers_that_they_mean(predictor: Predictor):
    said = predictor.answer_row({"age": " 70 ", "visits": "8", "city": "Köln"})

    assert said.columns()["probability_yes"] == predictor.answer_row(ROW).columns()["probability_yes"]


def test_a_file_is_answered_with_its_columns_first(predictor: Predictor, tmp_path: Path):
    (tmp_path / "rows.csv").write_text(
        "id,age,visits,city,prediction\n007,70,8,Köln,?\n008,20,1,Rom,?\n", "utf-8"
    )
    done = predictor.answer_file(tmp_path / "rows.csv", tmp_path / "answers.parquet")
    table = parquet.read_table(tmp_path / "answers.parquet")

    assert done.rows == 2
    assert table.column_names == [
        "id",
        "age",
        "visits",
        "city",
        "prediction_input",
        "prediction",
        "probability_no",
        "probability_yes",
    ]
    assert table["id"].to_pylist() == ["007", "008"]
    assert table["prediction"].to_pylist() == ["yes", "no"]
    assert "The column prediction of the file is called prediction_input beside the answers." in done.notes


def test_files_longer_than_one_piece_are_answered_whole(predictor: Predictor, tmp_path: Path):
    rows = small_rows(60_000, seed=1)
    parquet.write_table(rows, tmp_path / "rows.parquet")
    told: list[float] = []
    done = predictor.answer_file(
        tmp_path / "rows.parquet", tmp_path / "a.csv", lambda share, note: told.append(share)
    )

    assert done.rows == 60_000
    assert told == [pytest.approx(50_000 / 60_000), 1.0]
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 60_001


def test_a_file_without_rows_has_answers_without_rows(predictor: Predictor, tmp_path: Path):
    (tmp_path / "rows.csv").write_text("age,visits,city\n")
    predictor.answer_file(tmp_path / "rows.csv", tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")

    assert table.num_rows == 0
    assert table.schema.field("probability_yes").type == pa.float64()


def test_a_file_that_lacks_columns_leaves_nothing_behind(predictor: Predictor, tmp_path: Path):
    (tmp_path / "rows.csv").write_text("age,visits\n1,2\n")

    with pytest.raises(BundleError, match="lack a column"):
        predictor.answer_file(tmp_path / "rows.csv", tmp_path / "a.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_numbers_are_answered_as_numbers(tmp_path: Path):
    said = Predictor(write_small_model(tmp_path, "number")).answer_row(ROW)

    assert said.probabilities is None
    assert list(said.columns()) == ["prediction"]
    assert said.prediction[0] == pytest.approx(70 * 10 + 8 * 50, rel=0.1)


@pytest.mark.parametrize("name", ["contract.json", "encoder.json", "model.json", "model.txt"])
def test_a_broken_model_is_refused_in_words(tmp_path: Path, name: str):
    write_small_model(tmp_path)
    (tmp_path / name).write_text("{")

    with pytest.raises(BundleError) as caught:
        Predictor(tmp_path)
    assert caught.value.hint
