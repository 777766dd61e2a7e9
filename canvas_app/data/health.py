"""The health of a table: what is worth a look, what is fine, and how well its target can be predicted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from canvas_app.data.examined import MODEL_ROWS, Examined, examined
from canvas_app.data.finding import FINDINGS, SEVERITIES, Finding, Found
from canvas_app.data.power import FOLDS
from canvas_app.data.prediction import answers, leaks, powers, target_in
from canvas_app.data.quick_model import QuickModel
from canvas_app.data.target import kind_of
from canvas_app.jobs.job import Quiet, Report
from canvas_app.jobs.part import Part

if TYPE_CHECKING:
    from ibis.expr.types import Table

_PARTS = 8
_MOST_VALUES = 8


@dataclass(frozen=True)
class ColumnPower:
    """How well one column alone predicts the target."""

    column: str
    score: float


@dataclass(frozen=True)
class HealthReport:
    """All that was found out about a table, as values."""

    rows: int
    columns: int
    looked_at: int
    """Rows that were looked at; fewer than ``rows`` where a sample had to do."""
    missing: float
    """Blanks among the cells, 0 to 1."""
    duplicates: int
    target: str = ""
    target_shares: tuple[tuple[str, float], ...] = ()
    """The categories of the target, or parts of its range, each with its share of the rows."""
    found: tuple[Found, ...] = ()
    """The worst first."""
    clear: tuple[str, ...] = ()
    """What is fine, such as ``no duplicate rows``."""
    metric: str = ""
    """What the powers are measured by: AUC or R²."""
    powers: tuple[ColumnPower, ...] = ()
    """The strongest first."""
    sampled: int = 0
    """Rows that powers and quick model were measured on."""
    quick: QuickModel | None = None
    why_not: str = ""
    """Why there is no quick model though there is a target."""

    @property
    def waits(self) -> bool:
        """Whether the quick model, which was asked for, is still to come."""
        return bool(self.target) and self.quick is None and not self.why_not


def health(
    table: Table,
    target: str = "",
    *,
    before: Table | None = None,
    heavy: bool = True,
    report: Report | None = None,
    early: Callable[[HealthReport], None] | None = None,
) -> HealthReport:
    """Look at a table with every finding that applies; without ``heavy`` nothing is trained.

    ``before`` is an earlier version. ``early`` is told what is known before anything is trained. Raises
    ``CanvasError``; ``Cancelled`` when the report says so.
    """
    report = report or Quiet()
    report(0.0, "Measuring the columns")
    with examined(table, before=before) as seen:
        target = target if target in seen.facts else ""
        told = _measured(seen, target, Part(report, 0.1, 0.3, "Looking"))
        if not heavy:
            return told
        if early is not None:
            early(told)
        if target:
            answers(seen, target, Part(report, 0.3, 0.6, "Building the quick model"))
            told = _with_predictions(told, seen)
        found, clear = _look(seen, target, Part(report, 0.6, 1.0, "Looking"), heavy=True)
        return replace(told, found=_worst_first(told.found + found), clear=told.clear + clear)


def _measured(table: Examined, target: str, report: Report) -> HealthReport:
    """The report as far as nothing is trained."""
    found, clear = _look(table, target, report, heavy=False)
    cells = table.rows * len(table.columns)
    return HealthReport(
        rows=table.all_rows,
        columns=len(table.schema),
        looked_at=table.rows,
        missing=sum(item.blanks for item in table.facts.values()) / cells if cells else 0.0,
        duplicates=table.repeated_rows,
        target=target,
        target_shares=_shares(table, target) if target else (),
        found=_worst_first(found),
        clear=clear,
        sampled=min(table.rows, MODEL_ROWS),
    )


def applies(finding: type[Finding], *, target: bool, before: bool) -> bool:
    """Whether what a finding needs is there."""
    return {"table": True, "target": target, "before": before}[finding.spec.needs]


def _look(
    table: Examined, target: str, report: Report, *, heavy: bool
) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What the findings say that train something, or the others; and what they find fine."""
    before = table.before is not None
    fitting = [item for item in FINDINGS if applies(item, target=bool(target), before=before)]
    wanted = [finding for finding in fitting if finding.spec.heavy == heavy]
    found: list[Found] = []
    clear: list[str] = []
    for at, finding in enumerate(wanted):
        report(at / len(wanted), finding.spec.title)
        new = list(finding().look(table, target)) if table.rows else []
        found += new
        if not new and finding.spec.clear:
            clear.append(finding.spec.clear)
    return tuple(found), tuple(clear)


def _worst_first(found: Sequence[Found]) -> tuple[Found, ...]:
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    return tuple(sorted(found, key=lambda item: (ranks[item.severity], item.kind)))


def _with_predictions(told: HealthReport, table: Examined) -> HealthReport:
    """The report with the part about what can be predicted."""
    name = told.target
    target = target_in(table, name)
    if target is None:
        return replace(told, why_not=_why_not(table, name))
    ranked = sorted(powers(table, name).items(), key=lambda item: -item[1])
    found = answers(table, name)
    quick = None
    if found is not None:
        quick = QuickModel(
            target.score,
            found.score,
            len(found.told),
            FOLDS,
            found.columns,
            target.kind,
            leaks(table, name),
        )
    return replace(
        told,
        metric=target.score,
        powers=tuple(ColumnPower(column, score) for column, score in ranked),
        quick=quick,
        why_not="" if quick is not None else "There is no column to learn from.",
    )


def _why_not(table: Examined, name: str) -> str:
    facts = table.facts[name]
    if facts.type in ("time", "other"):
        return f"{name} is neither a number nor a category."
    if facts.distinct < 2:
        return f"{name} has the same value in every row."
    if kind_of(facts) is None:
        return f"{name} names rows; it can't be predicted."
    return f"Too few rows have a value of {name}."


def _shares(table: Examined, name: str) -> tuple[tuple[str, float], ...]:
    facts = table.facts[name]
    filled = max(1, facts.filled)
    if kind_of(facts) != "number":
        listed = table.frequent(name)[:_MOST_VALUES] if facts.type != "other" else ()
        return tuple((value, count / filled) for value, count in listed)
    return tuple(_parts(table, name, facts.low or 0.0, facts.high or 0.0))


def _parts(table: Examined, name: str, low: float, high: float) -> Iterator[tuple[str, float]]:
    """Equal parts of a range, with the share of the rows in each."""
    from canvas_app.data.column_measures import finite

    width = (high - low) / _PARTS or 1.0
    part = f"least({_PARTS - 1}, floor((({finite(table.place(name))}) - {low!r}) / {width!r}))::INTEGER"
    counts = {
        at: count for at, count in table.ask(f"{part} AS part, count(*)", "GROUP BY 1") if at is not None
    }
    filled = max(1, sum(counts.values()))
    for at in range(_PARTS):
        yield f"{low + at * width:,.4g} to {low + (at + 1) * width:,.4g}", counts.get(at, 0) / filled
