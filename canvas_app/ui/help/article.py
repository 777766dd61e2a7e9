"""A topic of the help as a page to read: title, sentence, what it does, its parameters, a worked example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from canvas_app.data.schema import ColumnInfo
from canvas_app.flow.unit_help import UnitHelp
from canvas_app.flow.worked_example import Rows, WorkedExample
from canvas_app.ui.grid.cell_text import column_texts
from canvas_app.ui.help.topics import Topic
from canvas_app.ui.theme.tokens import Tokens

_TYPES = {
    "number": "number",
    "whole": "whole number",
    "text": "text",
    "time": "date",
    "switch": "true or false",
    "other": "",
}


def article(topic: Topic, tokens: Tokens, worked: WorkedExample | None = None) -> str:
    """The topic as HTML; the example's tables are there once they have been worked out."""
    parts = [
        _heading(topic.title, tokens.page_title, above=0),
        f'<p style="color:{tokens.muted}; margin:0 0 4px 0">{escape(topic.words)}</p>',
    ]
    if topic.rows:
        parts.append(_pairs(topic.rows, tokens))
    if topic.unit is not None:
        parts += _of_unit(topic.unit, tokens, worked)
    return "".join(parts)


def _of_unit(unit: UnitHelp, tokens: Tokens, worked: WorkedExample | None) -> Iterable[str]:
    if unit.facts:
        yield "".join(f'<p style="margin:8px 0 0 0">{escape(fact)}</p>' for fact in unit.facts)
    if unit.example:
        yield _heading("Example", tokens.panel_title)
        yield _pairs(unit.example, tokens)
    if worked is not None:
        yield from _worked(worked, tokens)
    if unit.fields:
        yield _heading("Parameters", tokens.panel_title)
        yield _pairs(((field.label, f"{field.takes} {field.words}".strip()) for field in unit.fields), tokens)


def _worked(worked: WorkedExample, tokens: Tokens) -> Iterable[str]:
    several = len(worked.before) > 1
    for place, table in enumerate(worked.before):
        yield _caption(f"Comes in, table {place + 1}" if several else "Comes in", tokens)
        yield _table(table, {}, tokens)
    yield _caption("Comes out", tokens)
    yield _table(worked.after, {} if several else _cells(worked.before[0]), tokens)


def _heading(words: str, size: int, above: int = 18) -> str:
    return f'<p style="font-size:{size}px; font-weight:600; margin:{above}px 0 6px 0">{escape(words)}</p>'


def _caption(words: str, tokens: Tokens) -> str:
    return f'<p style="color:{tokens.muted}; margin:12px 0 4px 0">{escape(words)}</p>'


def _pairs(rows: Iterable[tuple[str, str]], tokens: Tokens) -> str:
    lines = "".join(
        f'<tr><td width="34%" style="padding:4px 12px 4px 0; font-weight:600">{escape(one)}</td>'
        f'<td style="padding:4px 0; color:{tokens.muted}">{escape(other)}</td></tr>'
        for one, other in rows
    )
    return f'<table width="100%" cellspacing="0">{lines}</table>'


def _table(table: Rows, before: Mapping[str, Sequence[str]], tokens: Tokens) -> str:
    """The rows; where as many came in before, what is new or changed is tinted."""
    cells = _cells(table)
    count = table.rows.num_rows
    tinted = all(len(column) == count for column in before.values()) and bool(before)
    lines = [
        "".join(
            _cell(column[at], tokens.good_soft if tinted and _differs(before.get(name), column, at) else "")
            for name, column in cells.items()
        )
        for at in range(count)
    ]
    head = "".join(_head(column, tokens) for column in table.schema)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table cellspacing="0" bgcolor="{tokens.ground}"><tr>{head}</tr>{body}</table>'


def _head(column: ColumnInfo, tokens: Tokens) -> str:
    style = f"color:{tokens.muted}; font-weight:400; font-size:{tokens.caption}px"
    return (
        f'<th align="left" style="padding:4px 14px 4px 6px; font-weight:600">{escape(column.name)}'
        f'<br><span style="{style}">{_TYPES[column.type]}</span></th>'
    )


def _cell(text: str, colour: str) -> str:
    tint = f' bgcolor="{colour}"' if colour else ""
    return f'<td{tint} style="padding:3px 14px 3px 6px">{escape(text)}</td>'


def _differs(before: Sequence[str] | None, after: Sequence[str], at: int) -> bool:
    return before is None or before[at] != after[at]


def _cells(table: Rows) -> dict[str, list[str]]:
    """The cells of every column, by its name; a blank is a dash."""
    return {
        name: ["–" if text is None else text for text in column_texts(table.rows.column(name))]
        for name in table.schema.names
    }
