"""The details of a column as lines and small tables that a person reads."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_app.base.spec import Condition, Operator
from canvas_app.data.details.bins import values_of
from canvas_app.data.details.column import ColumnDetails, NumberFacts, TextFacts, TimeFacts
from canvas_app.ui.grid.cell_text import percent, short, spaced, text_of
from canvas_app.ui.grid.glimpse import WORDS, counted

Facts = tuple[tuple[str, str], ...]

_QUANTILES = {
    0.0: "Smallest",
    0.01: "1 % are below",
    0.05: "5 % are below",
    0.25: "Lower quartile",
    0.5: "Median",
    0.75: "Upper quartile",
    0.95: "5 % are above",
    0.99: "1 % are above",
    1.0: "Largest",
}


@dataclass(frozen=True)
class FactTable:
    """Some lines under a heading; a line may stand for rows that can be shown."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    conditions: tuple[tuple[Condition, ...], ...] = ()
    """Of each line, where its rows can be shown."""


def headline(found: ColumnDetails) -> str:
    """Type, blanks and different values in one line."""
    blank = f"{counted(found.blanks, 'blank')} ({percent(found.blanks / max(1, found.looked_at))})"
    parts = [WORDS[found.type], counted(found.rows, "row"), blank, counted(found.distinct, "different value")]
    if found.sampled:
        parts.append(f"measured on {counted(found.looked_at, 'row')} spread over the table")
    return " · ".join(parts)


def facts(found: ColumnDetails) -> Facts:
    """What is measured of it, each with its name."""
    names = _QUANTILES | ({0.0: "Earliest", 1.0: "Latest"} if found.type == "time" else {})
    quantiles = tuple((names[share], _value(value)) for share, value in found.quantiles)
    if found.numbers is not None:
        return (*_of_numbers(found.numbers, found.filled), *quantiles)
    if found.texts is not None:
        return _of_texts(found.texts, found.filled)
    return (*(_of_times(found.times) if found.times is not None else ()), *quantiles)


def tables(found: ColumnDetails) -> tuple[FactTable, ...]:
    """The most frequent values, the shapes of texts, the gaps between dates."""
    made = []
    if found.top:
        lines = tuple(_line(_value(value), count, found.filled) for value, count in found.top)
        conditions = tuple((_equals(found, value),) for value, _ in found.top) if _can_filter(found) else ()
        made.append(FactTable("Most frequent values", ("Value", "Rows", "Share"), lines, conditions))
    if found.texts is not None and found.texts.patterns:
        shapes = tuple(
            (short(one.shape, 60), *_line("", one.rows, found.filled)[1:], short(one.example, 60))
            for one in found.texts.patterns
        )
        made.append(FactTable("Shapes", ("Shape", "Rows", "Share", "Example"), shapes))
    if found.times is not None and found.times.gaps:
        gaps = tuple(
            (one.after, one.before, text_of(one.missing) if one.missing else "") for one in found.times.gaps
        )
        title = "Gaps" if found.times.step else "Widest stretches without a row"
        made.append(FactTable(title, ("After", "Before", "Missing"), gaps))
    return tuple(made)


def range_conditions(found: ColumnDetails, first: int, last: int) -> tuple[Condition, ...]:
    """What rows meet whose value lies in the bins from the first to the last of these."""
    low, high = (_end(found, found.edges[at]) for at in (first, last + 1))
    upper: Operator = "at most" if last + 2 == len(found.edges) else "less than"
    return (
        Condition(column=found.name, operator="at least", value=low),
        Condition(column=found.name, operator=upper, value=high),
    )


def can_be_brushed(found: ColumnDetails) -> bool:
    """Whether a stretch of its histogram stands for rows that can be shown."""
    return len(found.bins) > 1 and (found.numbers is not None or found.times is not None)


def stretch_words(found: ColumnDetails, first: int, last: int) -> tuple[str, str]:
    """The ends of a stretch of bins; where each bin is one value, the first and the last of these."""
    if found.type == "time":
        low, high = _end(found, found.edges[first]), _end(found, found.edges[last + 1])
        earliest, latest = (str(found.quantiles[at][1]).replace("T", " ") for at in (0, -1))
        return (earliest if first == 0 else low), (latest if last + 2 == len(found.edges) else high)
    lowest = found.texts.shortest if found.texts is not None else found.quantiles[0][1]
    single = values_of(found.edges, float(lowest))
    ends = (single[first], single[last]) if single else (found.edges[first], found.edges[last + 1])
    return _value(ends[0]), _value(ends[1])


def _of_numbers(numbers: NumberFacts, filled: int) -> Facts:
    far = numbers.outliers
    ends = f"below {_value(far.below)} or above {_value(far.above)}"
    lines = [
        ("Mean", _value(numbers.mean)),
        ("Standard deviation", "" if numbers.deviation is None else _value(numbers.deviation)),
        ("Skew", "" if numbers.skew is None else spaced(f"{numbers.skew:.2f}")),
        ("Outliers", f"{text_of(far.count)} ({percent(far.count / max(1, filled))}): {ends}"),
        ("Outliers are", far.rule),
        ("Zeros", text_of(numbers.zeros)),
        ("Negative", text_of(numbers.negative)),
    ]
    if numbers.infinite:
        lines.append(("Infinite", text_of(numbers.infinite)))
    return tuple(lines)


def _of_texts(texts: TextFacts, filled: int) -> Facts:
    del filled
    return (
        ("Shortest", counted(texts.shortest, "letter")),
        ("Mean length", f"{texts.mean_length:.1f} letters"),
        ("Median length", counted(round(texts.middle_length), "letter")),
        ("Longest", counted(texts.longest, "letter")),
        ("With a space at an end", text_of(texts.spaced)),
    )


def _of_times(times: TimeFacts) -> Facts:
    if not times.step:
        return (("Usual step", "none"),)
    return (("Usual step", times.step), ("Missing in between", text_of(times.missing)))


def _line(value: str, rows: int, of: int) -> tuple[str, ...]:
    return (value, text_of(rows), percent(rows / max(1, of)))


def _value(value: object) -> str:
    return text_of(float(f"{value:.6g}")) if isinstance(value, float) else text_of(value)


def _equals(found: ColumnDetails, value: object) -> Condition:
    written = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return Condition(column=found.name, operator="equals", value=written)


def _can_filter(found: ColumnDetails) -> bool:
    return found.type != "other" and (found.type != "time" or found.times is not None)


def _end(found: ColumnDetails, edge: float) -> str:
    if found.type != "time":
        return f"{edge:.12g}"
    import numpy as np

    text = str(np.datetime64(round(edge * 1e6), "us"))
    return text[:10] if text.endswith("T00:00:00.000000") else text[:-7].replace("T", " ")
