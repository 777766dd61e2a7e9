"""Tables on the clipboard: of spreadsheets and web pages, as lines of values parted by tabs."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

from canvas_app.base.errors import CanvasError

MOST = 1_000_000
"""Characters that are kept in a project's document."""
_MOST_SPAN = 1000
_CELLS = ("td", "th")
_UNSEEN = ("script", "style", "template")
_BREAKS = ("br", "p", "div", "li")

Cells = list[list[str]]


def table_text(plain: str, html: str = "") -> str:
    """The table on the clipboard as text to keep; raises ``CanvasError`` where there is none.

    Spreadsheets give both forms; of a web page, the HTML alone tells the cells apart surely.
    """
    text = plain
    if "\t" not in plain and "<table" in html.lower():
        text = _with_tabs(html_cells(html[: 20 * MOST]))
    if len([line for line in text.splitlines() if line.strip()]) < 2:
        raise CanvasError(
            "The clipboard holds no table.",
            hint="Copy cells of a spreadsheet, or a table on a web page, with the header; then paste again.",
        )
    if len(text) > MOST:
        raise CanvasError(
            f"The clipboard holds more than {MOST:,} characters.",
            hint="Save the table as a file where it comes from, and import the file.",
        )
    return text


def cells_of(text: str) -> Cells | None:
    """The cells of a text parted by tabs, all rows of one length; None where no tabs part it."""
    if "\t" not in text:
        return None
    rows = [row for row in csv.reader(io.StringIO(text), delimiter="\t") if any(cell.strip() for cell in row)]
    return _even(rows)


def html_cells(html: str) -> Cells:
    """The cells of the largest table in a piece of HTML; nothing in it is loaded or run."""
    parser = _Tables()
    parser.feed(html)
    parser.close()
    tables = [_even(_spread(table)) for table in parser.tables]
    return max(tables, key=lambda rows: sum(map(len, rows)), default=[])


def _with_tabs(rows: Cells) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def _even(rows: Cells) -> Cells:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


Spanned = list[list[tuple[str, int, int]]]


def _spread(rows: Spanned) -> Cells:
    """Every cell in each place that it spans."""
    below: dict[tuple[int, int], str] = {}
    table: Cells = []
    for at, row in enumerate(rows):
        cells: list[str] = []
        waiting = iter(row)
        while True:
            if (at, len(cells)) in below:
                cells.append(below.pop((at, len(cells))))
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            text, across, down = cell
            for further in range(1, down):
                below.update({(at + further, len(cells) + place): text for place in range(across)})
            cells += [text] * across
        table.append(cells)
    return table


class _Tables(HTMLParser):
    """Collects the cells of tables; what stands in a table within a cell belongs to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Spanned] = []
        self._depth = 0
        self._unseen = 0
        self._words: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag in _BREAKS and self._words is not None:
            self._words.append(" ")
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()
            self._words = []
            self._span = (_span(attrs, "colspan"), _span(attrs, "rowspan"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in (*_CELLS, "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._unseen:
            self._words.append(data)

    def _end_cell(self) -> None:
        if self._words is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        self.tables[-1][-1].append((" ".join("".join(self._words).split()), *self._span))
        self._words = None


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    given = dict(attrs).get(name) or "1"
    return min(_MOST_SPAN, max(1, int(given))) if given.isdecimal() else 1
