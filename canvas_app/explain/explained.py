"""A built model with its test rows, its answers to them, and what each column added to each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from canvas_app.base.errors import CanvasError
from canvas_app.explain.effects import (
    MOST_ROWS,
    Effects,
    load_effects,
    rows_within,
    sampled_rows,
    save_effects,
)
from canvas_app.explain.loaded import LoadedModel, load_model, runtime_door
from canvas_app.explain.parts import LEAVES_AT_ONCE
from canvas_app.jobs.job import Report
from canvas_app.runtime.contract import Contract

SEED = 0
PIECE = 100
"""Rows that are explained between two looks at whether to stop."""


@dataclass(frozen=True)
class TestRows:
    """The rows kept apart, as the build stored them: asked columns, answers, and what was true."""

    asked: Any
    """A pyarrow table of the columns as they enter the recipe."""
    said: tuple[Any, ...]
    """Categories as the contract writes them, or numbers."""
    was: tuple[Any, ...]
    probabilities: Any
    """Shape (rows, classes) in the contract's order; None for a number."""

    def __len__(self) -> int:
        return len(self.said)

    @classmethod
    def read(cls, folder: Path, classes: Sequence[str]) -> TestRows:
        """The test rows of a model's folder."""
        import numpy as np
        from pyarrow import ArrowException, parquet

        try:
            table = parquet.read_table(str(folder / "test.parquet"))
        except (OSError, ArrowException) as error:
            raise CanvasError(
                "The model's test rows can't be read.", hint="Build the model again."
            ) from error
        asked = table.select([name for name in table.column_names if not name.startswith("__")])
        shares = [table.column(f"__probability_{name}").to_numpy() for name in classes]
        said, was = (_labels(table.column(name), classes) for name in ("__prediction", "__actual"))
        return cls(asked, said, was, np.column_stack(shares) if shares else None)


def _labels(column: Any, classes: Sequence[str]) -> tuple[Any, ...]:
    """Categories as the contract writes them, whatever the type of the target; numbers as they are."""
    from canvas_app.runtime.cells import texts

    return tuple((texts(column) if classes else column).to_pylist())


class ExplainedModel:
    """One model's test rows and effects; effects are computed once and kept in ``cache``."""

    def __init__(self, folder: Path, cache: Path, report: Report) -> None:
        self.folder, self._cache, self._report = folder, cache, report
        with runtime_door():
            self.contract = Contract.read(folder)
        self.test = TestRows.read(folder, self.contract.classes)

    @property
    def outputs(self) -> tuple[str, ...]:
        """What the last axis of the effects stands for: classes, or the target."""
        if self.contract.problem == "number":
            return (self.contract.target,)
        classes = self.contract.classes
        return classes[1:] if self.contract.problem == "two-categories" else classes

    @property
    def effects(self) -> Effects:
        """Effects on the sampled rows."""
        return self._sampled[0]

    @property
    def sample(self) -> Any:
        """Which test rows were sampled, as positions from 0."""
        return self._sampled[1]

    @property
    def sampling(self) -> str:
        """How many rows a picture rests on, for its subtitle."""
        rows, sample = len(self.test), len(self.sample)
        return f"{rows:,} test rows" if rows == sample else f"{sample:,} of {rows:,} test rows, seed {SEED}"

    @cached_property
    def shown(self) -> Any:
        """The sampled rows' values of the columns that effects are on, as a table."""
        return self._model.shown(self.test.asked.take(self.sample), self.effects.columns)

    def explain(self, table: Any) -> tuple[Any, Effects]:
        """Rows as they enter the recipe: the values beside the effects, and the effects on them."""
        effects = self._model.effects(self._model.after_recipe(table))
        return self._model.shown(table, effects.columns), effects

    @cached_property
    def _model(self) -> LoadedModel:
        return load_model(self.folder)

    @cached_property
    def _sampled(self) -> tuple[Effects, Any]:
        kept = load_effects(self._cache)
        if kept:
            return kept
        most = min(MOST_ROWS, rows_within(self._model.explainer.cost, limit=LEAVES_AT_ONCE))
        sample = sampled_rows(len(self.test), most, SEED)
        effects = self._measured(sample)
        save_effects(self._cache, effects, sample)
        return effects, sample

    def _measured(self, sample: Any) -> Effects:
        import numpy as np

        seen = self._model.after_recipe(self.test.asked.take(sample))
        parts = []
        for start in range(0, max(len(sample), 1), PIECE):
            self._report(start / max(len(sample), 1), f"Explaining {start:,} of {len(sample):,} rows")
            parts.append(self._model.effects(seen.slice(start, PIECE)))
        first = parts[0]
        values = np.concatenate([part.values for part in parts])
        return Effects(first.columns, values, first.base, first.unit)
