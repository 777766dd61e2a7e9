"""Which columns fit, and what a join would do to the rows, is told before it runs."""

import pytest

from canvas_app.data.join_doctor import match_keys, suggest_joins

IDS = list(range(1000, 1100))


@pytest.fixture
def customers(engine):
    return engine.from_rows(
        {"id": IDS, "age": [20 + at % 50 for at in range(100)], "town": ["Ulm", "Bonn"] * 50}
    )


@pytest.fixture
def orders(engine):
    rows = range(300)
    return engine.from_rows(
        {
            "order": list(rows),
            "customer_id": [None if at % 30 == 0 else 1000 + at % 98 for at in rows],
            "amount": [at / 7 for at in rows],
        }
    )


def test_the_key_of_the_other_table_is_suggested_first(orders, customers):
    first = suggest_joins(orders, customers)[0]

    assert first.pairs == (("customer_id", "id"),)
    assert first.right_unique
    assert not first.left_unique
    assert first.words == "customer_id fits id: 97 % found, unique on the right"


def test_tables_that_have_nothing_in_common_get_no_suggestion(engine, customers):
    other = engine.from_rows({"word": ["apple", "pear", "plum"], "weight": [0.1, 0.2, 0.3]})

    assert suggest_joins(customers, other) == ()


@pytest.mark.parametrize(("how", "rows"), [("inner", 5), ("left", 6), ("right", 6), ("full", 7)])
def test_the_rows_after_the_join_are_known_before(engine, how, rows):
    left = engine.from_rows({"k": ["a", "a", "b", None]}, {"k": "string"})
    right = engine.from_rows({"k": ["a", "a", "b", "z"]})
    match = match_keys(left, right, [("k", "k")])

    assert match.rows(how) == rows
    assert match.multiplies
    assert any("come several times" in words for words in match.warnings(how))


def test_it_counts_what_the_join_step_gives(engine):
    from canvas_app.flow.steps.join_tables import JoinTables

    left = engine.from_rows({"k": [1, 2, 2, None, 7], "m": ["x", "x", "y", "x", ""]})
    right = engine.from_rows({"k": [1.0, 2.0, 2.0, float("nan"), 7.0], "m": ["x", "x", "x", "x", ""]})
    pairs = [("k", "k"), ("m", "m")]
    match = match_keys(left, right, pairs)
    for how in ("inner", "left", "right", "full"):
        step = JoinTables(pairs=[{"left": a, "right": b} for a, b in pairs], how=how)
        assert match.rows(how) == engine.count(step.apply(left, right, {}))


def test_keys_that_nearly_fit_are_shown(engine):
    left = engine.from_rows({"town": ["berlin ", "BONN", "Hambrug", "Ulm", "Paris"]})
    right = engine.from_rows({"town": ["Berlin", "Bonn", "Hamburg", "Ulm"]})
    match = match_keys(left, right, [("town", "town")])

    assert set(match.near) == {("berlin ", "Berlin"), ("BONN", "Bonn"), ("Hambrug", "Hamburg")}
    assert match.near_by_form
    assert match.share == 0.2


def test_columns_called_alike_are_suggested_though_no_key_fits_to_the_letter(engine):
    left = engine.from_rows({"town": ["BERLIN", "BONN", "ULM", "KIEL", "JENA", "HALLE"]})
    right = engine.from_rows({"town": ["Berlin", "Bonn", "Ulm", "Kiel", "Jena", "Halle"]})
    (match,) = suggest_joins(left, right)

    assert len(match.near) == 6
    assert "No row finds a match." in match.warnings("left")


def test_empty_tables_are_no_trouble(engine):
    empty = engine.from_rows({"k": []}, {"k": "int64"})

    assert suggest_joins(empty, empty) == ()
    assert match_keys(empty, empty, [("k", "k")]).rows("full") == 0


def test_strange_names_are_quoted(engine):
    strange = 'it\'s "a" ]]; DROP TABLE t; --'
    table = engine.from_rows({strange: ["a", "b", "c", "d", "e", "f"]})

    assert suggest_joins(table, table)[0].pairs == ((strange, strange),)
