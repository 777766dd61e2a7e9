"""Rows that are equal come once."""

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.drop_duplicates import DropDuplicates


def test_the_first_of_equal_rows_stays_and_the_order_too(rows, cells):
    table = rows(town=["Ulm", "Bonn", "Ulm", None, None], at=[5, 4, 3, 2, 1])

    assert cells(DropDuplicates(columns=["town"]).apply(table, {})) == {
        "town": ["Ulm", "Bonn", None],
        "at": [5, 4, 2],
    }


def test_by_all_columns_only_equal_rows_go(rows, cells):
    table = rows(town=["Ulm", "Ulm", "Ulm"], at=[1.0, 2.0, 1.0])

    assert cells(DropDuplicates(by="all").apply(table, {})) == {"town": ["Ulm", "Ulm"], "at": [1.0, 2.0]}


def test_blank_and_not_a_number_equal_themselves(rows, cells):
    table = rows(x=[float("nan"), None, float("nan"), None])

    assert len(cells(DropDuplicates(by="all").apply(table, {}))["x"]) == 2


def test_all_columns_need_none_chosen(rows):
    schema = schema_of(rows(a=[1]))

    assert DropDuplicates(by="all").check(schema) == ()
    assert [problem.field for problem in DropDuplicates().check(schema)] == ["columns"]


def test_a_name_that_it_works_with_is_told(rows):
    problems = DropDuplicates(by="all").check(schema_of(rows(__came=[1])))

    assert ["__came" in problem.message for problem in problems] == [True]
