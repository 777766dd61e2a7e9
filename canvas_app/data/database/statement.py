"""A person's own SQL is one query that reads; anything else is refused before a server sees it."""

from __future__ import annotations

from canvas_app.base.errors import CanvasError, Where

_BEGINNINGS = {"SELECT", "WITH", "VALUES", "TABLE", "("}
_HIDDEN = ("/*!", "/*M!")
"""Comments that MySQL and MariaDB run."""


def one_query(text: str, dialect: str, refused: frozenset[str] = frozenset()) -> str:
    """The query without its end mark; raises ``CanvasError`` for several, or one that may do more than read.

    ``dialect`` is sqlglot's word for the server's SQL. ``refused`` are words, in capitals, that a query which
    only reads never has outside quotes.
    """
    from sqlglot import tokenize
    from sqlglot.errors import TokenError
    from sqlglot.tokenizer_core import TokenType

    where = Where(field="query")
    try:
        tokens = tokenize(text, read=dialect)
    except TokenError as error:
        raise CanvasError(
            "The SQL can't be read: a quote or a comment isn't closed.", hint="Close it.", where=where
        ) from error
    while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens.pop()
    if not tokens:
        raise CanvasError("There is no SQL.", hint="Write a SELECT.", where=where)
    if any(token.token_type is TokenType.SEMICOLON for token in tokens):
        raise CanvasError("There are several statements.", hint="Keep one SELECT.", where=where)
    texts = (TokenType.STRING, TokenType.IDENTIFIER)
    words = {token.text.upper() for token in tokens if token.token_type not in texts}
    first = tokens[0].text.upper()
    hidden = any(mark in text for mark in _HIDDEN)
    wrong = first if first not in _BEGINNINGS else next(iter(sorted(words & refused)), "")
    if wrong or hidden:
        raise CanvasError(
            f"Only a query that reads can be imported, and this has {wrong or 'a comment that is run'}.",
            hint="Write one SELECT.",
            where=where,
        )
    return text[: tokens[-1].end + 1]
