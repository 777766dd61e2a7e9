from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from canvas_app.data.database import column_kind as kinds
from canvas_app.data.database.server import Answer, ServerColumn
from canvas_app.data.database.stream import notes_of, write_rows


class Rows(Answer):
    """Rows of a list, and how many were asked for each time."""

    def __init__(self, names: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
        self.columns = tuple(ServerColumn(name, "text") for name in names)
        self.asked: list[int] = []
        self._rows = rows

    def fetch(self, count: int) -> Sequence[Sequence[Any]]:
        self.asked.append(count)
        return list(islice(self._rows, count))


def test_all_rows_come_in_their_order_and_in_groups(tmp_path: Path) -> None:
    answer = Rows(["n"], ((number,) for number in range(250_000)))
    told: list[int] = []
    written = write_rows(answer, [kinds.WHOLE], tmp_path / "a.parquet", answer.fetch, told.append)
    file = pyarrow.parquet.ParquetFile(tmp_path / "a.parquet")

    assert written.rows == told[-1] == 250_000
    assert file.read()["n"].to_pylist() == list(range(250_000))
    assert 2 <= file.num_row_groups <= 4
    file.close()


def test_large_rows_are_asked_for_in_small_batches(tmp_path: Path) -> None:
    answer = Rows(["words"], (("x" * 1_000_000,) for _ in range(260)))
    write_rows(answer, [kinds.TEXT], tmp_path / "a.parquet", answer.fetch, lambda _: None)

    assert max(answer.asked[1:]) <= 5


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["id", "ID", "id"], ["id", "ID_2", "id_3"]),
        (["", "a", ""], ["column_1", "a", "column_3"]),
        (["a", "a", "a_2"], ["a", "a_2", "a_2_2"]),
    ],
)
def test_every_column_has_a_name_of_its_own_and_a_change_is_told(
    names: list[str], called: list[str], tmp_path: Path
) -> None:
    answer = Rows(names, iter([(1, 2, 3)]))
    columns = [kinds.WHOLE] * 3
    written = write_rows(answer, columns, tmp_path / "a.parquet", answer.fetch, lambda _: None)

    assert pyarrow.parquet.read_schema(tmp_path / "a.parquet").names == called
    notes = notes_of(answer, columns, written)
    assert len(notes) == sum(name != now for name, now in zip(names, called, strict=True))


def test_what_became_of_types_and_values_is_told(tmp_path: Path) -> None:
    answer = Rows(["born", "a", "b"], iter([("infinity", "1 day", "2 days"), (None, None, None)]))
    columns = [kinds.DATE, kinds.as_text("interval"), kinds.as_text("interval")]
    written = write_rows(answer, columns, tmp_path / "a.parquet", answer.fetch, lambda _: None)

    assert notes_of(answer, columns, written) == (
        "a, b: kept as text (interval).",
        "born: 1 value that can't be a date, time or number became blank.",
    )
