"""A row is answered alike alone, in a table and in a file, whatever its cells hold."""

from __future__ import annotations

import csv
import datetime
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from canvas_app.runtime.contract import Contract, InputColumn
from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.predictor import Predictor
from canvas_app.runtime.recipe import Recipe
from tests.any_values import STRANGE, quickly, same
from tests.small_model import COLUMNS, small_rows, write_small_model

ASKED = (
    InputColumn("c", "text", "VARCHAR"),
    InputColumn(STRANGE, "number", "DOUBLE"),
    InputColumn("w", "whole", "BIGINT"),
    InputColumn("d", "time", "TIMESTAMP"),
    InputColumn("b", "switch", "BOOLEAN"),
    InputColumn("money", "number", "DECIMAL(10, 2)"),
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\t",
            "\u00a0",
            "x",
            "7",
            " 7 ",
            "\u00a07\t",
            "3.5",
            "1e3",
            "1_000",
            "-0",
            "nan",
            "true",
            "No",
            "2024-02-29",
            " 2024-02-29 10:30 ",
            "1969-12-31T23:59:59.5",
            "9" * 30,
            "٣",
            "'; --",
        ]
    ),
    st.text("0123456789.eE+- ", max_size=6),
)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "texts": TEXTS,
    "numbers": st.one_of(st.floats(), st.sampled_from([0.0, -0.0, 3.0, 2.5, 1e14, 1e15, 1e20, 2.0**63])),
    "wholes": st.integers(-(2**63), 2**63 - 1),
    "switches": st.booleans(),
    "days": st.dates(),
    "moments": st.datetimes().map(lambda at: at.replace(fold=0)),
}


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return Recipe(None, ASKED)


@pytest.mark.parametrize("kind", CELLS)
@given(data=st.data())
@quickly(8)
def test_any_cell_means_the_same_in_one_row_and_in_a_table(recipe: Recipe, kind: str, data: st.DataObject):
    cell = data.draw(st.one_of(st.none(), CELLS[kind]))
    for item in ASKED:
        row = {**dict.fromkeys((other.name for other in ASKED), None), item.name: cell}
        alone = recipe.row(row).to_pylist()
        among = recipe.fit(pa.table({name: pa.array([value]) for name, value in row.items()})).to_pylist()
        assert same(alone, among), (item.name, cell)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3.0, "3"),
        (2.5, "2.5"),
        (1e14, "100000000000000"),
        (1e20, "1e+20"),
        (-0.0, "0"),
        (True, "true"),
        (7, "7"),
    ],
)
def test_a_number_asked_for_as_text_is_written_alike(recipe: Recipe, number: Any, text: str):
    row = {**dict.fromkeys((item.name for item in ASKED), None), "c": number}
    table = pa.table({name: pa.array([value]) for name, value in row.items()})

    assert recipe.row(row).column("c").to_pylist() == [text]
    assert recipe.fit(table).column("c").to_pylist() == [text]


@pytest.fixture(scope="module")
def predictor(model: Path) -> Predictor:
    return Predictor(model)


CITY = st.one_of(st.none(), st.sampled_from([*(COLUMNS[2].categories or ()), "Rom", "köln", "", "12"]))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "age": st.one_of(st.none(), st.floats()),
            "visits": st.one_of(st.none(), st.integers(-99, 99)),
            "city": CITY,
        }
    ),
    min_size=1,
    max_size=5,
)
TYPES = pa.schema([("age", pa.float64()), ("visits", pa.int64()), ("city", pa.string())])


