"""An open table shows its rows, its profile, its relations, and charts; nothing is computed unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QTableWidget

from canvas_app.base.spec import Condition
from canvas_app.data.chart_kind import CHARTS
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.data.chart_view import chart_of_pair
from canvas_app.ui.data.open_table import TABS, OpenTable
from tests.ui.data.conftest import Kept

PROFILE, RELATIONS, CHART = 1, 2, 3


@pytest.fixture
def opened(qtbot: Any, lane: PreviewLane, runner: UiPool, people: Kept) -> Iterator[OpenTable]:
    made = OpenTable(lane, runner)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    with qtbot.waitSignal(made.grid.shown):
        made.show_file(people.path, people.schema, {})
    yield made
    made.clear()


def test_it_begins_with_the_rows(opened: OpenTable) -> None:
    assert opened.tabs.currentIndex() == 0
    assert opened.grid.isVisible()
    assert [opened.tabs.tabText(at) for at in range(4)] == list(TABS)


def test_a_column_is_shown_in_full(qtbot: Any, opened: OpenTable) -> None:
    opened.tabs.setCurrentIndex(PROFILE)
    view = opened.profile
    qtbot.waitUntil(lambda: view.details.found is not None and len(view.columns.columns.profiles) == 5)
    assert view.details.title.text() == "age"

    view.choose("town")
    qtbot.waitUntil(lambda: view.details.found is not None and view.details.found.name == "town")
    titles = [
        table.accessibleName() for table in view.details.findChildren(QTableWidget) if table.isVisible()
    ]
    assert titles == ["Measured", "Most frequent values", "Shapes"]


def test_columns_are_found_by_a_part_of_their_name(qtbot: Any, opened: OpenTable) -> None:
    opened.tabs.setCurrentIndex(PROFILE)
    view = opened.profile
    view.search.setText("OW")
    assert view.columns.columns.schema.names == ("town",)
    qtbot.waitUntil(lambda: view.details.found is not None and view.details.found.name == "town")

    view.search.setText("nothing like it")
    assert view.details.about.text() == "No column is called so."


def test_a_stretch_that_is_drawn_leads_to_its_rows(qtbot: Any, opened: OpenTable) -> None:
    opened.tabs.setCurrentIndex(PROFILE)
    view = opened.profile
    qtbot.waitUntil(lambda: view.details.found is not None)
    view.details.brush.choose(0, 9)
    assert view.details.chosen.text() == "20 to 29: 10 rows (25 %)"

    view.details.show_rows.click()
    qtbot.waitUntil(lambda: opened.grid.model.rowCount() == 10)
    assert opened.tabs.currentIndex() == 0
    assert opened.grid.bar.filter_line.conditions == (
        Condition(column="age", operator="at least", value="19.5"),
        Condition(column="age", operator="less than", value="29.5"),
    )


def test_pairs_are_measured_and_told(opened: OpenTable, qtbot: Any) -> None:
    opened.tabs.setCurrentIndex(RELATIONS)
    view = opened.relations
    qtbot.waitUntil(lambda: view.heat.figure is not None)
    assert view.pairs.item(0).text() == "pay almost completely rises where age rises (Spearman 1.00)."
    assert not view.draw.isEnabled()

    view.choose_target("town")
    qtbot.waitUntil(lambda: view.bars.figure is not None)
    assert view.bars.isVisible()
    assert view.bars.figure is not None
    assert view.bars.figure.rows[0][0] in ("age", "pay")


def test_a_pair_of_the_map_is_drawn(opened: OpenTable, qtbot: Any) -> None:
    opened.tabs.setCurrentIndex(RELATIONS)
    view = opened.relations
    qtbot.waitUntil(lambda: view.heat.figure is not None)
    view.heat.picked.emit("age × town")
    assert view.pairs.currentItem().text().startswith("age and town")

    view.draw.click()
    qtbot.waitUntil(lambda: opened.charts.chart.figure is not None)
    assert opened.tabs.currentIndex() == CHART
    assert opened.charts.chart.title.text() == "age by town"


def test_a_chart_follows_its_form(opened: OpenTable, qtbot: Any) -> None:
    opened.tabs.setCurrentIndex(CHART)
    view = opened.charts
    qtbot.waitUntil(lambda: view.chart.figure is not None)
    assert view.chart.title.text() == "How pay is spread"

    view.form.editor("colour_by").edited.emit("town")
    qtbot.waitUntil(lambda: view.chart.figure.marks.series == ("Bonn", "Ulm"))
    view.kinds.picked.emit("bar")
    qtbot.waitUntil(lambda: view.chart.title.text() == "Rows by town")


def test_a_chart_says_what_it_still_needs(opened: OpenTable, qtbot: Any) -> None:
    opened.tabs.setCurrentIndex(CHART)
    view = opened.charts
    view.show_chart(CHARTS["scatter"]())
    assert view.chart.subtitle.text() == "Choose the column that goes across."

    view.show_chart(CHARTS["bar"].read({"column": "town", "measure": "mean"}))
    qtbot.waitUntil(
        lambda: "A column is missing. Choose one." in [one.text() for one in view.findChildren(QLabel)]
    )


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [("age", "pay", "scatter"), ("town", "member", "bar"), ("age", "town", "box"), ("town", "pay", "box")],
)
def test_two_columns_are_drawn_by_what_suits_their_types(
    people: Kept, left: str, right: str, kind: str
) -> None:
    assert chart_of_pair(people.schema, left, right).spec.kind == kind


def test_names_of_all_kinds_are_shown_as_they_are(
    qtbot: Any, lane: PreviewLane, runner: UiPool, odd: Kept
) -> None:
    made = OpenTable(lane, runner)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    made.show_file(odd.path, odd.schema, {})
    made.tabs.setCurrentIndex(PROFILE)
    qtbot.waitUntil(lambda: made.profile.details.found is not None)
    assert made.profile.details.title.text() == "$\\unknowncmd$"

    made.tabs.setCurrentIndex(RELATIONS)
    qtbot.waitUntil(lambda: made.relations.heat.figure is not None)
    made.relations.heat.picked.emit('<img src=x> × a "b" × c')
    assert "<img src=x>" in made.relations.pairs.currentItem().text()
    made.relations.draw.click()
    qtbot.waitUntil(lambda: made.charts.chart.figure is not None)
    assert not made.grab().isNull()
    made.clear()


def test_what_is_left_is_computed_no_longer(qtbot: Any, opened: OpenTable, lane: PreviewLane) -> None:
    for at in (PROFILE, CHART, 0):
        opened.tabs.setCurrentIndex(at)
    qtbot.waitUntil(lambda: not lane.busy())

    assert opened.charts.chart.figure is None
    opened.tabs.setCurrentIndex(CHART)
    qtbot.waitUntil(lambda: opened.charts.chart.figure is not None)
