"""The functions and signs of formulas, each with its help and with what it makes in the query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from canvas_app.flow.blanks import is_blank

if TYPE_CHECKING:
    from ibis.expr.types import Value

Kind = Literal["number", "text", "time", "switch", "dated", "any", "same"]
"""What an argument may be: ``dated`` is a time, or a text that names one; ``same`` arguments are all
of one kind, which is also the answer's."""

_WHOLE_DOUBLES = 2.0**53
"""Above this, doubles have no fraction (IEEE 754), and the engine's integers could overflow."""

_MOST_DIGITS = 308
"""Before or after the point, in a double."""

_LONGEST_TEXT = 2**31 - 1
"""What DuckDB takes as a count of characters."""


@dataclass(frozen=True)
class Function:
    """A function as completion, help and the compiler see it."""

    name: str
    signature: str
    help: str
    example: str
    takes: tuple[Kind, ...]
    build: Callable[..., Value]
    optional: int = 0
    """How many of the last arguments may be left out."""
    more: bool = False
    """Whether the last argument may be repeated."""

    def takes_at(self, at: int) -> Kind:
        """What the argument at that place may be, counted from 0."""
        return self.takes[min(at, len(self.takes) - 1)]


def _ibis() -> Any:
    import ibis

    return ibis


def _double(value: Value) -> Value:
    """Arithmetic is done in doubles: the engine's integers would stop the query where they overflow."""
    return value.cast("float64")


def _only_finite(value: Value) -> Value:
    return _ibis().ifelse(value.isnan() | value.isinf(), None, value)


def _positive(value: Value) -> Value:
    return _ibis().ifelse(value > 0, value, None).cast("float64")


def _whole(value: Value, rounded: Callable[[Any], Value]) -> Value:
    """Round by a function that gives the engine's integers; what has no fraction stays as it is."""
    value = value.cast("float64")
    small = _ibis().ifelse(value.abs() < _WHOLE_DOUBLES, value, None)
    return _ibis().coalesce(rounded(small).cast("float64"), value)


def _round(value: Value, digits: Value | None = None) -> Value:
    if digits is None:
        return _whole(value, lambda small: small.round())
    within = _ibis().least(_ibis().greatest(_double(digits), -_MOST_DIGITS), _MOST_DIGITS)
    scale = _ibis().literal("10").cast("float64").pow(_ibis().ifelse(digits.isnull(), None, within).round())
    moved = _double(value) * scale
    rounded = _whole(moved, lambda small: small.round()) / scale
    return _ibis().ifelse(moved.abs() >= _WHOLE_DOUBLES, _double(value), rounded)


def _power(base: Value, exponent: Value) -> Value:
    return _only_finite(base.cast("float64").pow(exponent.cast("float64")))


def _sqrt(value: Value) -> Value:
    return _ibis().ifelse(value >= 0, value, None).cast("float64").sqrt()


def _joined(*parts: Value) -> Value:
    """Texts one after the other; a blank counts as an empty text."""
    texts = [_ibis().coalesce(text_of(part), "") for part in parts]
    joined = texts[0]
    for part in texts[1:]:
        joined = joined + part
    return joined


def text_of(value: Value) -> Value:
    """A value as text; whole numbers without a fraction's zero."""
    kind = value.type()
    if kind.is_string():
        return value
    if kind.is_floating():
        whole = _ibis().ifelse(value.abs() < _WHOLE_DOUBLES, value, None).round().cast("string")
        return _ibis().ifelse(
            value % 1 == 0, _ibis().coalesce(whole, value.cast("string")), value.cast("string")
        )
    return value.cast("string")


def _moment(value: Value) -> Value:
    return value.try_cast("timestamp") if value.type().is_string() else value.cast("timestamp")


def _part(name: str) -> Callable[[Value], Value]:
    def build(value: Value) -> Value:
        if value.type().is_string() or value.type().is_date():
            value = _moment(value)
        return getattr(value, name)().cast("int64")

    return build


def _weekday(value: Value) -> Value:
    return _moment(value).day_of_week.index().cast("int64") + 1


def _days_between(start: Value, end: Value) -> Value:
    return _moment(end).date().delta(_moment(start).date(), unit="day")


