"""What steps do to any rows is what a few lines of plain Python do to them."""

from __future__ import annotations

import datetime
import itertools
import json
import math
import operator
import statistics
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from canvas_app.data.engine import schema_of
from canvas_app.flow.step import STEPS
from canvas_app.flow.steps.change_type import ChangeType
from canvas_app.flow.steps.choose_columns import ChooseColumns
from canvas_app.flow.steps.date_parts import DateParts
from canvas_app.flow.steps.fill_missing import FillMissing
from canvas_app.flow.steps.filter_rows import FilterRows
from canvas_app.flow.steps.group_summarise import GroupSummarise
from canvas_app.flow.steps.join_tables import JoinTables
from tests.any_values import CELLS, MOMENTS, NUMBERS, STRANGE, WHOLES, WORDS, is_blank, quickly, same, tables
from tests.any_values import cells as some_cells

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "equals": operator.eq,
    "less than": operator.lt,
    "at most": operator.le,
    "more than": operator.gt,
    "at least": operator.ge,
}
ABOUT_TEXT: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "starts with": str.startswith,
    "ends with": str.endswith,
}


def written(value: Any) -> str:
    """A value as a person types it into a form."""
    return value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else str(value)


def can_be_typed(value: Any) -> bool:
    """Whether a person could type it: numbers without end can't be, nor can nothing."""
    return not is_blank(value) and not (isinstance(value, float) and math.isinf(value))


def kept(cells, table, condition: dict[str, Any], rule: str = "keep") -> list[int]:
    step = FilterRows(conditions=[condition], rule=rule)
    assert step.check(schema_of(table)) == ()
    return cells(step.apply(table, {}))["id"]


@pytest.mark.parametrize("type", ["int64", "float64", "string", "date", "timestamp", "time", "decimal(6, 2)"])
@given(data=st.data())
@quickly(6)
def test_a_filter_keeps_the_rows_that_compare_so_in_python(rows, cells, type, data):
    values = data.draw(some_cells(type, 8))
    typed = [value for value in values if can_be_typed(value)]
    wanted = data.draw(st.sampled_from(typed) if typed else CELLS[type].filter(can_be_typed))
    table = rows({"id": list(range(8)), STRANGE: values}, {STRANGE: type})
    for sign, compare in SIGNS.items():
        met = [at for at, value in enumerate(values) if not is_blank(value) and compare(value, wanted)]
        condition = {"column": STRANGE, "operator": sign, "value": written(wanted)}
        assert kept(cells, table, condition) == met
        assert kept(cells, table, condition, "leave out") == [at for at in range(8) if at not in met]
    differing = kept(cells, table, {"column": STRANGE, "operator": "differs from", "value": written(wanted)})
    assert differing == [at for at, value in enumerate(values) if is_blank(value) or value != wanted]


@given(some_cells("string", 8), WORDS)
@quickly(6)
def test_a_filter_looks_into_texts_letter_by_letter(rows, cells, values, part):
    table = rows({"id": list(range(8)), "s": values}, {"s": "string"})
    for name, holds in ABOUT_TEXT.items():
        met = [at for at, text in enumerate(values) if text is not None and holds(text, part)]
        assert kept(cells, table, {"column": "s", "operator": name, "value": part}) == met


@given(tables())
@quickly(8)
def test_blank_and_not_blank_share_the_rows_out(rows, engine, table):
    values, types = table
    made = rows(values, types)
    for name, column in values.items():
        blank = FilterRows(conditions=[{"column": name, "operator": "is blank"}])
        filled = FilterRows(conditions=[{"column": name, "operator": "is not blank"}])
        blanks = sum(map(is_blank, column))
        assert engine.count(blank.apply(made, {})) == blanks
        assert engine.count(filled.apply(made, {})) == len(column) - blanks


MEASURES: dict[str, Callable[[list[float]], float]] = {
    "median": statistics.median,
    "mean": lambda values: math.fsum(values) / len(values),
}


