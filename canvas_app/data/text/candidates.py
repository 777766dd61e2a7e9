"""The grammars that may be meant by a sample: our own list, and what three sniffers propose."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from canvas_app.data.engine import Engine, literal, without_patterns
from canvas_app.data.text.grammar import Grammar

USUAL = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 0.98}
_OTHER = {
    " ": 0.6,
    ":": 0.45,
    "^": 0.9,
    "~": 0.9,
    "\x01": 1.0,
    "\x02": 0.9,
    "\x14": 1.0,
    "\x1c": 0.9,
    "\x1d": 0.9,
    "\x1e": 0.9,
    "\x1f": 1.0,
    "¦": 0.9,
    "§": 0.9,
    "¬": 0.9,
    "·": 0.7,
    "•": 0.7,
    "、": 0.7,
    "，": 0.8,
    "；": 0.8,
    "#": 0.5,
    "!": 0.6,
    "@": 0.4,
    "&": 0.5,
    "*": 0.5,
    "%": 0.4,
    "$": 0.4,
    "=": 0.4,
    "+": 0.4,
    "-": 0.2,
    "_": 0.2,
    "/": 0.15,
    "\\t": 0.95,
    ", ": 0.0,
}
_RUN = re.compile(r"([^\w\s\"'.()\[\]{}])\1+|[|~^;,#@*%$!¦§]{2,4}|\t{2,}| (?:[|;,]) |<[|>=-]+>|\|[a-z]\|")
_SAMPLE = 16_384
_SLOW_SAMPLE = 4_096
_ESCAPED = 1.05
"""How much likelier it is that a backslash before a quote means something than that it does not."""
_LEAST_SHARE = 0.25
"""Of the lines, a delimiter must be in so many."""


@dataclass(frozen=True)
class Proposal:
    """A grammar with how likely it is before the table that it gives is looked at."""

    grammar: Grammar
    prior: float


def proposals(lines: Sequence[str], delimiter: str = "", quote: str | None = None) -> list[Proposal]:
    """Every grammar worth trying on a sample; what is given is taken as given."""
    signs = {delimiter: 1.0} if delimiter else dict(_delimiters(lines))
    text = "".join(lines)
    found = []
    for sign, prior in signs.items():
        quotes = [quote] if quote is not None else _quotes(text, sign)
        for mark in quotes:
            found.append(Proposal(Grammar(sign, mark), prior))
            if _escapes(text, sign, mark):
                found.append(Proposal(Grammar(sign, mark, "\\"), prior * _ESCAPED))
    if not delimiter:
        quotes = [quote] if quote is not None else ["", *(['"'] if '"' in text else [])]
        found += [Proposal(Grammar("", mark), 1.0) for mark in quotes]
    return found


def votes(engine: Engine, path: Path, lines: Sequence[str]) -> Counter[tuple[str, str]]:
    """Which delimiters and quotes DuckDB and the standard library see; a quote of "" says nothing."""
    seen: Counter[tuple[str, str]] = Counter()
    for vote in (_duckdb(engine, path), _standard("".join(lines)[:_SAMPLE])):
        if vote is not None:
            seen[vote] += 1
    return seen


def slow_vote(lines: Sequence[str]) -> tuple[str, str] | None:
    """What CleverCSV sees in a sample that is short, since its time grows with the square of it."""
    import clevercsv

    text: list[str] = []
    size = 0
    for line in lines:
        size += len(line)
        if size > _SLOW_SAMPLE and text:
            break
        text.append(line[:_SLOW_SAMPLE])
    try:
        found = clevercsv.Detector().detect("".join(text))
    except (clevercsv.Error, ValueError, RecursionError, OverflowError):
        return None
    return (found.delimiter or "", found.quotechar or "") if found else None


def _delimiters(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    filled = [line for line in lines if line.strip()] or [""]
    least = max(1.0, _LEAST_SHARE * len(filled))
    for sign, prior in (USUAL | _OTHER).items():
        if prior and sum(sign in line.strip(" \r\n") for line in filled) >= (1 if sign in USUAL else least):
            yield sign, prior
    runs = Counter(run for line in filled for run in {found[0] for found in _RUN.finditer(line)})
    for run, count in runs.most_common(4):
        if count >= max(2.0, 0.6 * len(filled)) and run not in ("--", ".."):
            yield run, 0.95


def _quotes(text: str, sign: str) -> list[str]:
    """Those that stand where a value begins and where one ends, and none."""
    found = []
    border = re.escape(sign)
    for mark in ('"', "'", "`", "“", "þ", "~"):
        if mark not in text or mark == sign:
            continue
        start = re.search(rf"(?:^|{border}) *{mark}", text, re.MULTILINE)
        end = re.search(rf"{mark} *(?:{border}|\r|\n|\Z)", text)
        if start and end:
            found.append(mark)
    return ["", *found]


def _escapes(text: str, sign: str, quote: str) -> bool:
    """Whether backslashes stand before quotes, or before delimiters where nothing is quoted."""
    if quote:
        return "\\" + quote in text
    return "\\" + sign in text and sign != "\\t"


def _duckdb(engine: Engine, path: Path) -> tuple[str, str] | None:
    query = f"SELECT Delimiter, Quote FROM sniff_csv({literal(without_patterns(path))}, sample_size = 2000)"  # noqa: S608
    try:
        row = engine.raw.execute(query).fetchone()
    except duckdb.Error:
        return None
    return (str(row[0]), str(row[1]).replace("(empty)", "")) if row else None


def _standard(text: str) -> tuple[str, str] | None:
    try:
        found = csv.Sniffer().sniff(text)
    except (csv.Error, re.error):
        return None
    sign = found.delimiter
    return (sign, found.quotechar or "") if sign and not sign.isalnum() else None
