"""Any formula gives what a small reading of it in plain Python gives, whatever the rows hold."""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from canvas_app.data.engine import schema_of
from canvas_app.flow.formula import columns_of, compile_formula, formula_problem
from tests.any_values import DAYS, LETTERS, MOMENTS, STRANGE, quickly

ROWS: dict[str, list[Any]] = {
    "p": [1.5, -2.0, 0.0, None, 1e300, 7.0],
    "q": [3, 0, -4, 5, None, 2**53],
    STRANGE: [0.1, 0.2, None, -0.3, 12.0, -1e-300],
}
COUNT = 6


@dataclass(frozen=True)
class Number:
    """A formula that gives a number: its text, how tightly it binds, and its value in each row."""

    text: str
    binds: int
    values: tuple[float | None, ...]


def in_brackets(name: str) -> str:
    return f"[{name.replace(']', ']]')}]"


def by_row(compute: Callable[..., float | None], *parts: Number) -> tuple[float | None, ...]:
    """Row by row; where one part is blank, or the answer can't be computed, there is a blank."""

    def one(cells: tuple[float | None, ...]) -> float | None:
        if any(cell is None for cell in cells):
            return None
        try:
            return compute(*cells)
        except (ZeroDivisionError, ValueError):
            return None
        except OverflowError:
            return math.inf

    return tuple(map(one, zip(*(part.values for part in parts), strict=True)))


def remainder(left: float, right: float) -> float:
    return math.fmod(left, right)


SIGNS: dict[str, tuple[int, Callable[[float, float], float]]] = {
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, operator.mul),
    "/": (2, operator.truediv),
    "%": (2, remainder),
}


def joined(sign: str, left: Number, right: Number) -> Number:
    """Two numbers with a sign between; brackets stand only where they must."""
    binds, compute = SIGNS[sign]
    first = f"({left.text})" if left.binds < binds else left.text
    second = f"({right.text})" if right.binds <= binds else right.text
    return Number(f"{first} {sign} {second}", binds, by_row(compute, left, right))


def turned(inner: Number) -> Number:
    text = f"-({inner.text})" if inner.binds < 4 else f"-{inner.text}"
    return Number(text, 3, by_row(operator.neg, inner))


def called(name: str, compute: Callable[..., float | None], *parts: Number) -> Number:
    return Number(f"{name}({', '.join(part.text for part in parts)})", 4, by_row(compute, *parts))


def constant(value: float) -> Number:
    return Number(repr(value), 4, (float(value),) * COUNT)


FUNCTIONS: dict[str, Callable[[float], float | None]] = {
    "abs": abs,
    "floor": lambda a: float(math.floor(a)) if math.isfinite(a) else a,
    "ceil": lambda a: float(math.ceil(a)) if math.isfinite(a) else a,
    "sqrt": math.sqrt,
    "ln": math.log,
    "log10": math.log10,
    "exp": lambda a: None if a > 709 else math.exp(a),
}

LEAVES = st.one_of(
    st.sampled_from(
        [
            Number(in_brackets(name), 4, tuple(None if v is None else float(v) for v in cells))
            for name, cells in ROWS.items()
        ]
    ),
    st.integers(0, 9).map(constant),
    st.floats(0, 1e6, allow_subnormal=False).map(constant),
)
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(joined, st.sampled_from(sorted(SIGNS)), inner, inner),
        inner.map(turned),
        st.builds(
            lambda name, a: called(name, FUNCTIONS[name], a), st.sampled_from(sorted(FUNCTIONS)), inner
        ),
    ),
    max_leaves=8,
)


@pytest.fixture
def answers(rows, engine):
    """What a formula gives for the rows."""
    table = rows(ROWS)

    def compute(formula: str) -> list[Any]:
        assert formula_problem(formula, schema_of(table)) is None
        return engine.fetch(table.select(v=compile_formula(formula, table))).to_pydict()["v"]

    return compute


def alike(said: Any, expected: float | None) -> bool:
    """Equal but for the last digits."""
    if expected is None or said is None:
        return said is expected
    return math.isclose(said, expected, rel_tol=1e-9, abs_tol=1e-12)


@given(FORMULAS.filter(lambda formula: all(v is None or math.isfinite(v) for v in formula.values)))
@example(joined("-", constant(7), joined("-", constant(2), constant(1))))
@example(turned(joined("*", constant(2), constant(3))))
@quickly(20)
def test_arithmetic_of_any_depth(answers, formula):
    said = answers(formula.text)

    assert [alike(a, b) for a, b in zip(said, formula.values, strict=True)] == [True] * COUNT, formula.text