@pytest.mark.parametrize("using", MEASURES)
@given(
    learned_from=st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6), st.just(math.nan)), max_size=9),
    asked=some_cells("float64", 5),
)
@quickly(6)
def test_what_fills_blanks_comes_from_the_rows_that_were_learned_from(
    rows, cells, using, learned_from, asked
):
    step = FillMissing(columns=["x"], using=using)
    known = [value for value in learned_from if not is_blank(value)]
    filler = MEASURES[using](known) if known else None
    learned = json.loads(json.dumps(step.learn(rows({"x": learned_from}, {"x": "float64"}))))
    after = cells(step.apply(rows({"x": asked}, {"x": "float64"}), learned))["x"]

    assert learned["x"] == (None if filler is None else pytest.approx(filler, rel=1e-12, abs=1e-9))
    assert same(after, [learned["x"] if is_blank(value) else value for value in asked])


@pytest.mark.parametrize("type", ["int64", "float64", "string", "boolean", "date", "timestamp", "time"])
@given(data=st.data())
@quickly(6)
def test_the_commonest_value_fills_blanks_and_touches_nothing_else(rows, cells, type, data):
    few = data.draw(st.lists(CELLS[type].filter(can_be_typed), min_size=1, max_size=3))
    values = data.draw(st.lists(st.one_of(st.none(), st.sampled_from(few)), min_size=1, max_size=9))
    step = FillMissing(columns=["x"], using="most frequent")
    table = rows({"x": values}, {"x": type})
    learned = json.loads(json.dumps(step.learn(table)))
    after = cells(step.apply(table, learned))["x"]
    known = [value for value in values if not is_blank(value)]

    if not known:
        assert all(is_blank(value) for value in after)
        return
    most = max(map(known.count, known))
    filler = min(value for value in known if known.count(value) == most)
    assert after == [filler if is_blank(value) else value for value in values]


@given(st.lists(WHOLES, min_size=1, max_size=6), WHOLES)
@quickly(6)
def test_whole_numbers_of_any_size_are_filled_to_the_last_digit(rows, cells, values, filler):
    step = FillMissing(columns=["x"], using="value", value=str(filler))

    assert cells(step.apply(rows({"x": [*values, None]}), {}))["x"] == [*values, filler]


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(0.023217612806301458)
@quickly(8)
def test_a_typed_number_is_meant_to_the_last_bit(rows, cells, number):
    fill = FillMissing(columns=["x"], using="value", value=repr(number))
    condition = {"column": "x", "operator": "equals", "value": repr(number)}
    table = rows({"id": [0, 1], "x": [number, None]}, {"x": "float64"})

    assert cells(fill.apply(table, {}))["x"] == [number, number]
    assert kept(cells, table, condition) == [0]


SUMMARIES: dict[str, Callable[[list[Any]], Any]] = {
    "count": len,
    "sum": lambda values: sum(values) if values else None,
    "mean": lambda values: sum(values) / len(values) if values else None,
    "median": lambda values: statistics.median(values) if values else None,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "distinct": lambda values: len(set(values)),
}
SMALL: dict[str, st.SearchStrategy[Any]] = {
    "int64": st.integers(-(2**40), 2**40),
    "float64": st.integers(-99, 99).map(lambda n: n / 8),
}


@pytest.mark.parametrize("type", SMALL)
@given(data=st.data())
@quickly(6)
def test_groups_are_summed_up_as_by_hand(rows, cells, type, data):
    keys = data.draw(st.lists(st.sampled_from(["a", "b", "ü", None]), max_size=10))
    values = data.draw(st.lists(st.one_of(st.none(), SMALL[type]), min_size=len(keys), max_size=len(keys)))
    step = GroupSummarise(
        keys=[STRANGE], measures=[{"column": "n", "function": name, "name": name} for name in SUMMARIES]
    )
    after = cells(step.apply(rows({STRANGE: keys, "n": values}, {STRANGE: "string", "n": type}), {}))
    groups = sorted(set(keys), key=lambda key: (key is None, key))

    assert after.pop(STRANGE) == groups
    for name, summary in SUMMARIES.items():
        members = [
            [v for k, v in zip(keys, values, strict=True) if k == group and v is not None] for group in groups
        ]
        assert after[name] == [
            pytest.approx(summary(member)) if member else summary(member) for member in members
        ]


