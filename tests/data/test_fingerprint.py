"""Rows are called by their values."""

from canvas_app.data.fingerprint import fingerprint


def names(engine, columns, **values):
    table = engine.from_rows(values)
    return engine.fetch(table.select(name=fingerprint(table, columns)))["name"].to_pylist()


def test_equal_rows_have_the_same_name(engine):
    found = names(engine, ["a", "b"], a=[1, 1, 2], b=["x", "x", "x"])

    assert found[0] == found[1] != found[2]
    assert {len(name) for name in found} == {12}


def test_a_blank_differs_from_an_empty_text_and_cells_do_not_run_together(engine):
    found = names(engine, ["a", "b"], a=[None, "", "ab", "a"], b=["", None, "c", "bc"])

    assert len(set(found)) == 4


def test_only_the_columns_that_are_named_count(engine):
    found = names(engine, ["a"], a=[1, 1], b=["x", "y"])

    assert found[0] == found[1]
