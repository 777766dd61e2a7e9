"""Which type each column of texts has: the likeliest form that every value fits, and text if none does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from canvas_app.base.spec import ColumnRule
from canvas_app.data.engine import Engine, identifier, literal, select
from canvas_app.data.text.cell_kind import MISSING
from canvas_app.data.text.value_form import Form, forms_of, is_number, wanted_form
from canvas_app.jobs.job import Report

_AT_ONCE = 8
"""Columns per query: DuckDB's planning time grows with the square of their number."""
_RARE = 20
"""One in so many, at most, are exceptions in a column of numbers."""
_SOME = 300
_SAMPLE_CELLS = 200_000
_SAMPLE_ROWS = 3_000
_CANDIDATES = 4
_WORDS = {
    "BIGINT": "whole numbers",
    "DOUBLE": "numbers",
    "BOOLEAN": "true or false",
    "DATE": "dates",
    "TIME": "times",
    "TIMESTAMP": "dates and times",
}
_LOSING_TEXT = re.compile("^[+-]?0[0-9].*|^[+-]?[0-9]{16,}$|^[+][0-9]{7,}$")
_LOSING = literal(_LOSING_TEXT.pattern)


@dataclass(frozen=True)
class WantedValues:
    """What a person says about how values are written; empty where it is to be found."""

    decimal: str = ""
    thousands: str = ""
    date_format: str = ""
    missing: tuple[str, ...] = ()
    as_text: bool = False
    rules: tuple[ColumnRule, ...] = ()

    def rule(self, column: str) -> ColumnRule | None:
        """What is said about one column."""
        return next((rule for rule in self.rules if rule.column == column), None)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that stand for no value, in small letters; ``nan`` is a number unless it is given."""
        return tuple(word.lower() for word in self.missing) or tuple(sorted(MISSING - {"nan"}))


@dataclass(frozen=True)
class TypedColumn:
    """The form that was found for a column, and what to tell about it."""

    name: str
    form: Form
    note: str = ""
    unfit: int = 0
    """Values that the form can't hold, where a person has chosen it nevertheless."""
    rule: ColumnRule | None = None

    @property
    def lenient(self) -> bool:
        """Whether values that don't fit are to be expected."""
        return self.unfit > 0

    def expression(self) -> str:
        """SQL that makes the column of its texts."""
        name = identifier(self.name)
        if self.form == Form():
            return name
        if not self.lenient:
            return f"{self.form.value(self.name)} AS {name}"
        tried = f"CASE WHEN {self.form.fits(self.name)} THEN {self.form.tried(self.name)} END"
        if self.rule is not None and self.rule.on_failure == "value":
            given = self.form.constant(self.rule.value)
            blank = f"{self.form.text(self.name)} IS NULL"
            return f"CASE WHEN {blank} THEN NULL ELSE coalesce({tried}, {given}) END AS {name}"
        return f"{tried} AS {name}"


