"""Which grammar a file is written in: the one that gives the most consistent table, sniffers having a say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from canvas_app.data.engine import Engine
from canvas_app.data.text.candidates import proposals, slow_vote, votes
from canvas_app.data.text.consistency import ODD, Judged, holds_values, judge
from canvas_app.data.text.grammar import Grammar

_CLOSE = 0.8
"""The second best is close when its score is that share of the best one's."""
_SAY = 0.06
_SEPARATOR = "sep="


@dataclass(frozen=True)
class Wanted:
    """What a person says about the grammar; empty or none where it is to be found."""

    delimiter: str = ""
    quote: str | None = None
    escape: str | None = None


def choose(engine: Engine, path: Path, lines: Sequence[str], wanted: Wanted) -> Judged:
    """The best grammar for the sample; ``path`` is the same file in UTF-8, for DuckDB's sniffer."""
    hint = separator_in(lines)
    if hint and not wanted.delimiter:
        wanted, lines = replace(wanted, delimiter=hint), lines[1:]
    if wanted.delimiter == "\\t" and not any("\\t" in line for line in lines):
        wanted = replace(wanted, delimiter="\t")
    judged = [
        judge(each.grammar, lines, each.prior) for each in proposals(lines, wanted.delimiter, wanted.quote)
    ]
    if not wanted.delimiter and holds_values(lines):
        judged = [each for each in judged if each.grammar.delimiter not in ODD]
    if wanted.escape is not None:
        judged = [replace(each, grammar=replace(each.grammar, escape=wanted.escape)) for each in judged]
    best = _ordered(judged)
    if _undecided(best):
        best = _ordered(_with_votes(judged, votes(engine, path, lines)))
        if _undecided(best):
            slow = slow_vote(lines)
            best = _ordered(_with_votes(best, Counter([slow] if slow else [])))
    found = best[0]
    return replace(found, grammar=_finished(found.grammar, lines))


def separator_in(lines: Sequence[str]) -> str:
    """The delimiter that the first line names for Excel's sake, such as ``sep=;``."""
    first = lines[0].strip(" \r\n\"'") if lines else ""
    sign = first[len(_SEPARATOR) :]
    return sign if first.lower().startswith(_SEPARATOR) and 0 < len(sign) <= 3 else ""


def _ordered(judged: Sequence[Judged]) -> list[Judged]:
    return sorted(judged, key=lambda each: (-each.score, -len(each.grammar.delimiter)))


def _undecided(best: Sequence[Judged]) -> bool:
    return len(best) > 1 and best[1].score >= _CLOSE * best[0].score


def _with_votes(judged: Sequence[Judged], seen: Counter[tuple[str, str]]) -> list[Judged]:
    """Every sniffer that sees the same delimiter, and the same quote, adds a little."""
    signs: Counter[str] = Counter()
    for (sign, _), count in seen.items():
        signs[sign] += count
    return [
        replace(
            each,
            score=each.score
            * (1 + _SAY * signs[each.grammar.delimiter])
            * (1 + _SAY * seen[each.grammar.delimiter, each.grammar.quote]),
        )
        for each in judged
    ]


def _finished(grammar: Grammar, lines: Sequence[str]) -> Grammar:
    """A quote that the beginning does not use may still be used further down."""
    if grammar.quote or any('"' in line for line in lines):
        return grammar
    return replace(grammar, quote='"')