@given(ROWS)
@example([{"age": None, "visits": None, "city": None}])
@quickly(10)
def test_every_row_has_an_answer_and_the_same_one_wherever_it_stands(predictor: Predictor, rows: list[Any]):
    table = pa.Table.from_pylist(rows, schema=TYPES)
    many = predictor.answer(table)
    turned = predictor.answer(table.take(list(range(len(rows)))[::-1]))

    assert len(many.prediction) == len(rows)
    assert turned.prediction == many.prediction[::-1]
    assert many.probabilities is not None
    np.testing.assert_allclose(many.probabilities.sum(axis=1), 1)
    for at, row in enumerate(rows):
        one = predictor.answer_row(row)
        assert one.prediction == many.prediction[at : at + 1]
        np.testing.assert_array_equal(one.probabilities, many.probabilities[at : at + 1])
        assert one.prediction[0] == many.classes[int(many.probabilities[at].argmax())]


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@given(ROWS.filter(lambda rows: all(row["city"] != "" for row in rows)))
@quickly(6)
def test_a_file_of_rows_is_answered_as_its_rows_are(predictor: Predictor, place: Path, rows: list[Any]):
    expected = predictor.answer(pa.Table.from_pylist(rows, schema=TYPES))
    parquet.write_table(pa.Table.from_pylist(rows, schema=TYPES), place / "a.parquet")
    with (place / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", *TYPES.names])
        writer.writeheader()
        writer.writerows({"id": f"row {at}", **row} for at, row in enumerate(rows))
    for name in ("a.csv", "a.parquet"):
        predictor.answer_file(place / name, place / "out.parquet")
        answers = parquet.read_table(place / "out.parquet")
        assert answers["prediction"].to_pylist() == expected.prediction
        assert answers["probability_yes"].to_pylist() == expected.columns()["probability_yes"].to_pylist()


def test_a_category_given_as_a_number_is_known_by_its_text(tmp_path: Path):
    """Postcodes and the like: the table says 3.0 where the model has learned from "3"."""
    folder = write_small_model(tmp_path / "model")
    contract = json.loads((folder / "contract.json").read_text("utf-8"))
    contract["columns"][2]["categories"] = ["3", "true"]
    (folder / "contract.json").write_text(json.dumps(contract), "utf-8")
    predictor = Predictor(folder)

    for value in (3.0, 3, "3", True, None):
        row = {"age": 40.0, "visits": 1, "city": value}
        assert (
            predictor.answer_row(row).notes
            == predictor.answer(pa.table({k: [v] for k, v in row.items()})).notes
            == ()
        )
    assert "not seen" in predictor.answer_row({"age": 40.0, "visits": 1, "city": 4.0}).notes[0]


@pytest.mark.parametrize(
    "names", [("prediction",), ("prediction", "prediction_input"), ("probability_no", "PREDICTION")]
)
def test_columns_called_like_an_answer_step_aside(predictor: Predictor, place: Path, names: tuple[str, ...]):
    rows = small_rows(3)
    for name in names:
        rows = rows.append_column(name, pa.array([f"{name} {at}" for at in range(3)]))
    parquet.write_table(rows, place / "a.parquet")
    done = predictor.answer_file(place / "a.parquet", place / "out.parquet")
    answers = parquet.read_table(place / "out.parquet")

    assert len(set(answers.column_names)) == len(answers.column_names)
    assert answers["prediction"].to_pylist() == predictor.answer(small_rows(3)).prediction
    for name in names:
        kept = [
            column
            for column in answers.column_names
            if answers[column].to_pylist() == [f"{name} {at}" for at in range(3)]
        ]
        assert len(kept) == 1
        assert kept == [name] or any(f"{name} of the file is called {kept[0]}" in note for note in done.notes)


@pytest.mark.parametrize(
    ("label_type", "classes", "labels"),
    [
        ("text", ("no", "yes"), ["no", "yes"]),
        ("switch", ("false", "true"), [False, True]),
        ("whole", ("1", "2"), [1, 2]),
        ("number", ("0.5", "1.5"), [0.5, 1.5]),
    ],
)
def test_answers_have_the_type_of_the_column_that_was_learned(
    tmp_path: Path, label_type: str, classes: tuple[str, ...], labels: list[Any]
):
    folder = write_small_model(tmp_path / "model")
    contract = json.loads((folder / "contract.json").read_text("utf-8"))
    (folder / "contract.json").write_text(
        json.dumps({**contract, "classes": classes, "label_type": label_type}), "utf-8"
    )
    answer = Predictor(folder).answer(small_rows(60))

    assert sorted(set(answer.prediction)) == labels
    assert answer.columns()["prediction"].to_pylist() == answer.prediction


def test_the_features_of_rows_can_be_asked_for(predictor: Predictor):
    matrix = predictor.matrix(small_rows(10))

    assert matrix.shape == (10, 3)
    with pytest.raises(BundleError, match="lack"):
        predictor.matrix(small_rows(10).drop_columns(["age"]))


CONTRACT = Contract(
    target=STRANGE,
    problem="two-categories",
    columns=(
        InputColumn(STRANGE, "text", "VARCHAR", ("a", ""), "a"),
        InputColumn("at", "time", "TIMESTAMP", None, "2024-01-01", None, None),
        InputColumn("n", "number", "DOUBLE", None, 1.5, -1.0, 2.0),
    ),
    classes=("no", "yes"),
    notes=("A filter is passed over.",),
    made_from={"n": ("n", "at")},
)


def test_a_contract_comes_back_from_its_file(tmp_path: Path):
    (tmp_path / "contract.json").write_text(json.dumps(CONTRACT.to_json()), "utf-8")

    assert Contract.read(tmp_path) == CONTRACT
    assert CONTRACT.names == (STRANGE, "at", "n")


@pytest.mark.parametrize("lacking", ["target", "problem", "columns"])
def test_a_contract_that_lacks_something_is_refused(tmp_path: Path, lacking: str):
    saved = CONTRACT.to_json()
    del saved[lacking]
    (tmp_path / "contract.json").write_text(json.dumps(saved), "utf-8")

    with pytest.raises(BundleError, match="holds no model") as caught:
        Contract.read(tmp_path)
    assert caught.value.hint


def test_what_an_old_contract_does_not_say_has_a_meaning(tmp_path: Path):
    saved = {name: CONTRACT.to_json()[name] for name in ("target", "problem", "columns")}

    assert Contract.from_json(saved).label_type == "text"
    assert Contract.from_json(saved).made_from == {}


def test_a_contract_of_tomorrow_is_refused():
    with pytest.raises(BundleError, match="newer"):
        Contract.from_json({**CONTRACT.to_json(), "format": 99})


def test_a_day_asked_for_as_a_moment_is_its_midnight(recipe: Recipe):
    row = {**dict.fromkeys((item.name for item in ASKED), None), "d": datetime.date(1969, 12, 31)}

    assert recipe.fitted_row(row)["d"] == datetime.datetime(1969, 12, 31)
