from __future__ import annotations

from typing import Any, get_args

import pytest

from canvas_app.data.engine import Engine
from canvas_app.data.library_samples import LIBRARY_SAMPLES
from canvas_app.data.sources.library_sample import LibrarySampleTable


@pytest.mark.parametrize(
    ("name", "rows", "columns", "answers"),
    [
        ("iris", 150, 5, {"setosa", "versicolor", "virginica"}),
        ("wine", 178, 14, {"class_0", "class_1", "class_2"}),
        ("breast_cancer", 569, 31, {"malignant", "benign"}),
        ("digits", 1797, 65, set(range(10))),
    ],
)
def test_a_table_has_its_rows_and_its_classes_by_name(
    name: Any, rows: int, columns: int, answers: set[Any], engine: Engine
) -> None:
    source = LibrarySampleTable(name=name)
    table = engine.fetch(source.scan(engine).table)

    assert (table.num_rows, table.num_columns) == (rows, columns)
    assert set(table[source.sample.target].to_pylist()) == answers


def test_measures_are_in_their_own_units(engine: Engine) -> None:
    table = engine.fetch(LibrarySampleTable(name="diabetes").scan(engine).table)

    assert table["age"].to_pylist()[:3] == [59.0, 48.0, 72.0]
    assert table["progression"].to_pylist()[:3] == [151.0, 75.0, 141.0]


def test_a_table_with_several_answers_has_them_all(engine: Engine) -> None:
    table = engine.fetch(LibrarySampleTable(name="linnerud").scan(engine).table)

    assert table.column_names == ["Chins", "Situps", "Jumps", "Weight", "Waist", "Pulse"]


@pytest.mark.parametrize("sample", LIBRARY_SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_that_is_offered_is_there_and_says_where_it_is_from(sample: Any, engine: Engine) -> None:
    source = LibrarySampleTable(name=sample.name)

    assert sample.target in source.scan(engine).table.columns
    assert source.subject() == sample.title
    assert source.origin() == {"from": sample.origin}
    assert sample.description.endswith(("?", "."))


def test_all_that_can_be_chosen_are_offered() -> None:
    choices = get_args(LibrarySampleTable.model_fields["name"].annotation)

    assert list(choices) == [sample.name for sample in LIBRARY_SAMPLES]
