"""How the columns of a table hang together, pair by pair, and with the one that is to be predicted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from canvas_app.base.words import counted
from canvas_app.data import association
from canvas_app.data.coded import Coded, coded
from canvas_app.data.engine import Engine, identifier, select, told
from canvas_app.data.file_rows import count_of_file, numbered_source, schema_of_file
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.jobs.job import Quiet, Report

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

MOST_ROWS = 20_000
"""Rows above which a seeded sample is looked at."""
MOST_COLUMNS = 40
"""Columns that a matrix takes."""
MOST_TRIED = 400
"""Columns that are tried against the target."""
SEED = 20_240_229
_FEWEST_ROWS = 5
_DIFFERENT = 50

Way = Literal["by type", "pearson", "mutual information"]
"""By type: Spearman of numbers; whatever the way, categories have measures of their own."""


@dataclass(frozen=True)
class Relation:
    """Two columns, the measure that fits them, and how strong it is on the rows where both are filled."""

    left: str
    right: str
    measure: str
    value: float
    rows: int

    @property
    def strength(self) -> float:
        """From 0 to 1, whichever way."""
        return abs(self.value)


@dataclass(frozen=True)
class Relations:
    """All pairs of some columns; and each column with the target, strongest first."""

    columns: tuple[str, ...]
    pairs: tuple[Relation, ...]
    with_target: tuple[Relation, ...]
    rows: int
    looked_at: int
    notes: tuple[str, ...] = ()

    @property
    def strongest(self) -> tuple[Relation, ...]:
        """The pairs, the strongest first."""
        return tuple(sorted(self.pairs, key=lambda pair: -pair.strength))


@dataclass(frozen=True)
class Asked:
    """A Parquet file, the measure that is wanted, and the column to predict, if there is one."""

    path: Path
    way: Way = "by type"
    target: str = ""


def relate(engine: Engine, asked: Asked, report: Report | None = None) -> Relations:
    """Measure all pairs. Raises ``CanvasError``, or ``Cancelled`` when the report is stopped."""
    report = report or Quiet()
    report(0.0, "Reading the rows")
    schema, rows = schema_of_file(engine, asked.path), count_of_file(engine, asked.path)
    chosen, notes = _chosen(schema, asked.target)
    columns, left_out = _that_tell(_sampled(engine, asked.path, schema, chosen, rows), asked.target)
    looked_at = len(next(iter(columns.values())).values) if columns else min(rows, MOST_ROWS)
    with_target = tuple(_with_target(columns, asked, report))
    if len(columns) > MOST_COLUMNS:
        columns, note = _strongest(columns, with_target, asked.target)
        notes += note
    pairs = tuple(_pairs(columns, asked.way, report))
    names = tuple(name for name in columns if name != asked.target)
    names += (asked.target,) if asked.target in columns else ()
    return Relations(names, pairs, with_target, rows, looked_at, notes + left_out)


def measured(one: Coded, other: Coded, way: Way) -> Relation | None:
    """The relation of two columns; None where too few rows have both."""
    import numpy as np

    both = ~(np.isnan(one.values) | np.isnan(other.values))
    rows = int(both.sum())
    if rows < _FEWEST_ROWS:
        return None
    left, right = one.codes[both], other.codes[both]
    if way == "mutual information":
        value = association.mutual_information(_parted(one, left), _parted(other, right))
        return Relation(one.name, other.name, "mutual information", value, rows)
    measure, value = _by_type((one, left), (other, right), way)
    return Relation(one.name, other.name, measure, value, rows)


def _parted(column: Coded, values: Array) -> Array:
    return values if column.categorical else association.parts(values)


def _by_type(one: tuple[Coded, Array], other: tuple[Coded, Array], way: Way) -> tuple[str, float]:
    match one[0].categorical, other[0].categorical:
        case True, True:
            return "Cramér's V", association.cramers_v(one[1], other[1])
        case True, False:
            return "correlation ratio", association.correlation_ratio(one[1], other[1])
        case False, True:
            return "correlation ratio", association.correlation_ratio(other[1], one[1])
        case _ if way == "pearson":
            return "Pearson", association.pearson(one[1], other[1])
        case _:
            return "Spearman", association.spearman(one[1], other[1])


def _chosen(schema: Schema, target: str) -> tuple[list[ColumnInfo], tuple[str, ...]]:
    """The columns that are read: few enough, and of types that can be measured."""
    known = [info for info in schema if info.type != "other"]
    most = MOST_TRIED if target in schema else MOST_COLUMNS
    if len(known) <= most:
        return known, ()
    aimed = [info for info in known if info.name == target]
    kept = [*[info for info in known if info.name != target][: most - len(aimed)], *aimed]
    note = f"Looked at {counted(len(kept), 'column')} of {len(known):,}, the first ones"
    return kept, (note + ("." if target else "; choose a target to see those that tell about it."),)


def _sampled(
    engine: Engine, path: Path, schema: Schema, chosen: Sequence[ColumnInfo], rows: int
) -> Mapping[str, Coded]:
    """All rows, or a sample that is the same every time; names of ours, as a person's may be equal."""
    if not chosen:
        return {}
    number = identifier(engine.new_name())
    cells = ", ".join(f"{identifier(info.name)} AS c{at}" for at, info in enumerate(chosen))
    share = MOST_ROWS / rows if rows > MOST_ROWS else 1.0
    rest = f"WHERE hash({number} + {SEED}) < {int(share * 2**64)}::UBIGINT" if share < 1 else ""
    with told(path):
        source = numbered_source(path, schema, number, [info.name for info in chosen])
        found = engine.raw.execute(select(cells, source, rest))
        return coded(chosen, found.to_arrow_table())


