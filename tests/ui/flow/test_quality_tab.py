"""What is worth a look in the columns of a table."""

from __future__ import annotations

import pytest

from canvas_app.data.profile import ColumnProfile
from canvas_app.ui.flow.quality_tab import QualityTab, quality_rows

CALM = ColumnProfile("fare", "number", rows=100, blanks=0, distinct=100)


@pytest.mark.parametrize(
    ("profile", "what"),
    [
        (ColumnProfile("gone", "text", 100, 100, 0), "No values at all"),
        (ColumnProfile("ship", "text", 100, 0, 1), "The same value in every row"),
        (ColumnProfile("ticket", "text", 100, 0, 100), "Another value in every row"),
        (ColumnProfile("age", "number", 100, 20, 60), "20 blanks, 20 % of the rows"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_thing_is_told_with_what_helps(profile, what):
    (row,) = quality_rows((CALM, profile))

    assert (row.column, row.what) == (profile.name, what)
    assert row.help


@pytest.mark.parametrize(
    "profile",
    [
        CALM,
        ColumnProfile("few", "text", 5, 0, 5),
        ColumnProfile("guessed", "text", 2_000_000, 0, 2_000_000, estimated=True),
        ColumnProfile("nothing", "text", 0, 0, 0),
        ColumnProfile("single", "text", 1, 0, 1),
    ],
    ids=lambda profile: profile.name,
)
def test_what_is_usual_is_not_told(profile):
    assert quality_rows((profile,)) == ()


def test_the_most_blank_comes_first():
    few, many = ColumnProfile("few", "text", 100, 2, 9), ColumnProfile("many", "text", 100, 80, 9)

    assert [row.column for row in quality_rows((few, many))] == ["many", "few"]


def test_a_table_without_troubles_is_said_to_be_so(qtbot):
    tab = QualityTab()
    qtbot.addWidget(tab)
    tab.show_profiles((CALM,))

    assert tab.message.text().startswith("Nothing stands out")
    assert tab.table.rowCount() == 0
    tab.show_profiles((ColumnProfile("ship", "text", 100, 0, 1),))
    assert tab.table.item(0, 0).text() == "ship"
