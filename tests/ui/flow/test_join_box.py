"""The inspector of a join says how the columns fit, and offers those that do."""

import pytest
from PySide6.QtWidgets import QPushButton

from canvas_app.data.engine import Engine
from canvas_app.flow.steps.join_tables import JoinTables
from canvas_app.ui.flow.join_box import JoinBox, advice_on


@pytest.fixture
def engine(tmp_path):
    with Engine(scratch=tmp_path / "scratch", memory="500MB", threads=1) as engine:
        yield engine


@pytest.fixture
def tables(engine):
    orders = engine.from_rows({"customer": [1001 + at % 20 for at in range(60)], "amount": [0.5] * 60})
    customers = engine.from_rows(
        {"id": [1001 + at for at in range(20)], "name": [f"n{at}" for at in range(20)]}
    )
    return orders, customers


@pytest.fixture
def box(qtbot):
    box = JoinBox()
    qtbot.addWidget(box)
    box.show()
    return box


def buttons(box):
    return [item for item in box.offers if isinstance(item, QPushButton)]


def test_columns_that_fit_are_one_click_away(box, tables, qtbot):
    unit = JoinTables()
    box.show_unit(unit)
    box.show_advice(advice_on(unit, *tables))
    (offer,) = buttons(box)
    with qtbot.waitSignal(box.pairs_wanted) as wanted:
        offer.click()

    assert wanted.args == [(("customer", "id"),)]
    assert "unique on the right" in offer.toolTip()


def test_chosen_columns_are_judged_and_a_flood_of_rows_is_told(box, tables):
    orders, customers = tables
    unit = JoinTables(pairs=[{"left": "id", "right": "customer"}])
    box.show_unit(unit)
    box.show_advice(advice_on(unit, customers, orders))

    assert box.words.text() == "id fits customer: 100 % found, unique on the left"
    assert "20 rows become 60" in box.warning.text()
    assert buttons(box) == []


def test_it_is_for_joins_alone(box):
    box.show_unit(object())

    assert box.isHidden()