KEYS: dict[str, st.SearchStrategy[Any]] = {
    "int64": st.sampled_from([None, 0, 1, 2**53, 2**53 + 1]),
    "string": st.sampled_from([None, "", "a", "A", "a "]),
    "float64": st.sampled_from([None, math.nan, 0.0, 1.5]),
    "timestamp": st.sampled_from([None, datetime.datetime(1969, 12, 31, 23), datetime.datetime(2024, 1, 1)]),
}


@pytest.mark.parametrize("type", KEYS)
@pytest.mark.parametrize("how", ["inner", "left", "right", "full"])
@given(data=st.data())
@quickly(4)
def test_a_join_pairs_what_is_equal_and_blanks_with_nothing(rows, cells, how, type, data):
    left, right = (data.draw(st.lists(KEYS[type], max_size=5)) for _ in range(2))
    step = JoinTables(pairs=[{"left": "k", "right": STRANGE}], how=how)
    first = rows({"k": left, "l": list(range(len(left)))}, {"k": type, "l": "int64"})
    second = rows({STRANGE: right, "r": list(range(len(right)))}, {STRANGE: type, "r": "int64"})
    after = cells(step.apply(first, second, {}))
    pairs = [
        (key, at, to)
        for (at, key), (to, other) in itertools.product(enumerate(left), enumerate(right))
        if not is_blank(key) and key == other
    ]
    if how in ("left", "full"):
        pairs += [(key, at, None) for at, key in enumerate(left) if at not in {at for _, at, _ in pairs}]
    if how in ("right", "full"):
        pairs += [(key, None, to) for to, key in enumerate(right) if to not in {to for _, _, to in pairs}]

    assert sorted(map(repr, zip(*after.values(), strict=True))) == sorted(map(repr, pairs))


@given(st.lists(WHOLES, max_size=6))
@quickly(6)
def test_whole_numbers_survive_the_way_through_text(rows, cells, values):
    table = rows({"x": values}, {"x": "int64"})
    texts = ChangeType(columns=["x"], to="text").apply(table, {})

    assert cells(texts)["x"] == [str(value) for value in values]
    assert cells(ChangeType(columns=["x"], to="whole").apply(texts, {}))["x"] == values


@given(st.lists(NUMBERS, max_size=6))
@quickly(6)
def test_numbers_survive_the_way_through_text_to_the_last_bit(rows, cells, values):
    table = rows({"x": values}, {"x": "float64"})
    texts = ChangeType(columns=["x"], to="text").apply(table, {})

    assert same(cells(ChangeType(columns=["x"], to="number").apply(texts, {}))["x"], values)


@given(st.lists(MOMENTS, max_size=6))
@quickly(6)
def test_moments_survive_the_way_through_text_and_dates_lose_their_time_alone(rows, cells, values):
    table = rows({"x": values}, {"x": "timestamp"})
    texts = ChangeType(columns=["x"], to="text").apply(table, {})

    assert cells(ChangeType(columns=["x"], to="moment").apply(texts, {}))["x"] == values
    assert cells(ChangeType(columns=["x"], to="date").apply(texts, {}))["x"] == [
        value.date() for value in values
    ]
    assert cells(ChangeType(columns=["x"], to="date").apply(table, {}))["x"] == [
        value.date() for value in values
    ]


