"""Columns that say what others say."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from canvas_app.base.spec import field
from canvas_app.data.coded import Coded
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Found, drop_column

_MOST = 200
"""Columns that are compared with each other."""
_LEAST_ROWS = 20


class RedundantColumns(Finding):
    """Columns that are nearly a copy of another, or follow from several others."""

    spec = FindingSpec(
        kind="redundant_columns",
        title="Redundant columns",
        icon="ph.copy",
        clear="no redundant columns",
        heavy=True,
        example={"alike": 0.995, "inflation": 10.0},
    )

    alike: float = field("Copies correlate from", default=0.995, ge=0.5, le=1.0)
    inflation: float = field("Variance inflation factor above", default=10.0, ge=1.0, le=1000.0)

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Copies first; of the others, those whose variance inflation factor is the largest, one by one."""
        named = {name for name, facts in table.facts.items() if facts.names_rows and facts.type != "number"}
        columns = [item for name, item in table.coded().items() if name != target and item.distinct > 1]
        columns = [item for item in columns if item.name not in named or item.type == "time"][:_MOST]
        copies = dict(self._copies(columns))
        for name, (other, words, evidence) in copies.items():
            yield Found(
                self.spec.kind, name, "medium", f"{name} {words} {other}", **evidence, fix=drop_column(name)
            )
        numbers = [item for item in columns if item.type in ("number", "whole") and item.name not in copies]
        for name, factor in _inflated(numbers, self.inflation):
            shown = "over 1,000" if factor > 1000 else f"{factor:.0f}"
            yield Found(
                self.spec.kind,
                name,
                "low",
                f"{name} follows from other columns",
                f"Its variance inflation factor is {shown}",
                {"vif": min(factor, 1e6)},
                drop_column(name),
            )

    def _copies(self, columns: list[Coded]) -> Iterator[tuple[str, tuple[str, str, dict[str, Any]]]]:
        gone: set[str] = set()
        for first, second in itertools.combinations(columns, 2):
            if first.name in gone or second.name in gone or first.categorical != second.categorical:
                continue
            if first.categorical:
                if _one_to_one(first, second):
                    gone.add(second.name)
                    facts = {"detail": "Each of its values goes with one of the other's", "evidence": {}}
                    yield second.name, (first.name, "says the same as", facts)
                continue
            r = _correlation(first, second)
            if abs(r) >= self.alike:
                gone.add(second.name)
                facts = {"detail": f"Their correlation is {r:.3f}", "evidence": {"correlation": r}}
                yield second.name, (first.name, "is nearly a copy of", facts)


def _correlation(first: Coded, second: Coded) -> float:
    """Pearson's, of rows in which both are there."""
    import numpy as np

    both = ~(np.isnan(first.values) | np.isnan(second.values))
    a, b = first.values[both], second.values[both]
    if len(a) < _LEAST_ROWS or not a.std() or not b.std():
        return 0.0
    a, b = (a - a.mean()) / a.std(), (b - b.mean()) / b.std()
    return float((a * b).mean())


def _one_to_one(first: Coded, second: Coded) -> bool:
    """Whether the categories of both go with each other, in pairs that come several times."""
    import numpy as np

    few = first.distinct == second.distinct and first.distinct * 3 <= len(first.values)
    if not few or not (np.isnan(first.values) == np.isnan(second.values)).all():
        return False
    known = ~np.isnan(first.values)
    pairs = np.unique(first.values[known] * second.distinct + second.values[known])
    return len(pairs) == first.distinct


def _inflated(columns: list[Coded], border: float) -> Iterator[tuple[str, float]]:
    """Columns to leave out until no factor is above the border: 1 / (1 - R²) against all others."""
    import numpy as np

    if len(columns) < 2 or len(columns[0].values) < max(_LEAST_ROWS, 3 * len(columns)):
        return
    filled = [np.where(np.isnan(item.values), np.nanmean(item.values), item.values) for item in columns]
    matrix = np.stack([(part - part.mean()) / (part.std() or 1.0) for part in filled])
    related = matrix @ matrix.T / matrix.shape[1] + np.eye(len(columns)) * 1e-9
    left = list(range(len(columns)))
    while len(left) > 1:
        factors = np.diag(np.linalg.inv(related[np.ix_(left, left)]))
        worst = int(np.argmax(factors))
        if factors[worst] <= border:
            return
        yield columns[left[worst]].name, float(factors[worst])
        del left[worst]
