from __future__ import annotations

from canvas_app.data.differing_columns import differing_columns


def test_files_of_the_same_columns_are_nothing_to_tell() -> None:
    assert differing_columns({"a": {"x": "text"}, "b": {"x": "text"}}) == ()


def test_many_files_are_counted() -> None:
    files = {f"{place}.csv": {"x": "text"} for place in range(6)}

    assert differing_columns({**files, "z.csv": {"x": "text", "y": "text"}}) == (
        "y is missing in 0.csv, 1.csv, 2.csv and 3 more: its rows are blank there.",
    )
