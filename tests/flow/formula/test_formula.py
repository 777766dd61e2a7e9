"""The language of formulas: what it computes, and how it says what is wrong."""

import datetime
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from canvas_app.data.engine import schema_of
from canvas_app.flow.formula import FUNCTIONS, FormulaError, columns_of, compile_formula, formula_problem

A = [4, -9, 0, None]
X = [0.5, 2.0, math.inf, math.nan]
S = [" Ab ", "ß😀", "", None]
D = [datetime.date(2024, 2, 29), datetime.date(1999, 12, 31), None, datetime.date(2020, 1, 1)]
STRANGE = 'a ]b" ; DROP'


@pytest.fixture
def table(rows):
    return rows({"a": A, "x": X, "s": S, "d": D, "yes": [True, False, None, True], STRANGE: [1, 2, 3, 4]})


@pytest.fixture
def value(table, engine):
    """What a formula gives for the four rows."""

    def compute(formula: str) -> list:
        return engine.fetch(table.select(value=compile_formula(formula, table))).to_pydict()["value"]

    return compute


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ^ 3 ^ 2", 512),
        ("-2 ^ 2", -4),
        ("2 ^ -1", 0.5),
        ("7 % 4 - 10 / 4", 0.5),
        ("1 - 2 - 3", -4),
        ("1e3 + .5", 1000.5),
        ("not 1 = 2 and 2 > 1 or false", True),
        ("1 <> 2", True),
        ("if(1 <= 2, 'it''s', \"no\")", "it's"),
        ('"a ""b""" & 1 & 2.5', 'a "b"12.5'),
        ("TRUE and Not FALSE", True),
        ("1000000 * 1000000 * 1000000 * 1000000", 1e24),
    ],
)
def test_signs_bind_as_in_a_spreadsheet(value, formula, expected):
    assert value(formula) == [expected] * 4


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_the_example_of_every_function_computes(value, function):
    assert value(function.example)[0] is not None
    assert function.signature.startswith(f"{function.name}(")
    assert function.help.endswith(".")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a / 0", [None] * 4),
        ("a % 0", [None] * 4),
        ("1 / a", [0.25, -1 / 9, None, None]),
        ("sqrt(a)", [2.0, None, 0.0, None]),
        ("a ^ 0.5", [2.0, None, 0.0, None]),
        ("ln(a)", [math.log(4), None, None, None]),
        ("log10(a)", [math.log10(4), None, None, None]),
        ("exp(a * 1000)", [None, 0.0, 1.0, None]),
        ("floor(x)", [0.0, 2.0, math.inf, pytest.approx(math.nan, nan_ok=True)]),
        ("round(x * 1000000000000000000)", [5e17, 2e18, math.inf, pytest.approx(math.nan, nan_ok=True)]),
        ("abs(a)", [4, 9, 0, None]),
        ("min(a, 0)", [0, -9, 0, 0]),
        ("max(a, [" + STRANGE.replace("]", "]]") + "])", [4, 2, 3, 4]),
        ("upper(s)", [" AB ", "ẞ😀", "", None]),
        ("trim(s)", ["Ab", "ß😀", "", None]),
        ("length(s)", [4, 2, 0, None]),
        ("left(s, 2)", [" A", "ß😀", "", None]),
        ("right(s, 2)", ["b ", "ß😀", "", None]),
        ("left(s, -1)", ["", "", "", None]),
        ("contains(s, 'A')", [True, False, False, None]),
        ("replace(s, 'b', '''')", [" A' ", "ß😀", "", None]),
        ("isblank(s)", [False, False, True, True]),
        ("isblank(x)", [False, False, False, True]),
        ("coalesce(a, 7)", [4, -9, 0, 7]),
        ("s & a", [" Ab 4", "ß😀-9", "0", ""]),
        ("text(x)", ["0.5", "2", "inf", "nan"]),
        ("number(text(a))", [4.0, -9.0, 0.0, None]),
        ("number(s)", [None] * 4),
        ("if(a > 0, 'up', blank)", ["up", None, None, None]),
        ("if(yes, a, x)", [4.0, 2.0, math.inf, None]),
        ("d > '2000-01-01'", [True, False, None, True]),
        ("year(d) * 100 + month(d)", [202402, 199912, None, 202001]),
        ("weekday(d)", [4, 5, None, 3]),
        ("days_between(date('2024-02-27'), d)", [2, -8824, None, -1518]),
        ("left('abc', a)", ["abc", "", "", None]),
        ("blank = yes", [None] * 4),
        ("date(s)", [None] * 4),
        ("left(s, 1e300)", [" Ab ", "ß😀", "", None]),
        ("if(isblank(d), date('2000-01-01'), d)", [D[0], D[1], datetime.date(2000, 1, 1), D[3]]),
    ],
)
def test_edges_give_blanks_and_never_stop_the_query(value, formula, expected):
    assert value(formula) == expected


