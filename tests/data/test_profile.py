from __future__ import annotations

import datetime
import threading
from pathlib import Path

import pytest

from canvas_app.base.errors import Cancelled
from canvas_app.data.engine import Engine
from canvas_app.data.profile import ColumnProfile, profile, profile_file


def only(engine: Engine, values: list[object], **schema: str) -> ColumnProfile:
    return profile(engine.from_rows({"x": values}, schema or None))[0]


def test_numbers_are_measured_and_binned(engine: Engine) -> None:
    found = only(engine, [0.0, 1.0, 2.0, 10.0, None])

    assert (found.rows, found.blanks, found.distinct) == (5, 1, 4)
    assert (found.low, found.high, found.mean) == (0.0, 10.0, 3.25)
    assert len(found.bins) == 20
    assert len(found.edges) == 21
    assert sum(found.bins) == 4
    assert found.bins[0] == 1
    assert found.bins[-1] == 1
    assert found.blank_share == 0.2


def test_few_whole_numbers_get_one_bin_each(engine: Engine) -> None:
    found = only(engine, [1, 1, 2, 4])

    assert found.bins == (2, 1, 0, 1)
    assert found.edges == (0.5, 1.5, 2.5, 3.5, 4.5)


def test_a_constant_has_one_bin(engine: Engine) -> None:
    assert only(engine, [3.5, 3.5]).bins == (2,)


def test_infinities_do_not_spoil_the_picture(engine: Engine) -> None:
    found = only(engine, [1.0, 2.0, float("inf"), float("-inf"), float("nan")])

    assert (found.low, found.high, found.mean) == (1.0, 2.0, 1.5)
    assert sum(found.bins) == 2


@pytest.mark.parametrize("values", [[1e308, -1e308], [2**63 - 1, -(2**63)], [5e-324, 0.0]])
def test_extremes_are_binned_too(engine: Engine, values: list[object]) -> None:
    assert sum(only(engine, values).bins) == 2


def test_texts_show_their_most_frequent_values(engine: Engine) -> None:
    found = only(engine, ["a", "b", "b", None, "c", "c", "c"])

    assert found.top == (("c", 3), ("b", 2), ("a", 1))
    assert (found.blanks, found.distinct, found.bins) == (1, 3, ())


def test_switches_are_counted(engine: Engine) -> None:
    assert only(engine, [True, False, True, None]).top == (("true", 2), ("false", 1))


def test_times_are_binned_by_their_seconds(engine: Engine) -> None:
    found = only(engine, [datetime.date(1970, 1, 1), datetime.date(1970, 1, 21)])

    assert (found.low, found.high) == ("1970-01-01", "1970-01-21")
    assert found.edges[-1] == 20 * 86_400
    assert sum(found.bins) == 2


def test_a_column_without_values_is_told_as_such(engine: Engine) -> None:
    found = only(engine, [None, None], x="float64")

    assert (found.rows, found.blanks, found.distinct, found.bins) == (2, 2, 0, ())


def test_a_table_without_rows_has_profiles(engine: Engine) -> None:
    found = profile(engine.from_rows({"a": [], "b": []}, {"a": "int64", "b": "string"}))

    assert [(item.rows, item.blank_share) for item in found] == [(0, 0.0), (0, 0.0)]


def test_names_are_never_taken_for_sql(engine: Engine) -> None:
    names = ['a "b"', "it's", "; DROP TABLE x; --", "[1]", "😀", "source"]
    found = profile(engine.from_rows({name: ["v", "v"] for name in names}))

    assert [(item.name, item.top) for item in found] == [(name, (("v", 2),)) for name in names]


def test_only_the_columns_asked_for_are_measured(engine: Engine) -> None:
    table = engine.from_rows({"a": [1], "b": [2], "c": [3]})

    assert [item.name for item in profile(table, ["c", "a"])] == ["a", "c"]


def test_an_expression_is_measured_without_being_kept(engine: Engine) -> None:
    table = engine.from_rows({"a": [1, 2, 3]})

    assert profile(table.mutate(b=table.a * 2).filter(table.a > 1))[1].low == 4


def test_a_very_long_file_is_estimated_from_blocks(engine: Engine, tmp_path: Path) -> None:
    table = engine.view("SELECT range AS n, 'v' || (range % 3) AS t FROM range(2500000)")
    engine.write_parquet(table, tmp_path / "a.parquet")
    number, text = profile_file(engine, tmp_path / "a.parquet")

    assert number.estimated
    assert number.rows == 2_500_000
    assert abs(sum(number.bins) - 2_500_000) < 50
    assert [value for value, _ in text.top] == ["v0", "v1", "v2"] or text.distinct == 3
    assert abs(text.top[0][1] - 833_333) < 1_000


def test_a_profile_is_interrupted(engine: Engine) -> None:
    slow = engine.view("SELECT a.range * b.range AS x FROM range(3000000) a, range(300000) b")
    timer = threading.Timer(0.3, engine.interrupt)
    timer.start()

    with pytest.raises(Cancelled):
        profile(slow)
    timer.join()
