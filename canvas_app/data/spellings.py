"""Texts that mean the same though they are written differently."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

_LONG_ENOUGH = 6
"""Letters from which one slip leaves a word recognisable."""
_LONG = 9
_OUTWEIGHS = 10
"""Times as frequent as a slip the right word must be."""
_MOST = 2_000


def plain(text: str) -> str:
    """A text without capitals, accents, signs and needless spaces; what it had besides these stays."""
    unaccented = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign)
    )
    bare = " ".join(re.sub(r"[\W_]+", " ", unaccented).split())
    return bare or text.strip()


def spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """The spellings that should give way, each with the one that is most frequent.

    ``counts`` are rows by value. Numbers, and words that differ in a digit, are never slips.
    """
    same: defaultdict[str, list[str]] = defaultdict(list)
    for value in counts:
        same[_key(value)].append(value)
    found: dict[str, str] = {}
    rows = {key: sum(counts[value] for value in values) for key, values in same.items()}
    best = {key: max(values, key=lambda value: (counts[value], value)) for key, values in same.items()}
    for key, values in same.items():
        found |= {value: best[key] for value in values if value != best[key]}
    for wrong, right in slips(rows).items():
        found |= dict.fromkeys(same[wrong], best[right])
    return found


def slips(rows: Mapping[str, int]) -> dict[str, str]:
    """Rare words that are one letter away from a far more frequent one, each with it."""
    words = [word for word in rows if len(word) >= _LONG_ENOUGH and not any(map(str.isdigit, word))]
    by_part: defaultdict[str, list[str]] = defaultdict(list)
    for word in words[:_MOST]:
        for part in _parts(word):
            by_part[part].append(word)
    found: dict[str, str] = {}
    for near in by_part.values():
        right = max(near, key=lambda word: rows[word])
        for word in near:
            outweighed = word != right and rows[right] >= rows[word] * _OUTWEIGHS
            if outweighed and word not in found and _is_slip(word, right):
                found[word] = right
    return {wrong: right for wrong, right in found.items() if right not in found}


def _is_slip(word: str, right: str) -> bool:
    """A letter too many, one too few, or two in the wrong order; another letter only in a long word.

    Short words with another letter are often words of their own, such as island and inland.
    """
    return len(word) != len(right) or sorted(word) == sorted(right) or len(word) >= _LONG


def _parts(word: str) -> Iterable[str]:
    """A word with each of its letters left out, and the word itself: two that share one are a slip apart.

    The first letter stays: words that differ there, such as north and worth, are seldom slips.
    """
    yield word
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


def _key(value: str) -> str:
    """Signs matter where a value has digits, as in ``<=50K`` and ``>50K``, or 1-2 and 12."""
    if any(map(str.isdigit, value)):
        return " ".join(value.casefold().split())
    return plain(value)
