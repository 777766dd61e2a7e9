"""A formula as words and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from canvas_app.flow.formula.errors import FormulaError

LONGEST = 500
"""Words and signs; a longer formula nests deeper than the engine's own reader of SQL goes."""

TokenKind = Literal["number", "text", "name", "column", "sign", "end"]


@dataclass(frozen=True)
class Token:
    """One word or sign: ``column`` is a name in brackets, ``name`` a bare one."""

    kind: TokenKind
    text: str
    at: int


_PATTERN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*')
      | (?P<column>\[(?:[^\]]|\]\])*\])
      | (?P<name>[^\W\d][\w]*)
      | (?P<sign><=|>=|<>|!=|==|[-+*/^%&=<>(),])""",
    re.VERBOSE,
)


def tokens_of(formula: str) -> tuple[Token, ...]:
    """The words and signs of a formula, and its end; raises ``FormulaError``."""
    found = tuple(_tokens(formula))
    if len(found) > LONGEST:
        raise FormulaError("The formula is too long", found[LONGEST].at, "Split it over two columns.")
    return (*found, Token("end", "", len(formula)))


def _tokens(formula: str) -> Iterator[Token]:
    at = 0
    while at < len(formula):
        match = _PATTERN.match(formula, at)
        if match is None:
            raise _unreadable(formula, at)
        if match.lastgroup != "space":
            yield _token(match)
        at = match.end()


def _token(match: re.Match[str]) -> Token:
    text, at = match.group(), match.start()
    match match.lastgroup:
        case "text":
            return Token("text", text[1:-1].replace(text[0] * 2, text[0]), at)
        case "column":
            return Token("column", text[1:-1].replace("]]", "]"), at)
        case "number":
            return Token("number", text, at)
        case "name":
            return Token("name", text, at)
        case _:
            return Token("sign", text, at)


def _unreadable(formula: str, at: int) -> FormulaError:
    sign = formula[at]
    if sign in "\"'":
        return FormulaError("A text has no end", at, f"Close it with {sign}.")
    if sign == "[":
        return FormulaError("A column's name has no end", at, "Close it with ].")
    return FormulaError(
        f"{sign} means nothing here", at, "Put texts in quotes, and column names with signs in [brackets]."
    )
