"""Columns that name rows are found."""

import pytest

from canvas_app.data.findings.identifier_column import IdentifierColumn

ROWS = range(40)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("code", [f"c{at}" for at in ROWS]),
        ("row", list(ROWS)),
        ("customer_id", [at * 7919 for at in ROWS]),
    ],
)
def test_names_of_rows(looked, name, values):
    assert [item.column for item in looked(IdentifierColumn(), **{name: values})] == [name]


@pytest.mark.parametrize(
    "values",
    [
        [at * 7919 for at in ROWS],
        [at / 7 for at in ROWS],
        [f"{'a sentence about something ' * 3}{at}" for at in ROWS],
        [f"2024-01-{1 + at % 28:02d} 0{at // 28}:00" for at in ROWS],
        [f"{1950 + at}-01" for at in ROWS],
        ["x", *map(str, ROWS[1:]), "x"],
    ],
)
def test_measures_sentences_dates_and_repeated_values_name_no_rows(looked, values):
    assert looked(IdentifierColumn(), value=values) == []