def measure(
    engine: Engine, names: Sequence[str], table: str, wanted: WantedValues, report: Report | None = None
) -> tuple[TypedColumn, ...]:
    """Find the form of each column in a table of texts: guessed from a sample, then held to every value."""
    if wanted.as_text and not wanted.rules:
        return tuple(TypedColumn(name, Form()) for name in names)
    rows = max(60, min(_SAMPLE_ROWS, _SAMPLE_CELLS // max(1, len(names))))
    sample = engine.run(select("*", table, f"LIMIT {rows}"))
    texts = list(zip(*sample, strict=True)) if sample else [()] * len(names)
    guesses = _guesses(dict(zip(names, texts, strict=True)), wanted)
    if len(sample) < rows and not wanted.rules:
        return tuple(
            _column(name, guesses[name], _facts(values, wanted.words, guesses[name]), wanted)
            for name, values in zip(names, texts, strict=True)
        )
    numeric = {name for name, values in zip(names, texts, strict=True) if _half_numbers(values)}
    columns: list[TypedColumn] = []
    for start in range(0, len(names), _AT_ONCE):
        if report is not None:
            report(1.0, "Checking every value")
        some = list(names[start : start + _AT_ONCE])
        columns += _checked(engine, {name: guesses[name] for name in some}, table, wanted, numeric)
    return tuple(columns)


def _guesses(texts: Mapping[str, Sequence[str | None]], wanted: WantedValues) -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for name, column in texts.items():
        values = [value for value in dict.fromkeys(column) if value is not None]
        if wanted.as_text and wanted.rule(name) is None:
            found[name] = [Form()]
            continue
        forms = forms_of(values, wanted.decimal, wanted.thousands, wanted.date_format, wanted.missing)
        found[name] = [
            replace(form, missing=wanted.words) if form.type != "VARCHAR" else form for form in forms
        ]
        found[name] = _ruled(found[name], wanted.rule(name), wanted)
    return _agreed(found)


def _ruled(forms: list[Form], rule: ColumnRule | None, wanted: WantedValues) -> list[Form]:
    """The forms of the type that a person has chosen; the plain one where none was seen."""
    if rule is None or rule.type == "auto":
        return forms
    kind = wanted_form(rule.type, wanted.date_format, wanted.words)
    return [form for form in forms if form.type == kind.type] or [kind]


def _agreed(found: dict[str, list[Form]]) -> dict[str, list[Form]]:
    """The forms in the order that columns without doubt suggest: day or month first, comma or point."""
    sure = [
        forms[0] for forms in found.values() if len({form for form in forms if form.type != "VARCHAR"}) == 1
    ]
    months = {form.format.startswith("%m") for form in sure if form.format[:2] in ("%m", "%d")}
    points = {
        form.decimal for form in sure if form.type == "DOUBLE" and (form.decimal == "," or form.thousands)
    }
    for name, forms in found.items():
        typed = [form for form in forms if form.type != "VARCHAR"]
        rest = [form for form in forms if form.type == "VARCHAR"]
        if len(months) == 1:
            typed.sort(key=lambda form: form.format.startswith("%m") not in months)
        if points == {","}:
            typed.sort(key=lambda form: form.decimal != ",")
        found[name] = typed[:_CANDIDATES] + rest
    return found


def _checked(
    engine: Engine, guesses: Mapping[str, list[Form]], table: str, wanted: WantedValues, numeric: set[str]
) -> list[TypedColumn]:
    words, tests, parts = [], [], []
    for place, (name, forms) in enumerate(guesses.items()):
        words.append(_without_words(f"c{place}", name, wanted.words))
        tests += _tests(f"c{place}", forms, numeric=name in numeric)
        parts += _measures(f"c{place}", len(_typed(forms)))
    inner = select(", ".join(words), table)
    row = list(engine.run(select(", ".join(parts), f"({select(', '.join(tests), f'({inner})')})"))[0])
    columns = []
    for name, forms in guesses.items():
        facts = [row.pop(0) for _ in range(_FACTS + 2 * len(_typed(forms)))]
        columns.append(_column(name, forms, facts, wanted))
    return columns


_FACTS = 5


def _facts(values: Sequence[str | None], words: Sequence[str], forms: Sequence[Form]) -> list[object]:
    """What a query would count, where the sample is all there is: its forms fit every value then."""
    filled = [value for value in values if value is not None]
    told = sorted({value.strip().lower() for value in filled} & set(words))
    odd = [value for value in filled if not is_number(value)]
    losing = sum(bool(_LOSING_TEXT.match(value)) for value in filled)
    facts: list[object] = [len(filled), told, len(odd), min(odd, default="")[:40], losing]
    return facts + [0, ""] * len(_typed(forms))


def _half_numbers(values: Sequence[str | None]) -> bool:
    filled = [value for value in values[:_SOME] if value is not None]
    return sum(map(is_number, filled)) * 2 >= len(filled)


def _without_words(short: str, name: str, words: Sequence[str]) -> str:
    """SQL of the text, and of the word in it that stands for no value; both once, for planning's sake."""
    column = identifier(name)
    listed = ", ".join(map(literal, words))
    longest = max(map(len, words), default=0) + 2
    told = f"length({column}) <= {longest} AND list_contains([{listed}], lower(trim({column})))"
    return f"{column} AS {short}, CASE WHEN {told} THEN lower(trim({column})) END AS {short}w"


def _tests(short: str, forms: Sequence[Form], *, numeric: bool) -> list[str]:
    """SQL of what is asked about each value."""
    odd = f"{short} IS NOT NULL AND TRY_CAST({short} AS DOUBLE) IS NULL" if numeric else "false"
    losing = f"({short}[1] IN ('0', '+', '-') OR length({short}) > 15) AND regexp_matches({short}, {_LOSING})"
    found = [short, f"{short}w", f"{odd} AS {short}n", f"{losing} AS {short}l"]
    for at, form in enumerate(_typed(forms)):
        fits = replace(form, missing=()).fits(short)
        found.append(f"{short}w IS NULL AND NOT ({fits}) AS {short}_{at}")
    return found


def _measures(short: str, forms: int) -> list[str]:
    found = [
        f"count({short})",
        f"list(DISTINCT {short}w) FILTER ({short}w IS NOT NULL)",
        f"count(*) FILTER ({short}n)",
        f"coalesce(left(min({short}) FILTER ({short}n), 40), '')",
        f"count(*) FILTER ({short}l)",
    ]
    for at in range(forms):
        unfit = f"{short}_{at}"
        found += [f"count(*) FILTER ({unfit})", f"coalesce(left(min({short}) FILTER ({unfit}), 40), '')"]
    return found


def _typed(forms: Sequence[Form]) -> list[Form]:
    return [form for form in forms if form.type != "VARCHAR"]


def _column(name: str, forms: Sequence[Form], facts: Sequence[object], wanted: WantedValues) -> TypedColumn:
    filled, told, not_numbers, other, losing = facts[:_FACTS]
    unfit = [int(str(count)) for count in facts[_FACTS::2]]
    examples = [str(text) for text in facts[_FACTS + 1 :: 2]]
    words = tuple(sorted(told)) if isinstance(told, list) else ()
    typed, rule = _typed(forms), wanted.rule(name)
    for form, count in zip(typed, unfit, strict=True):
        if filled and count == 0:
            note = _told(name, form, words)
            return TypedColumn(name, replace(form, missing=words), note, rule=rule)
    if rule is not None and typed and rule.on_failure != "keep as text":
        form = replace(typed[0], missing=words)
        note = f"{unfit[0]:,} values of {name} are no {_WORDS[form.type]}, such as “{examples[0]}”."
        return TypedColumn(name, form, note, unfit[0], rule)
    text = Form(missing=words if wanted.missing else ())
    if not filled:
        return TypedColumn(name, text)
    return TypedColumn(name, text, _kept(name, typed, examples, _Counts(filled, not_numbers, other, losing)))


@dataclass(frozen=True)
class _Counts:
    filled: object
    not_numbers: object
    other: object
    losing: object


def _kept(name: str, typed: Sequence[Form], examples: Sequence[str], counts: _Counts) -> str:
    """Why the column did not become what it looked like."""
    filled, odd, losing = (int(str(n)) for n in (counts.filled, counts.not_numbers, counts.losing))
    if odd == 0 and losing:
        return f"{name} was kept as text: its long numbers would lose digits."
    if typed:
        wanted = _WORDS[typed[0].type]
        return f"{name} was kept as text: some values are no {wanted}, such as “{examples[0]}”."
    if 0 < odd * _RARE <= filled and not losing:
        return f"{name} was kept as text: some values are no numbers, such as “{counts.other}”."
    return ""


def _told(name: str, form: Form, words: Sequence[str]) -> str:
    """What is not plain to see about how the values were read."""
    said = []
    if form.decimal == ",":
        said.append("with a decimal comma")
    if form.thousands:
        shown = {" ": "spaces", ",": "commas", ".": "points"}.get(form.thousands, form.thousands)
        said.append(f"with {shown} between the thousands")
    if form.ambiguous:
        said.append(f"as {form.in_words}")
    read = f"{name} was read {' and '.join(said)}." if said else ""
    if not words:
        return read
    shown = ", ".join(f"“{word}”" for word in words[:4])
    return f"{read} {name}: {shown} became blank.".strip()
