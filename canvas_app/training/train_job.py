"""Builds a model: reads the rows, learns within the budget, measures once on rows kept apart."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.spec import Json
from canvas_app.data.engine import Engine
from canvas_app.flow.codec import load_flow
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.parquet_tables import parquet_tables
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.scratch import scratch
from canvas_app.training import model_folder
from canvas_app.training.arrays import save_features, save_target
from canvas_app.training.contest import Contest
from canvas_app.training.entry import Entry
from canvas_app.training.features import Fitted, fit_encoder
from canvas_app.training.labels import Labels, require_learnable
from canvas_app.training.last_fit import Plan
from canvas_app.training.metrics import SEARCH_METRIC, measured
from canvas_app.training.model import BuiltModel, Metric
from canvas_app.training.model_type import MODEL_TYPES, Task
from canvas_app.training.rows import BuildRows, read_rows

if TYPE_CHECKING:
    from canvas_app.data.schema import Schema

_FEW_CORES = 2
_RARE = 10
"""Rows of a category below which a person is told."""


@dataclass(frozen=True)
class TrainJob(Job[BuiltModel]):
    """Search for the best model of one recipe, within a budget."""

    title: ClassVar[str] = "Build model"
    result: ClassVar[Any] = BuiltModel
    patience: ClassVar[float] = 0.5

    flow: Json
    """As ``dump_flow`` gives it."""
    node: str
    """The node that asks for the model; its unit says what to predict and how long to search."""
    datasets: Mapping[str, str] = field(default_factory=dict)
    """From the key of a dataset to the path of its Parquet file."""
    folder: str = ""
    """Empty; takes the files of the model."""
    seconds: float | None = None
    """What is left of the budget, where that isn't all of it."""

    @property
    def subject(self) -> str:
        """What is predicted."""
        unit = load_flow(self.flow)[self.node].unit
        return unit.target if isinstance(unit, PredictColumn) else ""

    def run(self, report: Report) -> BuiltModel:
        """Build the model and write its folder; raises ``CanvasError`` where that can't be done."""
        began = time.monotonic()
        flow = load_flow(self.flow)
        unit = flow[self.node].unit
        if not isinstance(unit, PredictColumn):
            raise CanvasError("This node builds no model.", hint="Choose another.", where=Where(self.node))
        with scratch("build") as folder:
            contest = Contest(folder, _threads(), report)
            try:
                report(0.01, "Reading the rows")
                with Engine() as engine:
                    rows = read_rows(engine, flow, self.node, parquet_tables(engine, self.datasets))
                build = _Build(unit, self.node, rows, report, began)
                return build.finish(contest, Path(self.folder), self._deadline(unit, began))
            finally:
                contest.close()

    def _deadline(self, unit: PredictColumn, began: float) -> float | None:
        if unit.limit == "trials":
            return None
        return began + (unit.seconds if self.seconds is None else self.seconds)