def test_arithmetic_is_that_of_pandas(rows, engine):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"p": rng.normal(size=50), "q": rng.integers(1, 9, size=50)})
    table = rows(frame.to_dict("list"))
    formula = "(p - q) / q + abs(p) * 2 - p ^ 2 + q % 4"
    after = engine.fetch(table.select(v=compile_formula(formula, table))).to_pydict()["v"]
    p, q = frame["p"], frame["q"]

    assert after == pytest.approx(((p - q) / q + p.abs() * 2 - p**2 + q % 4).to_list())


@pytest.mark.parametrize(
    ("formula", "at", "words"),
    [
        ("", 0, "empty"),
        ("a +", 3, "ends too early"),
        ("(a", 2, "was expected"),
        ("[a", 0, "no end"),
        ("'a", 0, "no end"),
        ("a ; b", 2, "means nothing"),
        ("a b", 2, "not expected"),
        ("1 < 2 < 3", 6, "Two comparisons"),
        ("nosuch(1)", 0, "no function"),
        ("A + 1", 0, "no column"),
        ("round()", 0, "0 values"),
        ("abs(1, 2)", 0, "2 values"),
        ("1 + upper('a')", 4, "needs a number"),
        ("if(a, 1, 2)", 3, "needs true or false"),
        ("if(yes, 1, 'x')", 11, "needs a number"),
        ("a = 's'", 4, "needs a number"),
        ("days_between('2024-01-01', d)", 13, "needs a date"),
        ("date(1)", 5, "needs a date or a text"),
        ("and", 0, "not expected"),
        ("a and", 5, "ends too early"),
        ("1e999", 0, "too large"),
        ("(" * 80 + "1" + ")" * 80, 61, "nested"),
        ("+".join(["a"] * 600), 500, "too long"),
        ("__import__('os')", 0, "no function"),
    ],
)
def test_mistakes_are_told_by_the_character(table, formula, at, words):
    with pytest.raises(FormulaError, match=words) as caught:
        compile_formula(formula, table)

    assert caught.value.at == at
    assert f"at character {at + 1}." in caught.value.message
    assert caught.value.hint


def test_a_near_name_is_offered(table):
    schema = schema_of(table)

    assert formula_problem("YES", schema).hint == "Did you mean yes?"
    assert formula_problem("uper(s)", schema).hint == "Did you mean upper?"
    assert formula_problem("upper(s)", schema) is None


def test_a_problem_stands_at_its_field(table):
    assert formula_problem("1 +", schema_of(table), "rule").field == "rule"


def test_the_longest_formula_still_runs(value):
    assert value("+".join(["a"] * 250))[0] == 1000


def test_moments_with_a_zone_are_told_in_universal_time(rows, engine):
    moment = datetime.datetime(2024, 1, 1, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))
    table = rows(at=[moment])

    assert engine.fetch(table.select(v=compile_formula("hour(at)", table))).to_pydict() == {"v": [4]}


def test_a_column_that_formulas_can_not_use_is_told(rows):
    schema = schema_of(rows(many=[[1, 2]], t=[datetime.time(3)]))

    assert "of this type" in formula_problem("many = many", schema).message
    assert "of this type" in formula_problem("hour(t)", schema).message
    assert formula_problem("isblank(many)", schema) is None


def test_its_columns_are_known_without_a_table():
    assert columns_of("if([b ]]c] > 1, a, a + [d])") == ("b ]c", "a", "d")


def test_names_of_columns_may_hold_anything(value):
    assert value("[" + STRANGE.replace("]", "]]") + "] * 2") == [2, 4, 6, 8]


@given(st.text(alphabet="a1.,()[]\"' +-*/^%&=<>!xsifnot😀;", max_size=40))
@example("not not a")
@settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_text_does_more_than_fail_with_a_place(table, formula):
    problem = formula_problem(formula, schema_of(table))

    assert problem is None or ("at character" in problem.message and problem.hint)