@given(st.lists(st.floats(0.001, 10), min_size=2, max_size=12))
@quickly(8)
def test_any_number_of_constants_can_be_multiplied(answers, numbers):
    assert answers(" * ".join(map(repr, numbers)))[0] == pytest.approx(math.prod(numbers))


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.023217612806301458)
@quickly(7)
def test_a_number_is_meant_to_the_last_bit(answers, number):
    assert answers(repr(abs(number)))[0] == abs(number)


@given(st.floats(-1e9, 1e9), st.integers(-9, 9))
@example(1.0, 400)
@example(1e300, 300)
@example(-5.0, -400)
@quickly(10)
def test_rounding_changes_a_number_by_half_a_place_at_most(answers, number, digits):
    said = answers(f"round({number!r}, {digits})")[0]
    half = 0.5 * 10.0**-digits if -308 < -digits < 308 else (0.0 if digits > 0 else math.inf)

    assert abs(said - number) <= half * (1 + 1e-9) + abs(number) * 1e-15
    if 0 <= digits <= 9:
        assert said == pytest.approx(round(said, digits), rel=1e-15)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("round(1, 400)", 1.0),
        ("round(1e300, 300)", 1e300),
        ("round(12345.678, -400)", 0.0),
        ("round(2.5, blank)", None),
        ("round(blank, 2)", None),
        ("round(-2.5)", -3.0),
        ("10 ^ 400", None),
        ("(0 - 8) ^ 0.5", None),
        ("0 ^ 0", 1.0),
        ("1e308 * 10", math.inf),
        ("exp(710)", None),
        ("-1 / 0", None),
        ("ln(0)", None),
        ("min(blank, 3, 2)", 2.0),
        ("abs(-9223372036854775807)", 9223372036854775807.0),
    ],
)
def test_the_ends_of_the_range_give_a_number_or_a_blank(rows, engine, formula, expected):
    table = rows(a=[1])

    assert engine.fetch(table.select(v=compile_formula(formula, table))).to_pydict() == {"v": [expected]}


@pytest.mark.parametrize("digits", ["9" * 4301, "9" * 6000])
def test_a_number_without_end_is_told_and_not_repeated(rows, digits):
    problem = formula_problem(f"1 + {digits}", schema_of(rows(a=[1])))

    assert "too large" in problem.message
    assert len(problem.message) < 100


def test_zeros_before_a_number_mean_nothing(answers):
    assert answers(f"{'0' * 5000}7 + 1") == [8.0] * COUNT


SWITCHES = [True, False, None]


@pytest.mark.parametrize(
    ("formula", "compute"),
    [
        ("a and b", lambda a, b: False if False in (a, b) else None if None in (a, b) else True),
        ("a or b", lambda a, b: True if True in (a, b) else None if None in (a, b) else False),
        ("not a", lambda a, b: None if a is None else not a),
        ("a = b", lambda a, b: None if None in (a, b) else a == b),
        ("a != b", lambda a, b: None if None in (a, b) else a != b),
        ("if(a, 1, 2)", lambda a, b: 1 if a else 2),
        ("if(not a, 1, 2)", lambda a, b: 1 if a is False else 2),
        ("isblank(a) or b", lambda a, b: True if a is None or b else None if b is None else False),
        ("coalesce(a, b)", lambda a, b: a if a is not None else b),
        ("not a and b or a", lambda a, b: {True: True, False: b, None: None}[a]),
    ],
)
def test_conditions_with_a_blank_are_neither_met_nor_unmet(rows, engine, formula, compute):
    pairs = [(a, b) for a in SWITCHES for b in SWITCHES]
    table = rows({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]})
    said = engine.fetch(table.select(v=compile_formula(formula, table))).to_pydict()["v"]

    assert said == [compute(a, b) for a, b in pairs]


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("int64", st.integers(-(2**63), 2**63 - 1)),
        ("float64", st.floats(allow_nan=False)),
        ("string", st.text(LETTERS, max_size=3)),
        ("date", DAYS),
        ("timestamp", MOMENTS),
    ],
)
@given(data=st.data())
@quickly(5)
def test_values_compare_as_in_python(rows, engine, kind, values, data):
    some = data.draw(st.lists(st.one_of(st.none(), values), min_size=2, max_size=4))
    pairs = [(a, b) for a in some for b in some]
    table = rows({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}, {"a": kind, "b": kind})
    made = {f"v{at}": compile_formula(f"a {sign} b", table) for at, sign in enumerate(COMPARISONS)}
    said = engine.fetch(table.select(**made)).to_pydict()

    for at, compare in enumerate(COMPARISONS.values()):
        assert said[f"v{at}"] == [None if None in (a, b) else compare(a, b) for a, b in pairs]


