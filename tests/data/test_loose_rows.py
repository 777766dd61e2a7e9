from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.loose_rows import Gathered, LooseRows

DAY = datetime.date(2020, 1, 2)
MOMENT = datetime.datetime(2020, 1, 2, 3, 4, 5)


def gathered(folder: Path, *batches: dict[str, list[Any]], whole: bool = False) -> Gathered:
    loose = LooseRows(folder, whole=whole)
    for batch in batches:
        loose.add(batch)
    return loose.finish()


def values(engine: Engine, found: Gathered) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = engine.fetch(found.table(engine)).to_pydict()
    return columns


@pytest.mark.parametrize(
    ("batches", "kind", "together"),
    [
        (([1], [2]), "whole", [1, 2]),
        (([1], [2.5]), "number", [1.0, 2.5]),
        (([True], [False]), "switch", [True, False]),
        (([True], [2]), "text", ["true", "2"]),
        (([DAY], [MOMENT]), "moment", [datetime.datetime(2020, 1, 2), MOMENT]),
        (([MOMENT], ["soon"]), "text", ["2020-01-02 03:04:05", "soon"]),
        (([2.0, 2.5], ["x"]), "text", ["2", "2.5", "x"]),
        (([None], [None]), "blank", [None, None]),
        (([None], [3]), "whole", [None, 3]),
        (([b"\x01\xff"], ["x"]), "text", ["01ff", "x"]),
        (([datetime.time(1, 2)], [None]), "time", [datetime.time(1, 2), None]),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_a_column_takes_the_type_that_holds_all_its_values(
    engine: Engine,
    tmp_path: Path,
    batches: tuple[list[Any], list[Any]],
    kind: str,
    together: list[Any],
    at_once: bool,
) -> None:
    first, second = batches
    found = gathered(tmp_path, *([{"a": first + second}] if at_once else [{"a": first}, {"a": second}]))

    assert found.kinds == {"a": kind}
    assert values(engine, found) == {"a": together}


def test_columns_may_appear_late(engine: Engine, tmp_path: Path) -> None:
    found = gathered(tmp_path, {"a": [1]}, {"a": [2], "b": ["x"]}, {"b": ["y"]})

    assert values(engine, found) == {"a": [1, 2, None], "b": [None, "x", "y"]}
    assert found.rows == 3


@pytest.mark.parametrize("batches", [[[2**60, 1.5]], [[2**60], [1.5]], [[2**70, 1]], [[1], [-(2**70)]]])
def test_numbers_too_long_to_be_exact_keep_their_digits(
    engine: Engine, tmp_path: Path, batches: list[list[Any]]
) -> None:
    found = gathered(tmp_path, *({"a": batch} for batch in batches))

    shown = [str(value) for batch in batches for value in batch]
    assert values(engine, found) == {"a": shown}
    assert found.notes == ("a was kept as text: its long numbers would lose digits.",)


def test_counts_that_come_as_floats_are_whole(engine: Engine, tmp_path: Path) -> None:
    found = gathered(tmp_path, {"a": [1.0, 2.0], "b": [1.0, 2.5]}, whole=True)

    assert [column.type for column in schema_of(found.table(engine))] == ["whole", "number"]


def test_a_mixed_column_is_told_with_an_example(tmp_path: Path) -> None:
    found = gathered(tmp_path, {"a": [1, 2, "n/a", 4]})

    assert found.notes == ("a was kept as text: 1 of 4 values is no whole number, such as “n/a”.",)


def test_batches_alike_share_a_file(tmp_path: Path) -> None:
    assert len(gathered(tmp_path, {"a": [1]}, {"a": [2]}, {"a": [3]}).pieces) == 1


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"more than 10,000 columns"):
        gathered(tmp_path, {f"c{place}": [1] for place in range(10_001)})
