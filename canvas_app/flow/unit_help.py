"""All that the help says about a kind of node, in words that follow from what the kind declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canvas_app.base.spec import ColumnPair, Condition, FieldSpec, Measure, Replacement
from canvas_app.flow.conditions import condition_words
from canvas_app.flow.step import NodeUnit, Step, StepSpec
from canvas_app.flow.wording import joined

_ROWS = {
    "keeps": "Every row stays, and each is computed by itself.",
    "drops": "It leaves rows out; rows that a model is asked about all pass, so that each gets an answer.",
    "makes": "It makes new rows, so it comes before the split into training and test rows.",
}
_TAKES = {
    "column": "a column",
    "columns": "one or more columns",
    "formula": "a formula",
    "file": "a file",
    "files": "one or more files, folders, or patterns of names",
    "secret": "a secret",
    "dataset": "a table of the project",
    "conditions": "conditions: a column, how it is compared, and with what",
    "measures": "summaries: a column, what is computed of it, and the new name",
    "column_pairs": "pairs of columns: one of each table",
    "replacements": "values, each with what stands in its place",
    "column_rules": "columns, each with its type and what becomes of values that don't fit it",
    "number": "a number",
    "whole": "a whole number",
    "switch": "on or off",
    "text": "a text",
}
_OF = {"number": "numbers", "whole": "whole numbers", "text": "texts", "time": "dates or times"}


@dataclass(frozen=True)
class FieldHelp:
    """One parameter: what it is called, what it takes, and what there is to know about it."""

    name: str
    label: str
    takes: str
    words: str = ""


@dataclass(frozen=True)
class UnitHelp:
    """A kind of node in words."""

    kind: str
    title: str
    group: str
    sentence: str
    facts: tuple[str, ...]
    """What it does to rows, whether it learns, and where in a flow it stands."""
    fields: tuple[FieldHelp, ...]
    example: tuple[tuple[str, str], ...]
    """The parameters of its example, by their labels."""
    keywords: str = ""


def help_of(unit: type[NodeUnit]) -> UnitHelp:
    """The help of a kind."""
    spec = unit.spec
    fields = unit.fields()
    labels = {field.name: field for field in fields}
    example = unit.example()
    return UnitHelp(
        kind=spec.kind,
        title=spec.title,
        group=spec.group,
        sentence=(unit.__doc__ or "").split("\n\n")[0].strip(),
        facts=_facts(unit),
        fields=tuple(FieldHelp(item.name, item.label, _takes(item, labels), item.help) for item in fields),
        example=tuple(
            (labels[name].label, in_words(labels[name], getattr(example, name))) for name in spec.example
        ),
        keywords=spec.keywords,
    )


def in_words(field: FieldSpec, value: Any) -> str:
    """A value of a field as a person says it; empty for one that is not filled in."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if field.word == "choice":
        return dict(zip(field.choices, field.labels or field.choices, strict=True)).get(
            str(value), str(value)
        )
    if isinstance(value, tuple):
        return joined([_item(item) for item in value])
    return f"{value:,} {field.unit}".strip() if isinstance(value, int | float) else str(value)


def _item(item: object) -> str:
    match item:
        case Condition():
            return condition_words(item)
        case Measure():
            return f"{item.function} of {item.column}, called {item.name}"
        case ColumnPair():
            return f"{item.left} = {item.right}"
        case Replacement():
            return f"{item.value} by {item.by or 'a blank'}"
        case _:
            return str(item)


def _facts(unit: type[NodeUnit]) -> tuple[str, ...]:
    spec, facts = unit.spec, []
    if not spec.inputs:
        facts.append("A flow begins with it.")
    if len(spec.inputs) > 1:
        facts.append(f"{len(spec.inputs)} tables come in: {joined([name.lower() for name in spec.inputs])}.")
    if isinstance(spec, StepSpec) and issubclass(unit, Step):
        facts.append(_ROWS[spec.rows])
        if spec.learns:
            facts.append("Before a model it learns from the training rows alone, and treats all rows alike.")
    if not spec.output:
        facts.append("A flow ends with it.")
    return tuple(facts)


def _takes(field: FieldSpec, others: Mapping[str, FieldSpec]) -> str:
    """What a field takes and begins with, such as ``A whole number from 10 to 86,400 s. At first 120 s.``"""
    words = [_sort(field)]
    first = in_words(field, field.default)
    if field.needed and field.word not in ("choice", "number", "whole", "switch"):
        words.append("Needed.")
    elif first:
        words.append(f"At first {first}.")
    if field.shown_if is not None:
        other, value = others[field.shown_if[0]], field.shown_if[1]
        words.append(f"Only where {other.label} is {in_words(other, value)}.")
    return " ".join(words)


def _sort(field: FieldSpec) -> str:
    if field.word == "choice":
        return f"One of: {' · '.join(field.labels or field.choices)}."
    words = _TAKES[field.word]
    if field.accepts in _OF and field.word in ("column", "columns"):
        words = f"{words} of {_OF[field.accepts]}"
    return f"{words[0].upper()}{words[1:]}{_limits(field)}."


def _limits(field: FieldSpec) -> str:
    """The range of a number, with its unit."""
    low = None if field.ge is None else f"{field.ge:,}"
    high = None if field.le is None else f"{field.le:,}"
    unit = f" {field.unit}" if field.unit else ""
    if low and high:
        return f" from {low} to {high}{unit}"
    return f" of at least {low}{unit}" if low else f" of at most {high}{unit}" if high else ""
