from __future__ import annotations

import datetime
import decimal
from typing import Any

import pyarrow
import pytest

from canvas_app.data.database import column_kind as kinds
from canvas_app.data.database.column_kind import ColumnKind, arrow_type

_WEST = datetime.timezone(-datetime.timedelta(hours=1))


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (kinds.WHOLE, True, 1),
        (kinds.NUMBER, decimal.Decimal("1.5"), 1.5),
        (kinds.SWITCH, b"\x01", True),
        (kinds.SWITCH, b"\x00", False),
        (kinds.TEXT, "ship", "ship"),
        (kinds.TEXT, "half \ud83d", "half ?"),
        (kinds.JSON, '{"a": 1}', '{"a": 1}'),
        (kinds.JSON, [1, datetime.date(2024, 2, 29)], '[1, "2024-02-29"]'),
        (kinds.BYTES, memoryview(b"\xde\xad"), "dead"),
        (kinds.decimals(5, 2), "12.30", decimal.Decimal("12.30")),
        (kinds.MOMENT, datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1)),
    ],
)
def test_a_value_becomes_one_that_the_type_holds(kind: ColumnKind, value: Any, kept: Any) -> None:
    assert kind.values([value, None]) == ([kept, None], 0)
    pyarrow.array([kept, None], arrow_type(kind.type)).validate(full=True)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kinds.NUMBER, float("nan")),
        (kinds.decimals(5, 2), decimal.Decimal("NaN")),
        (kinds.DATE, "infinity"),
        (kinds.TIME, datetime.timedelta(1)),
        (kinds.MOMENT, "0000-00-00 00:00:00"),
        (kinds.MOMENT_WITH_ZONE, datetime.datetime.max.replace(tzinfo=_WEST)),
    ],
)
def test_what_the_type_cannot_hold_is_a_blank_and_counted(kind: ColumnKind, value: Any) -> None:
    assert kind.values([value, None]) == ([None, None], 1)


def test_a_time_with_a_zone_is_kept_in_utc() -> None:
    here = datetime.timezone(datetime.timedelta(hours=2))
    values, _ = kinds.MOMENT_WITH_ZONE.values([datetime.datetime(2024, 1, 1, 12, tzinfo=here)])

    assert values[0].isoformat() == "2024-01-01T10:00:00+00:00"


@pytest.mark.parametrize(
    ("precision", "scale", "type"),
    [
        (10, 2, "decimal(10,2)"),
        (38, 0, "decimal(38,0)"),
        (39, 0, "number"),
        (5, -2, "number"),
        (2, 5, "number"),
        (None, None, "number"),
    ],
)
def test_decimal_numbers_are_exact_where_their_digits_can_be_kept(
    precision: int | None, scale: int | None, type: str
) -> None:
    kind = kinds.decimals(precision, scale)

    assert kind.type == type
    assert bool(kind.told) == (type == "number")


@pytest.mark.parametrize(
    ("kind", "values", "kept", "unfit"),
    [
        (kinds.WHOLE, [1, None, 2**62], [1, None, 2**62], 0),
        (kinds.WHOLE, [True, None], [1, None], 0),
        (kinds.NUMBER, [1.5, None], [1.5, None], 0),
        (kinds.NUMBER, [1.5, float("nan"), float("inf")], [1.5, None, float("inf")], 1),
        (kinds.ROUNDED, [decimal.Decimal("0.1"), None], [0.1, None], 0),
        (kinds.TEXT, ["a", None], ["a", None], 0),
        (kinds.TEXT, ["half \ud83d"], ["half ?"], 0),
        (kinds.JSON, [{"a": [1]}, "2"], ['{"a": [1]}', "2"], 0),
        (kinds.BYTES, [b"ab", None], ["6162", None], 0),
        (kinds.WHOLE, [2**70, None, 1], [None, None, 1], 1),
        (
            kinds.decimals(3, 1),
            [decimal.Decimal("12345.6"), decimal.Decimal("1.5")],
            [None, decimal.Decimal("1.5")],
            1,
        ),
        (
            kinds.decimals(4, 2),
            [decimal.Decimal("1.5"), decimal.Decimal("NaN")],
            [decimal.Decimal("1.50"), None],
            1,
        ),
        (kinds.DATE, [datetime.date(2024, 2, 29), "infinity"], [datetime.date(2024, 2, 29), None], 1),
    ],
)
def test_a_column_is_the_same_whether_it_is_taken_as_it_comes_or_value_by_value(
    kind: ColumnKind, values: list[Any], kept: list[Any], unfit: int
) -> None:
    array, count = kind.array(values)

    assert array.type == arrow_type(kind.type)
    assert (array.to_pylist(), count) == (kept, unfit)