PLAIN = st.text("abc ABC0%_'\"\\😀é\n", max_size=8)


@given(st.lists(st.tuples(PLAIN, PLAIN, st.integers(-2, 9)), min_size=1, max_size=5))
@quickly(7)
def test_texts_are_taken_apart_as_in_python(rows, engine, triples):
    table = rows(
        {"s": [s for s, _, _ in triples], "t": [t for _, t, _ in triples], "n": [n for _, _, n in triples]}
    )
    expected: dict[str, Callable[[str, str, int], Any]] = {
        "length(s)": lambda s, t, n: len(s),
        "left(s, n)": lambda s, t, n: s[: max(n, 0)],
        "right(s, n)": lambda s, t, n: s[max(len(s) - max(n, 0), 0) :],
        "left(s, n) & right(s, length(s) - max(n, 0))": lambda s, t, n: s,
        "upper(s)": lambda s, t, n: s.upper(),
        "lower(s)": lambda s, t, n: s.lower(),
        "contains(s, t)": lambda s, t, n: t in s,
        "startswith(s, t)": lambda s, t, n: s.startswith(t),
        "endswith(s, t)": lambda s, t, n: s.endswith(t),
        "s & t": lambda s, t, n: s + t,
        "concat(s, n, t)": lambda s, t, n: f"{s}{n}{t}",
        "replace(s, t, 'x')": lambda s, t, n: s.replace(t, "x") if t else s,
        "trim(s)": lambda s, t, n: s.strip(),
        "isblank(s)": lambda s, t, n: s == "",
    }
    made = {f"v{at}": compile_formula(formula, table) for at, formula in enumerate(expected)}
    said = engine.fetch(table.select(**made)).to_pydict()

    for at, (formula, compute) in enumerate(expected.items()):
        assert said[f"v{at}"] == [compute(*triple) for triple in triples], formula


@given(PLAIN)
@quickly(7)
def test_a_text_in_quotes_is_that_text(answers, text):
    double, single = text.replace('"', '""'), text.replace("'", "''")

    assert answers(f'"{double}"') == [text] * COUNT
    assert answers(f"'{single}'") == [text] * COUNT


@given(
    st.lists(
        st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)),
        min_size=1,
        max_size=6,
    )
)
@quickly(10)
def test_a_number_written_as_text_is_read_back(rows, engine, numbers):
    table = rows({"n": [float(number) for number in numbers]})
    said = engine.fetch(table.select(v=compile_formula("number(text(n))", table))).to_pydict()["v"]

    assert said == [float(number) for number in numbers]


@given(st.lists(st.tuples(MOMENTS, DAYS), min_size=1, max_size=6))
@quickly(7)
def test_dates_are_those_of_the_calendar(rows, engine, pairs):
    table = rows({"m": [m for m, _ in pairs], "d": [d for _, d in pairs]})
    expected: dict[str, Callable[[datetime.datetime, datetime.date], Any]] = {
        "year(m)": lambda m, d: m.year,
        "quarter(d)": lambda m, d: (d.month + 2) // 3,
        "month(m)": lambda m, d: m.month,
        "day(d)": lambda m, d: d.day,
        "weekday(m)": lambda m, d: m.isoweekday(),
        "hour(m)": lambda m, d: m.hour,
        "hour(d)": lambda m, d: 0,
        "days_between(m, d)": lambda m, d: (d - m.date()).days,
        "date(m)": lambda m, d: m.date(),
        "date(text(d))": lambda m, d: d,
        "date(m) = d": lambda m, d: m.date() == d,
        "m < d": lambda m, d: m < datetime.datetime.combine(d, datetime.time()),
    }
    made = {f"v{at}": compile_formula(formula, table) for at, formula in enumerate(expected)}
    said = engine.fetch(table.select(**made)).to_pydict()

    for at, (formula, compute) in enumerate(expected.items()):
        assert said[f"v{at}"] == [compute(*pair) for pair in pairs], formula


@given(st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=4, unique=True))
@quickly(7)
def test_columns_of_any_name_are_found_in_brackets(names):
    formula = " & ".join(map(in_brackets, names))

    assert columns_of(formula) == tuple(names)
