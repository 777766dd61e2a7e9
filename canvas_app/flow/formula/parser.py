"""A formula as a tree; what binds tighter stands deeper, as in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_app.flow.formula.errors import FormulaError
from canvas_app.flow.formula.tokens import Token, tokens_of

DEEPEST = 60
"""Brackets within brackets."""

_DIGITS = 19
"""Of the largest whole number that the engine holds in 64 bits."""


@dataclass(frozen=True)
class Constant:
    """A number, a text, a switch, or nothing (None)."""

    value: int | float | str | bool | None
    at: int


@dataclass(frozen=True)
class Reference:
    """A column by its name."""

    name: str
    at: int


@dataclass(frozen=True)
class Call:
    """A function or a sign such as ``+``, with what it works on."""

    function: str
    arguments: tuple[Expression, ...]
    at: int


Expression = Constant | Reference | Call

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "==", "!=", "<>", "<", "<=", ">", ">="),
    ("&",),
    ("+", "-"),
    ("*", "/", "%"),
)
_COMPARISONS = 2
_SAME = {"==": "=", "<>": "!="}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "blank": None}


def parse(formula: str) -> Expression:
    """The tree of a formula; raises ``FormulaError`` with the place of the first mistake."""
    reader = _Reader(tokens_of(formula))
    if reader.ended():
        raise FormulaError("The formula is empty", 0, "Write one, such as [price] * 2.")
    tree = reader.level(0)
    if not reader.ended():
        raise FormulaError(
            f"{reader.here.text} was not expected", reader.here.at, "Put a sign such as + or & before it."
        )
    return tree


class _Reader:
    """Reads tokens from left to right by recursive descent."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._next]

    def ended(self) -> bool:
        """Whether all is read."""
        return self.here.kind == "end"

    def level(self, level: int) -> Expression:
        """What is joined by the signs of one level, or of a tighter one."""
        if level == len(_LEVELS):
            return self._signed()
        if level == _COMPARISONS and self._word() == "not":
            at = self._take().at
            return Call("not", (self._deeper(_COMPARISONS),), at)
        left = self.level(level + 1)
        while self._sign() in _LEVELS[level]:
            token = self._take()
            right = self.level(level + 1)
            sign = token.text.lower()
            left = Call(_SAME.get(sign, sign), (left, right), token.at)
            if level == _COMPARISONS and self._sign() in _LEVELS[level]:
                raise FormulaError(
                    "Two comparisons follow each other",
                    self.here.at,
                    "Join them with and, such as a < b and b < c.",
                )
        return left

    def _signed(self) -> Expression:
        if self.here.kind == "sign" and self.here.text in "-+":
            token = self._take()
            self._enter(token)
            inner = self._signed()
            self._depth -= 1
            return Call("negative", (inner,), token.at) if token.text == "-" else inner
        base = self._atom()
        if self._sign() == "^":
            token = self._take()
            self._enter(token)
            power = self._signed()
            self._depth -= 1
            return Call("^", (base, power), token.at)
        return base

    def _atom(self) -> Expression:
        token = self._take()
        match token.kind:
            case "number":
                return Constant(_number(token), token.at)
            case "text":
                return Constant(token.text, token.at)
            case "column":
                return Reference(token.text, token.at)
            case "name":
                return self._named(token)
            case "sign" if token.text == "(":
                inner = self._deeper(0)
                self._expect(")")
                return inner
        what = f"{token.text} was not expected" if token.text else "The formula ends too early"
        raise FormulaError(what, token.at, "Put a column, a number or a text there.")

    def _named(self, token: Token) -> Expression:
        if self._sign() == "(":
            return self._call(token)
        word = token.text.lower()
        if word in _WORDS:
            return Constant(_WORDS[word], token.at)
        if word in ("and", "or", "not"):
            raise FormulaError(
                f"{token.text} was not expected", token.at, "Put something to compare on both sides of it."
            )
        return Reference(token.text, token.at)

    def _call(self, token: Token) -> Call:
        self._take()
        arguments: list[Expression] = []
        if self._sign() != ")":
            arguments.append(self._deeper(0))
        while self._sign() == ",":
            self._take()
            arguments.append(self._deeper(0))
        self._expect(")")
        return Call(token.text.lower(), tuple(arguments), token.at)

    def _deeper(self, level: int) -> Expression:
        self._enter(self.here)
        inner = self.level(level)
        self._depth -= 1
        return inner

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("The formula is nested too deeply", token.at, "Split it over two columns.")

    def _take(self) -> Token:
        token = self.here
        self._next += token.kind != "end"
        return token

    def _sign(self) -> str:
        """The sign, or joining word, that comes next; nothing for anything else."""
        return self.here.text if self.here.kind == "sign" else self._word()

    def _word(self) -> str:
        word = self.here.text.lower()
        return word if self.here.kind == "name" and word in ("and", "or", "not") else ""

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            what = self.here.text or "the end"
            raise FormulaError(f"{sign} was expected instead of {what}", self.here.at, f"Put {sign} there.")
        self._take()


def _number(token: Token) -> int | float:
    if token.text.isdecimal() and len(token.text) <= _DIGITS and int(token.text) < 2**63:
        return int(token.text)
    number = float(token.text)
    if number == float("inf"):
        shown = f"{token.text[:_DIGITS]}…" if len(token.text) > _DIGITS else token.text
        raise FormulaError(f"{shown} is too large a number", token.at, "Write a smaller one.")
    return number