def _slice(text: Value, count: Value, right: bool = False) -> Value:
    within = _ibis().least(_ibis().greatest(_double(count), 0), _LONGEST_TEXT)
    count = _ibis().ifelse(count.isnull(), None, within).cast("int64")
    if not right:
        return text.substr(0, count)
    length = text.length()
    return text.substr(_ibis().greatest(length - count, 0), count)


def _if(condition: Value, then: Value, otherwise: Value) -> Value:
    return _ibis().ifelse(condition, then, otherwise)


def _remainder(left: Value, right: Value) -> Value:
    return _double(left) % _double(right).nullif(0)


SIGNS: tuple[Function, ...] = (
    Function("+", "a + b", "The sum.", "1 + 2", ("number", "number"), lambda a, b: _double(a) + _double(b)),
    Function(
        "-", "a - b", "The difference.", "3 - 2", ("number", "number"), lambda a, b: _double(a) - _double(b)
    ),
    Function(
        "*", "a * b", "The product.", "2 * 3", ("number", "number"), lambda a, b: _double(a) * _double(b)
    ),
    Function(
        "/",
        "a / b",
        "The quotient; blank when b is 0.",
        "6 / 3",
        ("number", "number"),
        lambda a, b: _double(a) / _double(b).nullif(0),
    ),
    Function("%", "a % b", "The remainder; blank when b is 0.", "7 % 3", ("number", "number"), _remainder),
    Function("^", "a ^ b", "The power.", "2 ^ 3", ("number", "number"), _power),
    Function("&", "a & b", "Texts one after the other.", '"a" & "b"', ("any", "any"), _joined),
    Function("negative", "-a", "The number with its sign turned.", "-1", ("number",), lambda a: -_double(a)),
    Function("=", "a = b", "Whether both are equal.", "1 = 1", ("same", "same"), lambda a, b: a == b),
    Function("!=", "a != b", "Whether both differ.", "1 != 2", ("same", "same"), lambda a, b: a != b),
    Function("<", "a < b", "Whether a is smaller.", "1 < 2", ("same", "same"), lambda a, b: a < b),
    Function("<=", "a <= b", "Whether a is at most b.", "1 <= 2", ("same", "same"), lambda a, b: a <= b),
    Function(">", "a > b", "Whether a is larger.", "2 > 1", ("same", "same"), lambda a, b: a > b),
    Function(">=", "a >= b", "Whether a is at least b.", "2 >= 1", ("same", "same"), lambda a, b: a >= b),
    Function(
        "and", "a and b", "Whether both hold.", "true and true", ("switch", "switch"), lambda a, b: a & b
    ),
    Function("or", "a or b", "Whether one holds.", "true or false", ("switch", "switch"), lambda a, b: a | b),
    Function("not", "not a", "Whether it doesn't hold.", "not false", ("switch",), lambda a: ~a),
)

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "if",
        "if(condition, then, otherwise)",
        "One value where a condition holds, another elsewhere.",
        'if(1 < 2, "yes", "no")',
        ("switch", "same", "same"),
        _if,
    ),
    Function(
        "coalesce",
        "coalesce(a, b, ...)",
        "The first that isn't blank.",
        "coalesce(blank, 2)",
        ("same", "same"),
        lambda *values: _ibis().coalesce(*values),
        more=True,
    ),
    Function("isblank", "isblank(a)", "Whether there is no value.", "isblank(blank)", ("any",), is_blank),
    Function(
        "abs", "abs(a)", "The number without its sign.", "abs(-2)", ("number",), lambda a: _double(a).abs()
    ),
    Function(
        "round",
        "round(a, digits)",
        "The number rounded; digits may be left out.",
        "round(2.345, 2)",
        ("number", "number"),
        _round,
        optional=1,
    ),
    Function(
        "floor",
        "floor(a)",
        "Rounded down.",
        "floor(2.7)",
        ("number",),
        lambda a: _whole(a, lambda b: b.floor()),
    ),
    Function(
        "ceil", "ceil(a)", "Rounded up.", "ceil(2.1)", ("number",), lambda a: _whole(a, lambda b: b.ceil())
    ),
    Function("sqrt", "sqrt(a)", "The square root; blank below 0.", "sqrt(9)", ("number",), _sqrt),
    Function(
        "ln",
        "ln(a)",
        "The natural logarithm; blank up to 0.",
        "ln(1)",
        ("number",),
        lambda a: _positive(a).ln(),
    ),
    Function(
        "log10",
        "log10(a)",
        "The logarithm to base 10; blank up to 0.",
        "log10(100)",
        ("number",),
        lambda a: _positive(a).log10(),
    ),
    Function(
        "exp",
        "exp(a)",
        "e to the power of a; blank where it is too large.",
        "exp(0)",
        ("number",),
        lambda a: _only_finite(a.cast("float64").exp()),
    ),
    Function(
        "min",
        "min(a, b, ...)",
        "The smallest of several values of one row.",
        "min(1, 2)",
        ("same", "same"),
        lambda *values: _ibis().least(*values),
        more=True,
    ),
    Function(
        "max",
        "max(a, b, ...)",
        "The largest of several values of one row.",
        "max(1, 2)",
        ("same", "same"),
        lambda *values: _ibis().greatest(*values),
        more=True,
    ),
    Function("upper", "upper(text)", "In capitals.", 'upper("a")', ("text",), lambda a: a.upper()),
    Function("lower", "lower(text)", "In small letters.", 'lower("A")', ("text",), lambda a: a.lower()),
    Function(
        "trim", "trim(text)", "Without spaces at its ends.", 'trim(" a ")', ("text",), lambda a: a.strip()
    ),
    Function(
        "length", "length(text)", "How many characters.", 'length("abc")', ("text",), lambda a: a.length()
    ),
    Function(
        "left", "left(text, count)", "The first characters.", 'left("abc", 2)', ("text", "number"), _slice
    ),
    Function(
        "right",
        "right(text, count)",
        "The last characters.",
        'right("abc", 2)',
        ("text", "number"),
        lambda a, b: _slice(a, b, right=True),
    ),
    Function(
        "contains",
        "contains(text, part)",
        "Whether a text holds another.",
        'contains("abc", "b")',
        ("text", "text"),
        lambda a, b: a.contains(b),
    ),
    Function(
        "startswith",
        "startswith(text, part)",
        "Whether a text begins with another.",
        'startswith("abc", "a")',
        ("text", "text"),
        lambda a, b: a.startswith(b),
    ),
    Function(
        "endswith",
        "endswith(text, part)",
        "Whether a text ends with another.",
        'endswith("abc", "c")',
        ("text", "text"),
        lambda a, b: a.endswith(b),
    ),
    Function(
        "replace",
        "replace(text, old, new)",
        "With one part replaced wherever it stands.",
        'replace("abc", "b", "x")',
        ("text", "text", "text"),
        lambda a, b, c: a.replace(b, c),
    ),
    Function(
        "concat",
        "concat(a, b, ...)",
        "Values one after the other, as text.",
        'concat("a", 1)',
        ("any",),
        _joined,
        more=True,
    ),
    Function("text", "text(a)", "The value as text.", "text(1)", ("any",), text_of),
    Function(
        "number",
        "number(text)",
        "The text as a number; blank where it is none.",
        'number("1.5")',
        ("text",),
        lambda a: a.try_cast("float64"),
    ),
    Function(
        "date",
        "date(text)",
        "The day that a text or a moment names; blank where it names none.",
        'date("2024-12-31")',
        ("dated",),
        lambda a: _moment(a).date(),
    ),
    Function("year", "year(date)", "The year.", 'year(date("2024-12-31"))', ("time",), _part("year")),
    Function(
        "quarter", "quarter(date)", "1 to 4.", 'quarter(date("2024-12-31"))', ("time",), _part("quarter")
    ),
    Function("month", "month(date)", "1 to 12.", 'month(date("2024-12-31"))', ("time",), _part("month")),
    Function("day", "day(date)", "1 to 31.", 'day(date("2024-12-31"))', ("time",), _part("day")),
    Function(
        "weekday", "weekday(date)", "1 (Monday) to 7.", 'weekday(date("2024-12-31"))', ("time",), _weekday
    ),
    Function("hour", "hour(moment)", "0 to 23.", 'hour(date("2024-12-31"))', ("time",), _part("hour")),
    Function(
        "days_between",
        "days_between(start, end)",
        "How many days from one date to another.",
        'days_between(date("2024-12-01"), date("2024-12-31"))',
        ("time", "time"),
        _days_between,
    ),
)

BY_NAME = {function.name: function for function in (*SIGNS, *FUNCTIONS)}
"""Every function and sign by the word that calls it."""