def _that_tell(columns: Mapping[str, Coded], target: str) -> tuple[dict[str, Coded], tuple[str, ...]]:
    """Without columns that are the same in every row, or different in nearly every one."""
    kept, alike, different = {}, [], []
    for name, column in columns.items():
        if column.distinct < 2:
            alike.append(name)
        elif column.categorical and column.distinct > _DIFFERENT and _names_rows(column) and name != target:
            different.append(name)
        else:
            kept[name] = column
    told_of = ((alike, "the same in every row"), (different, "different in nearly every row"))
    return kept, tuple(f"Left out: {_listed(names)}, {why}." for names, why in told_of if names)


def _names_rows(column: Coded) -> bool:
    import numpy as np

    return column.distinct > 0.5 * int((~np.isnan(column.values)).sum())


def _with_target(columns: Mapping[str, Coded], asked: Asked, report: Report) -> Iterator[Relation]:
    target = columns.get(asked.target)
    if target is None:
        return
    found = []
    for at, (name, column) in enumerate(columns.items()):
        report(0.1 + 0.3 * at / len(columns), f"Measuring {name} with {asked.target}")
        relation = measured(column, target, asked.way) if name != asked.target else None
        found += [relation] if relation is not None else []
    yield from sorted(found, key=lambda relation: -relation.strength)


def _strongest(
    columns: Mapping[str, Coded], with_target: Sequence[Relation], target: str
) -> tuple[dict[str, Coded], tuple[str, ...]]:
    names = [relation.left for relation in with_target][: MOST_COLUMNS - 1]
    kept = {name: column for name, column in columns.items() if name in {*names, target}}
    return kept, (f"The matrix shows the {len(names)} columns that tell most about {target}.",)


def _pairs(columns: Mapping[str, Coded], way: Way, report: Report) -> Iterator[Relation]:
    pairs = list(combinations(columns.values(), 2))
    for at, (one, other) in enumerate(pairs):
        report(0.4 + 0.6 * at / len(pairs), f"Measuring {one.name} with the others")
        relation = measured(one, other, way)
        if relation is not None:
            yield relation


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3:,} more" if len(names) > 3 else shown