@given(
    st.lists(st.one_of(st.none(), WORDS), max_size=8),
    st.sampled_from(["number", "whole", "date", "moment", "switch"]),
)
@quickly(10)
def test_texts_that_do_not_fit_become_blank_and_rows_stay(rows, cells, texts, to):
    step = ChangeType(columns=["s"], to=to)
    table = rows({"id": list(range(len(texts))), "s": texts}, {"id": "int64", "s": "string"})
    after = cells(step.apply(table, {}))

    assert after["id"] == list(range(len(texts)))
    assert all(value is None for text, value in zip(texts, after["s"], strict=True) if is_blank(text))


PARTS: dict[str, Callable[[datetime.datetime], int | bool]] = {
    "year": lambda at: at.year,
    "quarter": lambda at: (at.month + 2) // 3,
    "month": lambda at: at.month,
    "week": lambda at: at.isocalendar().week,
    "day": lambda at: at.day,
    "weekday": lambda at: at.isoweekday(),
    "day_of_year": lambda at: at.timetuple().tm_yday,
    "weekend": lambda at: at.isoweekday() >= 6,
    "hour": lambda at: at.hour,
    "minute": lambda at: at.minute,
}


@given(st.lists(MOMENTS, min_size=1, max_size=8))
@quickly(8)
def test_the_parts_of_any_moment_are_those_of_the_calendar(rows, cells, moments):
    step = DateParts(columns=[STRANGE], drop=True, **dict.fromkeys(PARTS, True))
    after = cells(step.apply(rows({STRANGE: [*moments, None]}, {STRANGE: "timestamp"}), {}))

    assert after == {
        f"{STRANGE}_{name}": [*(part(moment) for moment in moments), None] for name, part in PARTS.items()
    }


@given(
    st.lists(st.datetimes(datetime.datetime(2, 1, 1), datetime.datetime(9998, 1, 1)), min_size=1, max_size=5),
    st.integers(-14, 14),
)
@quickly(6)
def test_parts_of_moments_with_a_zone_are_told_in_universal_time(rows, cells, moments, hours):
    zone = datetime.timezone(datetime.timedelta(hours=hours))
    zoned = [moment.replace(tzinfo=zone) for moment in moments]
    step = DateParts(columns=["at"], drop=True, **{name: name in ("day", "hour") for name in PARTS})
    after = cells(step.apply(rows(at=zoned), {}))
    plain = [moment.astimezone(datetime.UTC) for moment in zoned]

    assert after == {"at_day": [at.day for at in plain], "at_hour": [at.hour for at in plain]}


@given(tables(), st.data())
@quickly(6)
def test_chosen_columns_and_the_others_make_the_table_again(rows, cells, table, data):
    values, types = table
    made = rows(values, types)
    chosen = data.draw(st.lists(st.sampled_from(list(values)), unique=True))
    step = ChooseColumns(columns=chosen)
    kept = cells(step.apply(made, {})) if chosen else {}
    others = cells(step.changed(rule="leave out").apply(made, {})) if len(chosen) < len(values) else {}

    assert list(kept) == [name for name in values if name in chosen]
    assert same({name: {**kept, **others}[name] for name in values}, cells(made))


@pytest.mark.parametrize("kind", [step.spec.kind for step in STEPS if step.spec.rows != "makes"])
def test_rows_keep_their_order(rows, cells, kind):
    count = 5000
    table = rows(
        {
            "id": list(range(count)),
            "age": [None if at % 7 == 0 else at % 90 for at in range(count)],
            "income": [float(at) for at in range(count)],
            "price": [at / 7 for at in range(count)],
            "name": [f"n{at}" for at in range(count)],
            "town": [f"t{at * 2 // 3}" for at in range(count)],
            "occupation": [f"o{at % 3}" for at in range(count)],
            "ordered": [datetime.datetime(2024, 1, 1) + datetime.timedelta(hours=at) for at in range(count)],
        }
    )
    step = STEPS[kind].example()
    step = step.changed(columns=["id", *step.columns]) if kind == "choose_columns" else step
    after = cells(step.apply(table, step.learn(table)))["id"]

    assert after == sorted(after)
    assert len(after) > count / 2
