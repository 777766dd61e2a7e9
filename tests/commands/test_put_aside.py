"""Rows that an import put aside are told by their lines, and by the file that keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.commands.put_aside import aside_words, kept_aside


def aside(folder: Path, lines: int) -> Path:
    path = folder / "table.rejected.csv"
    rows = [f'{at},"too few, by far","1"\n' for at in range(3, 3 + lines)]
    path.write_text("line,reason,content\n" + "".join(rows), "utf-8")
    return path


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (1, "line 3"),
        (2, "lines 3 and 4"),
        (8, "lines 3, 4, 5, 6, 7, 8, 9 and 10"),
        (1010, "lines 3, 4, 5, 6, 7, 8, 9, 10 and 1,002 more"),
    ],
)
def test_the_first_lines_are_named(tmp_path: Path, lines: int, words: str):
    said = aside_words(aside(tmp_path, lines), Path("people.csv"), stays=False)

    assert said == (f"Put aside: {words} of people.csv.",)


def test_a_file_that_stays_is_named(tmp_path: Path):
    path = aside(tmp_path, 1)
    (said,) = aside_words(kept_aside(tmp_path / "table.parquet"), Path("people.csv"), stays=True)

    assert said == f"Put aside: line 3 of people.csv. Kept, with the reasons, in {path}."


def test_where_all_rows_fit_nothing_is_said(tmp_path: Path):
    assert aside_words(kept_aside(tmp_path / "table.parquet"), Path("people.csv"), stays=True) == ()
