"""In what form the values of a column are written, as texts show it: numbers, dates and how these look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from canvas_app.data.engine import identifier, literal
from canvas_app.data.text.cell_kind import MISSING

ISO = "%Y-%m-%d"
DATES = (
    ISO,
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
)
_TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M %p")
_LETTERS = {
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%m": r"(?:0?[1-9]|1[0-2])",
    "%d": r"(?:0?[1-9]|[12]\d|3[01])",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{4,9}",
    "%H": r"(?:[01]?\d|2[0-3])",
    "%I": r"(?:0?[1-9]|1[0-2])",
    "%M": r"[0-5]\d",
    "%S": r"[0-5]\d",
    "%f": r"\d{1,6}",
    "%p": r"[AaPp][Mm]",
}
_PART = re.compile(r"%[A-Za-z]")
_POINT = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:inf|infinity|nan)", re.IGNORECASE)
_COMMA = re.compile(r"[-+]?\d*,\d+|[-+]?\d+")
_WHOLE = re.compile(r"[-+]?\d{1,18}")
KEPT_AS_TEXT = "[+-]?0[0-9].*|[+-]?[0-9]{16,}|\\+[0-9]{7,}"
"""Numbers that would lose letters: leading zeros, very long ones, and numbers of telephones."""
_KEPT = re.compile(KEPT_AS_TEXT)
_CODE = re.compile(r"\d+[eE]\d+")
_GROUPS = {
    (".", ","): r"[-+]?\d{1,3}(?:,\d{3})*(?:\.\d+)?",
    (",", "."): r"[-+]?\d{1,3}(?:\.\d{3})*(?:,\d+)?",
    (",", " "): r"[-+]?\d{1,3}(?:[  ]\d{3})*(?:,\d+)?",
    (".", " "): r"[-+]?\d{1,3}(?:[  ]\d{3})*(?:\.\d+)?",
    (".", "'"): r"[-+]?\d{1,3}(?:['’]\d{3})*(?:\.\d+)?",
}
_SPACES = " \u00a0\u202f"
_MOST_WORDS = 0.6
_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?Z?")


@dataclass(frozen=True)
class Form:
    """A type, and how its values are written where that is not as the engine writes them."""

    type: str = "VARCHAR"
    """DuckDB's word."""
    format: str = ""
    """Of dates and moments, in letters of ``strptime``."""
    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = ()
    """Words, in small letters, that stand for no value."""

    @property
    def native(self) -> bool:
        """Whether the engine reads it without being told how it looks."""
        plain = self.decimal == "." and not self.thousands and not self.missing
        return plain and (not self.format or self.format == ISO)

    def value(self, name: str) -> str:
        """SQL of the value of a text column, which fails where it can't be read."""
        return self._as(name, "CAST", "strptime")

    def fits(self, name: str) -> str:
        """SQL that says whether the text in the column can be read without a loss."""
        text = self.text(name)
        if self.type == "VARCHAR":
            return "true"
        if self.type == "BOOLEAN":
            return f"coalesce(lower({text}) IN ('true', 'false'), true)"
        tried = f"{self._as(name, 'TRY_CAST', 'try_strptime')} IS NOT NULL"
        if self.type in ("BIGINT", "DOUBLE"):
            whole = f" AND regexp_full_match(trim({self._plain(text)}), '[+-]?[0-9]+')"
            tried += (whole if self.type == "BIGINT" else "") + self._marks(text) + self._lossless(text)
        if self.type == "BIGINT" and self.native:  # the quick way for most
            tried = f"coalesce(CAST(TRY_CAST({text} AS BIGINT) AS VARCHAR) = {text}, false) OR ({tried})"
        return f"({text} IS NULL OR ({tried}))"

    def tried(self, name: str) -> str:
        """SQL of the value of a text column, blank where it can't be read."""
        return self._as(name, "TRY_CAST", "try_strptime")

    def constant(self, text: str) -> str:
        """SQL of one given value; blank where it can't be read."""
        return f"TRY_CAST({literal(text)} AS {self.type})"

    @property
    def ambiguous(self) -> bool:
        """Whether the order of day and month is a matter of the file."""
        return self.format[:2] in ("%d", "%m") and "%b" not in self.format.lower()

    @property
    def in_words(self) -> str:
        """The format as a person writes it."""
        words = {"%d": "day", "%m": "month", "%Y": "year", "%y": "year", "%b": "month", "%B": "month"}
        return _PART.sub(lambda found: words.get(found[0], found[0]), self.format.split(" ")[0])

    def _marks(self, text: str) -> str:
        """That marks between thousands, and the decimal comma, stand where they should."""
        if self.thousands:
            return f" AND regexp_full_match({text}, {literal(_GROUPS[self.decimal, self.thousands])})"
        return f" AND regexp_full_match({text}, {literal(_COMMA.pattern)})" if self.decimal == "," else ""

    def _lossless(self, text: str) -> str:
        if self.thousands:
            return ""
        some = f"({text}[1] IN ('0', '+', '-') OR length({text}) > 15)"
        return f" AND NOT ({some} AND regexp_full_match({text}, {literal(KEPT_AS_TEXT)}))"

    def _as(self, name: str, cast: str, parse: str) -> str:
        text = self.text(name)
        if self.type == "VARCHAR":
            return text
        if self.format and self.format != ISO and self.type in ("DATE", "TIMESTAMP"):
            return f"{cast}({parse}({text}, {literal(self.format)}) AS {self.type})"
        return f"{cast}({self._plain(text)} AS {self.type})"

    def text(self, name: str) -> str:
        """SQL of the text, blank where a word says that there is no value."""
        column = identifier(name)
        if not self.missing:
            return column
        words = ", ".join(literal(word) for word in self.missing)
        return f"CASE WHEN NOT list_contains([{words}], lower(trim({column}))) THEN {column} END"

    def _plain(self, text: str) -> str:
        """The number with a point, and without marks between its thousands."""
        for mark in (
            self.thousands,
            "\u00a0" if self.thousands == " " else "",
            "\u202f" if self.thousands == " " else "",
        ):
            text = f"replace({text}, {literal(mark)}, '')" if mark else text
        return f"replace({text}, ',', '.')" if self.decimal == "," else text


