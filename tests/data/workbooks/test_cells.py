from __future__ import annotations

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.workbooks.cells import Area, area_of, column_of, letters_of


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("", Area()),
        ("B3:F200", Area(2, 1, 200, 6)),
        ("$b$3:$F$200", Area(2, 1, 200, 6)),
        ("B:F", Area(0, 1, None, 6)),
        ("3:20", Area(2, 0, 20, None)),
        (" B3 ", Area(2, 1)),
    ],
)
def test_ranges_are_read_as_spreadsheets_write_them(text: str, area: Area) -> None:
    assert area_of(text) == area


@pytest.mark.parametrize("text", ["here", "A1:B2:C3", "A1-B2", "ABCD1", "A1;B2", "A0", "F3:B1"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(CanvasError, match="is no range of cells"):
        area_of(text)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_columns_have_letters_and_numbers(letters: str, number: int) -> None:
    assert column_of(letters) == number
    assert letters_of(number) == letters
