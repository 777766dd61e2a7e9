"""What kind of thing one cell holds: a number, a date, a word, a phrase, or the remains of a wrong guess."""

from __future__ import annotations

import re
from functools import lru_cache

MISSING = frozenset(
    (
        "na",
        "n/a",
        "#n/a",
        "n.a.",
        "null",
        "none",
        "nan",
        "-",
        "--",
        "---",
        "?",
        ".",
        "..",
        "…",
        "\\n",
        "missing",
    )
)
"""Words that stand for no value, in small letters."""

_MONTH = r"(?:jan|feb|mar|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|sept|okt|oct|nov|de[cz])[a-z]{0,6}\.?"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?"
_DAY = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}[-/. ]{_MONTH}[-/., ]{{1,2}}\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}}"
    r"|\d{4}年\d{1,2}月\d{1,2}日)"
)
_MONEY = r"[$€£¥₹₽₩]|US\$|CHF|EUR|USD|GBP|zł|kr\.?|R\$"
_PLAIN = r"[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_GROUPED = r"[-+]?\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|(?:\.\d{3})+(?:,\d+)?|(?:[   ']\d{3})+(?:[.,]\d+)?)"
_KINDS = re.compile(
    "|".join(
        (
            rf"(?P<number>{_PLAIN}|{_GROUPED}|[-+]?inf|nan)",
            rf"(?P<money>\(?-?(?:{_MONEY}) ?(?:{_GROUPED}|{_PLAIN})\)?"
            rf"|(?:{_GROUPED}|{_PLAIN}) ?(?:{_MONEY}|%|‰)|\({_PLAIN}\))",
            rf"(?P<moment>{_DAY}[T ,]{{1,2}}{_TIME}(?: ?(?:Z|UTC|GMT|[-+]\d{{2}}:?\d{{2}}))?)",
            rf"(?P<date>{_DAY}|\d{{4}}-\d{{2}}|\d{{4}}-?[QW]\d{{1,2}})",
            rf"(?P<time>{_TIME})",
            r"(?P<address>(?:https?|ftp|mailto|s3)://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
            r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)",
            r"(?P<switch>true|false|yes|no|[tfyn])",
            r"(?P<list>[\[{(].*[\]})])",
            r"(?P<word>[^\W\d_][\w.'’&+/-]*|[\w#@$.-]*\w)",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_PHRASE = re.compile(r"[\w(\[#@&*¿¡'’“„«<$€£\"-][^\t|;\x00-\x08\ue000]*", re.DOTALL)
TYPED = frozenset(("number", "money", "moment", "date", "time"))


@lru_cache(maxsize=1 << 17)
def kind_of(cell: str) -> str:
    """One of blank, missing, number, money, moment, date, time, address, switch, list, word, phrase, odd."""
    bare = cell.strip()
    if not bare:
        return "blank"
    if len(bare) > 400:
        return "phrase" if _PHRASE.match(bare) else "odd"
    if bare.lower() in MISSING:
        return "missing"
    found = _KINDS.fullmatch(bare)
    if found:
        return found.lastgroup or "odd"
    return "phrase" if _PHRASE.fullmatch(bare) else "odd"