def forms_of(
    values: Sequence[str], decimal: str = "", thousands: str = "", date: str = "", missing: Sequence[str] = ()
) -> list[Form]:
    """The forms that a sample of filled values may be written in, the likeliest first; text is always one."""
    words = frozenset(word.lower() for word in missing) or MISSING
    bare = [value.strip() for value in values]
    lost = tuple(
        sorted({value.lower() for value in bare if value.lower() in words and value.lower() != "nan"})
    )
    kept = [value for value in bare if value.lower() not in words or (value.lower() == "nan" and not missing)]
    if not kept or len(kept) < (1 - _MOST_WORDS) * len(bare):
        return [Form(missing=lost if missing else ())]
    found = _numbers(kept, decimal, thousands) + _times(kept, date)
    if all(value.lower() in ("true", "false") for value in kept):
        found.insert(0, Form("BOOLEAN"))
    typed = [Form(f.type, f.format, f.decimal, f.thousands, lost) for f in found]
    return [*typed, Form(missing=lost if missing else ())]


def _numbers(values: Sequence[str], decimal: str, thousands: str) -> list[Form]:
    mark, ungrouped = thousands.replace("none", ""), thousands == "none"
    if any(_KEPT.fullmatch(value) for value in values) and not mark and not _grouped(values):
        return []
    if all(_CODE.fullmatch(value) for value in values):
        return []
    found = []
    if decimal in ("", ".") and not mark and all(_POINT.fullmatch(value) for value in values):
        whole = all(_WHOLE.fullmatch(value) for value in values)
        found += [*([Form("BIGINT")] if whole else []), Form("DOUBLE")]
    if not ungrouped:
        found += [form for form in _groups(values, mark) if decimal in ("", form.decimal)]
    comma = decimal in ("", ",") and any("," in value for value in values)
    if comma and all(_COMMA.fullmatch(value) for value in values):
        found.append(Form("DOUBLE", decimal=","))
    return found


def _groups(values: Sequence[str], wanted: str) -> list[Form]:
    """The ways in which marks stand between the thousands of the values, one of which has some."""
    found = []
    for (point, mark), pattern in _GROUPS.items():
        signs = _SPACES if mark == " " else mark
        there = any(sign in value for value in values for sign in signs)
        if wanted in ("", mark) and there and all(re.fullmatch(pattern, value) for value in values):
            whole = all(point not in value for value in values)
            found.append(Form("BIGINT" if whole else "DOUBLE", decimal=point, thousands=mark))
    return found


def _grouped(values: Sequence[str]) -> bool:
    return any(re.search(r"\d[,.' ]\d{3}(?:\D|$)", value) for value in values)


def is_number(value: str) -> bool:
    """Whether a text is a number as the engine reads it."""
    return bool(_POINT.fullmatch(value.strip(" ")) and value.strip(" "))


def _times(values: Sequence[str], date: str) -> list[Form]:
    found = []
    first = values[0]
    if first.isalnum() and not date:
        return []
    for day in (date,) if date else DATES:
        if re.fullmatch(pattern_of(day), first):
            form = Form("TIMESTAMP" if "%H" in day or "%I" in day else "DATE", day)
            found += [form] if _all_parsed(values, day) else []
        elif re.match(pattern_of(day) + r"[T ]", first):
            found += _moments(values, day)
    if not found and all(_TIME.fullmatch(value) for value in values):
        found.append(Form("TIME"))
    return found


def _moments(values: Sequence[str], day: str) -> list[Form]:
    if (
        day == ISO
        and all(_MOMENT.fullmatch(value) for value in values)
        and _all_parsed([v[:10] for v in values], ISO)
    ):
        return [Form("TIMESTAMP")]
    formats = (f"{day}{between}{time}" for between in (" ", "T") for time in _TIMES)
    return [Form("TIMESTAMP", each) for each in formats if _all_parsed(values, each)]


def _all_parsed(values: Sequence[str], format: str) -> bool:
    """Whether all are real dates: there is no 30th of February."""
    pattern = re.compile(pattern_of(format))
    if not all(pattern.fullmatch(value) for value in values):
        return False
    try:
        for value in values:
            datetime.strptime(value, format)
    except ValueError:
        return False
    return True


@lru_cache
def pattern_of(format: str) -> str:
    """The regular expression of what a format of ``strptime`` reads."""
    parts = _PART.split(format)
    letters = _PART.findall(format)
    return "".join(
        re.escape(part) + (_LETTERS.get(letters[place], r"\S+") if place < len(letters) else "")
        for place, part in enumerate(parts)
    )


def wanted_form(kind: str, date_format: str, missing: Sequence[str]) -> Form:
    """The form of a type that a person has chosen, in the words on the screen."""
    types = {"whole": "BIGINT", "number": "DOUBLE", "switch": "BOOLEAN", "date": "DATE", "time": "TIME"}
    types["date and time"] = "TIMESTAMP"
    found = types.get(kind, "VARCHAR")
    written = date_format if found in ("DATE", "TIMESTAMP") else ""
    return Form(found, written, missing=tuple(missing) if found != "VARCHAR" else ())