class _Build:
    """One build after its rows were read."""

    def __init__(self, unit: PredictColumn, node: str, rows: BuildRows, report: Report, began: float) -> None:
        self._unit, self._rows, self._report, self._began = unit, rows, report, began
        report(0.03, "Rows are set apart", {"rows": asdict(rows.counts)})
        train = rows.seen["train"].column(unit.target)
        self._labels = Labels.learn(train, rows.problem, rows.after[unit.target].type)
        require_learnable(self._labels, train, unit.target, node)
        self._targets = {part: self._labels.places(t.column(unit.target)) for part, t in rows.seen.items()}
        self._fitted = self._features(node)

    def finish(self, contest: Contest, folder: Path, deadline: float | None) -> BuiltModel:
        """Search, fit once more, measure, and write the folder."""
        self._keep_features(contest.folder)
        task = Task(self._rows.problem, len(self._labels.classes), self._unit.seed, contest.threads)
        counts = self._rows.counts
        trials = self._unit.trials if self._unit.limit == "trials" else None
        learned = counts.train + counts.validation
        contest.run(
            Plan(task, counts.train, learned, trials, deadline and deadline - self._reserve(deadline))
        )
        chosen, fitted = contest.fit_best()
        model_folder.copy_files(fitted, folder)
        asked = self._write_inputs(folder, chosen)
        metrics = self._measure(contest, folder, asked)
        built = self._built(contest, chosen, metrics, asked, folder)
        model_folder.write_text(folder / "build.json", TrainJob.dump_result(built).decode())
        self._report(1.0, "Built")
        return built

    def _features(self, node: str) -> Fitted:
        self._report(0.05, "Learning the features")
        table = self._rows.seen["train"].drop_columns([self._unit.target])
        types = {column.name: column.type for column in self._rows.after}
        fitted = fit_encoder(table, types, self._targets["train"].astype(float))
        if not fitted.encoder.columns:
            raise CanvasError(
                "There is no column to learn from.",
                hint=" ".join(fitted.notes) or "Bring in at least one more column.",
                where=Where(node),
            )
        return fitted

    def _keep_features(self, scratch: Path) -> None:
        for part in ("train", "validation"):
            known = self._known(part)
            table = self._rows.seen[part].filter(known)
            save_target(scratch, part, self._targets[part][known])
            for view in sorted({unit.spec.view for unit in MODEL_TYPES}):
                save_features(scratch, part, self._fitted.encoder.seen_as(view), table)

    def _known(self, part: str) -> Any:
        """Rows whose class is among those of the training rows; all, for a number."""
        return (
            self._targets[part] >= 0 if self._labels.classes else self._targets[part] == self._targets[part]
        )

    def _reserve(self, deadline: float) -> float:
        """Seconds for measuring and writing."""
        whole = deadline - self._began
        return min(0.25 * whole, 2.5 + 1e-5 * self._rows.counts.test)

    def _write_inputs(self, folder: Path, chosen: Entry) -> Schema:
        """Contract, recipe and features; the columns that rows must bring."""
        target, recipe = self._unit.target, self._rows.recipe
        encoder = self._fitted.encoder.seen_as(chosen.view)
        used = tuple(item.name for item in encoder.columns)
        made_from = model_folder.sources_used(recipe, used, target)
        asked = model_folder.columns_asked(recipe, made_from)
        train, notes = self._rows.entering["train"], self._passed_over()
        contract = model_folder.contract_of(asked, train, self._labels, target, notes)
        contract = replace(contract, made_from=made_from)
        model_folder.write_json(folder / "contract.json", contract.to_json())
        model_folder.write_json(folder / "encoder.json", encoder.to_json())
        sql = model_folder.sql_of(recipe, asked, target)
        if sql is not None:
            model_folder.write_text(folder / "recipe.sql", sql)
        return asked

    def _measure(self, contest: Contest, folder: Path, asked: Schema) -> tuple[Metric, ...]:
        """Open the test rows, once, and answer them with the model as it lies in its folder."""
        import json

        from canvas_app.runtime.encode import Encoder

        encoder = Encoder.from_json(json.loads((folder / "encoder.json").read_text("utf-8")))
        known = self._known("test")
        matrix = encoder.matrix(self._rows.seen["test"].filter(known))
        actual = self._targets["test"][known]
        answers = contest.answer(folder, matrix)
        said = answers.argmax(axis=1) if self._labels.classes else answers
        columns = {"__prediction": self._labels.arrow(said)}
        for at, name in enumerate(self._labels.classes):
            columns[f"__probability_{name}"] = answers[:, at]
        columns["__actual"] = self._labels.arrow(actual)
        entered = self._rows.entering["test"].filter(known).select(list(asked.names))
        model_folder.write_test_rows(folder / "test.parquet", entered, columns)
        return measured(self._rows.problem, actual, answers, self._unit.seed)

    def _built(
        self, contest: Contest, chosen: Entry, metrics: tuple[Metric, ...], asked: Schema, folder: Path
    ) -> BuiltModel:
        return BuiltModel(
            folder=str(folder),
            target=self._unit.target,
            problem=self._rows.problem,
            metric=SEARCH_METRIC[self._rows.problem],
            model_type=chosen.kind,
            title=chosen.title,
            classes=self._labels.classes,
            metrics=metrics,
            leaderboard=contest.leaderboard(chosen),
            trials=tuple(contest.trials),
            rows=self._rows.counts,
            seconds=time.monotonic() - self._began,
            seed=self._unit.seed,
            columns=asked.names,
            notes=(*self._row_notes(), *self._fitted.notes, *self._passed_over(), *contest.notes),
        )

    def _passed_over(self) -> tuple[str, ...]:
        steps = self._rows.recipe.steps
        names = [step.title for step in steps if step.unit.spec.rows == "drops"]  # type: ignore[attr-defined]
        return tuple(
            f"{name} is passed over when new rows are answered: each gets its answer." for name in names
        )

    def _row_notes(self) -> tuple[str, ...]:
        """Rows that were left out, and categories that have few."""
        import numpy as np

        counts, found = self._rows.counts, []
        if counts.without_target:
            found.append(
                f"{counts.without_target:,} rows without a value of {self._unit.target} were left out."
            )
        if counts.filtered:
            found.append(f"{counts.filtered:,} rows were left out by filters of the recipe.")
        if self._labels.classes:
            rows = np.bincount(self._targets["train"], minlength=len(self._labels.classes))
            rare = [name for name, count in zip(self._labels.classes, rows, strict=True) if count < _RARE]
            strange = sum(int((~self._known(part)).sum()) for part in self._targets)
            if rare:
                found.append(f"Fewer than {_RARE} training rows: {', '.join(rare)}.")
            if strange:
                found.append(f"{strange:,} rows of categories without a training row were left out.")
        return tuple(found)


def _threads() -> int:
    """How many threads a fit gets: all cores but one for the window, or one if others hold the cores.

    Threads that wait for one another are then slower than one alone (measured: 4 to 13 times). The
    model is the same in either case.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > cores:
        return 1
    return cores if cores <= _FEW_CORES else cores - 1
