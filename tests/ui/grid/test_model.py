from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.profile import profile
from canvas_app.ui.grid.model import BLOCK, PAGE, Place, RowsPage, TableModel, fetch_page
from canvas_app.ui.grid.table_source import Marks, ParquetTable


@pytest.fixture
def model(engine: Engine, tmp_path: Path) -> TableModel:
    """A table of 1,000 rows whose first page is here."""
    rows = engine.from_rows({"n": list(range(1000)), "t": ["a", None] * 500})
    engine.write_parquet(rows, tmp_path / "a.parquet")
    model = TableModel()
    first = fetch_page(engine, ParquetTable(tmp_path / "a.parquet"), Marks(), Place(0), ())
    model.start(schema_of(rows), Marks(), first, 1000)
    return model


def test_a_cell_that_is_here_shows_its_text(model: TableModel) -> None:
    assert model.data(model.index(5, 0)) == "5"
    assert model.data(model.index(1, 1)) == "blank"
    assert model.data(model.index(1, 1), TableModel.BLANK) is True
    assert model.data(model.index(5, 0), TableModel.AWAITED) is False


def test_a_cell_that_is_not_here_waits_and_its_page_is_asked_for(model: TableModel) -> None:
    asked: list[list[Place]] = []
    model.wanted.connect(asked.append)

    assert model.data(model.index(700, 0), TableModel.AWAITED) is True
    assert model.data(model.index(700, 0)) is None
    model.look_at(0, 20, [0, 1])
    model.look_at(590, 610, [0, 1])
    model.look_at(595, 615, [0, 1])
    assert asked == [[Place(2), Place(3)]]


def test_numbers_stand_at_the_right(model: TableModel) -> None:
    right, left = (model.data(model.index(0, place), Qt.ItemDataRole.TextAlignmentRole) for place in (0, 1))

    assert right & Qt.AlignmentFlag.AlignRight
    assert left & Qt.AlignmentFlag.AlignLeft


def test_pages_looked_at_longest_ago_are_let_go_of(engine: Engine) -> None:
    model = TableModel()
    wide = engine.from_rows({f"c{i}": [1] for i in range(600)})
    page = RowsPage(tuple(["1"] * PAGE for _ in range(BLOCK)))
    model.start(schema_of(wide), Marks(), page, 100_000)
    for number in range(1, 200):
        model.keep(Place(number), page)

    assert model.data(model.index(0, 0), TableModel.AWAITED) is True
    assert model.data(model.index(199 * PAGE, 0)) == "1"


def test_of_many_columns_those_that_are_looked_at_are_asked_for(engine: Engine) -> None:
    model, asked = TableModel(), []
    wide = engine.from_rows({f"c{i}": [1] for i in range(600)})
    model.start(schema_of(wide), Marks(), RowsPage(tuple(["1"] for _ in range(BLOCK))), 1)
    model.wanted.connect(asked.extend)
    model.look_at(0, 0, [500, 0, 501])
    model.keep(Place(0, 500 // BLOCK), RowsPage(tuple([str(i)] for i in range(BLOCK))))

    assert asked == [Place(0, 500 // BLOCK)]
    assert model.data(model.index(0, 500)) == str(500 % BLOCK)


def test_a_column_is_known_by_a_part_of_its_name(engine: Engine) -> None:
    model = TableModel()
    table = engine.from_rows({"my age": [1], "Age": [1], "age of car": [1]})
    model.start(schema_of(table), Marks(), RowsPage((["1"],) * 3), 1)

    assert [model.section_of(text) for text in ("age", "AGE O", "y", "my age", "zz")] == [1, 2, 0, 0, None]


def test_cells_that_a_step_changed_are_marked(engine: Engine, tmp_path: Path) -> None:
    before, after = tmp_path / "before.parquet", tmp_path / "after.parquet"
    engine.write_parquet(engine.from_rows({"a": [1, None, 3], "b": ["x", "y", "z"]}), before)
    engine.write_parquet(engine.from_rows({"a": [1, 2, 3], "b": ["x", "y", "Z"], "c": [1, 1, 1]}), after)
    marks = Marks(new=frozenset({"c"}), before=ParquetTable(before))

    page = fetch_page(engine, ParquetTable(after), marks, Place(0), ())

    assert page.changed == (frozenset({1}), frozenset({2}), frozenset())


def test_the_header_tells_in_words_what_it_shows(model: TableModel, engine: Engine) -> None:
    model.learn(profile(engine.from_rows({"n": [1, 2, 2, None]})))
    words = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleDescriptionRole)

    assert words.splitlines() == [
        "n, whole number",
        "1 blank (25 % of the rows)",
        "2 different values",
        "from 1 to 2",
        "mean 1.667",
    ]


def test_rows_are_numbered_from_one(model: TableModel) -> None:
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"
