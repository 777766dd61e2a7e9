from __future__ import annotations

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.pasted import MOST, cells_of, html_cells, table_text

PAGE = """
<html><style>td { color: red }</style><p>before</p>
<table><tr><td>navigation</td></tr></table>
<table>
  <thead><tr><th>Name<th>Age &amp; more</tr></thead>
  <tr><td><b>Ann</b> <i>Lee</i></td><td>3<br>years</td></tr>
  <tr><td>Bob<script>alert(1)</script></td><td><img src="http://example.com/x.png">4</td></tr>
</table>
"""


def test_cells_of_a_spreadsheet_are_kept_as_they_are() -> None:
    text = 'a\tb\n1\t"x\ny"\n2\t"say ""no"""\n'

    assert table_text(text, "<table><tr><td>other</td></tr></table>") == text
    assert cells_of(text) == [["a", "b"], ["1", "x\ny"], ["2", 'say "no"']]


def test_the_largest_table_of_a_page_is_taken() -> None:
    assert cells_of(table_text("Name Age", PAGE)) == [
        ["Name", "Age & more"],
        ["Ann Lee", "3 years"],
        ["Bob", "4"],
    ]


def test_cells_stand_wherever_they_span() -> None:
    html = (
        "<table><tr><th rowspan=2>name</th><th colspan=2>2020</th></tr><tr><th>low</th><th>high</th></tr>"
        "<tr><td>Ann</td><td>1</td></tr></table>"
    )

    assert html_cells(html) == [["name", "2020", "2020"], ["name", "low", "high"], ["Ann", "1", ""]]


def test_a_table_within_a_cell_is_part_of_the_cell() -> None:
    html = "<table><tr><td>a<table><tr><td>x</td></tr></table></td><td>b</td></tr></table>"

    assert html_cells(html) == [["ax", "b"]]


def test_spans_without_end_are_cut() -> None:
    assert (
        len(html_cells("<table><tr><td colspan=999999999>a</td><td colspan=x>b</td></tr></table>")[0]) == 1001
    )


@pytest.mark.parametrize(
    ("plain", "html"), [("", ""), ("a word", "<p>a word</p>"), ("\n\n", "<table></table>")]
)
def test_what_is_no_table_is_refused(plain: str, html: str) -> None:
    with pytest.raises(CanvasError, match="The clipboard holds no table"):
        table_text(plain, html)


def test_too_much_is_refused() -> None:
    with pytest.raises(CanvasError, match=r"more than 1,000,000 characters.*import the file"):
        table_text("a\tb\n" * MOST)
