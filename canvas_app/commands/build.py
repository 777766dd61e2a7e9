"""``canvas-app build``: build a model, from a file or in a project."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.words import counted
from canvas_app.commands.budget import Deadline, seconds_of
from canvas_app.commands.built import built_facts, built_words
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.bundle.write import Exported
    from canvas_app.data.dataset import Dataset
    from canvas_app.flow.ends.predict_column import PredictColumn
    from canvas_app.training.model import BuiltModel

_RESERVE = 5.0
"""Seconds of a budget that are kept for the export, or, of a small one, its share."""
_SHARE = 0.2
_WRITING = 1.0
"""Seconds of these that are kept for all but the conversion to ONNX."""

_IMPORTED, _BUILT = 0.05, 0.9
"""How far the whole work is after these parts of it; the rest is the export."""

Problem = Literal["two-categories", "many-categories", "number"]


@dataclass(frozen=True)
class Wish:
    """What kind of model is asked for, and how long the search may be."""

    target: str
    budget: float | None
    trials: int | None
    seed: int
    problem: Problem | None

    def unit(self) -> PredictColumn:
        """The node that asks for it."""
        from canvas_app.flow.ends.predict_column import PredictColumn

        values: dict[str, str | int] = {"target": self.target, "seed": self.seed, "limit": "time"}
        if self.problem:
            values["problem"] = self.problem
        if self.trials is not None:
            values |= {"limit": "trials", "trials": self.trials}
        return PredictColumn.read(values)


_TRIALS = "Sets of settings that the search tries, instead of a time; baseline and linear model come on top."

_NOT_KEPT = "The model was not kept, only its scores are told: export it with --bundle FOLDER."

Source = Annotated[Path, typer.Argument(metavar="SOURCE", help="A file with a table, or a project's folder.")]
Target = Annotated[
    str, typer.Option("--target", metavar="COLUMN", help="The column to predict; needed for a table.")
]
Budget = Annotated[
    str,
    typer.Option(
        "--budget", metavar="TIME", help="How long it may take in all, such as 2m or 1h; 60s if not given."
    ),
]
Trials = Annotated[int | None, typer.Option("--trials", metavar="NUMBER", min=1, help=_TRIALS)]
Seed = Annotated[
    int, typer.Option("--seed", metavar="NUMBER", min=0, help="Chooses the test rows and steers the search.")
]
Kind = Annotated[
    Problem | None,
    typer.Option("--problem", help="The kind of answer; if not given, as the column suggests."),
]
Bundle = Annotated[
    Path | None,
    typer.Option(
        "--bundle",
        metavar="FOLDER",
        help="Export the model as a bundle to this folder; from a table, it is not kept otherwise.",
    ),
]
NodeName = Annotated[
    str,
    typer.Option(
        "--node", metavar="NAME", help="Name or id of the model's node; needed if there are several."
    ),
]


def build(  # noqa: PLR0913 - one parameter per word of the command line
    source: Source,
    *,
    target: Target = "",
    budget: Budget = "",
    trials: Trials = None,
    seed: Seed = 0,
    problem: Kind = None,
    bundle: Bundle = None,
    node: NodeName = "",
    as_json: AsJson = False,
) -> None:
    """Build a model: from a table, or as a project's flow asks.

    From a table, --target says what to predict, and --bundle where the model goes: without it, only its
    scores are told and nothing is kept. In a project, a Predict a column node says what to predict, and the
    model is kept in the project.
    """
    seconds = seconds_of(budget) if budget else None
    if seconds is not None and trials is not None:
        raise typer.BadParameter("Give only one of the two.", param_hint="--budget and --trials")
    terminal = Terminal(as_json)
    if source.is_dir():
        if target or problem or budget or trials:
            raise typer.BadParameter(
                "In a project, its node says what to predict and how long to search.",
                param_hint="--target, --problem, --budget and --trials",
            )
        from canvas_app.commands.build_project import build_project

        build_project(source, node, bundle, terminal)
        return
    if not target:
        raise typer.BadParameter("Name the column to predict.", param_hint="--target")
    wish = Wish(target, seconds if seconds or trials else 60.0, trials, seed, problem)
    _of_table(source, wish, bundle, terminal)


def _of_table(table: Path, wish: Wish, bundle: Path | None, terminal: Terminal) -> None:
    from canvas_app.bundle.write import require_free
    from canvas_app.commands.export import exported_words
    from canvas_app.commands.target import require_column
    from canvas_app.jobs.scratch import scratch

    if bundle:
        require_free(bundle)  # better now than after the search
    require_column(table, wish.target)
    deadline = Deadline.of_this_process(wish.budget)
    with scratch("table") as folder:
        with terminal.part(0.0, _IMPORTED):
            dataset = _import(table, folder / "data", terminal)
        with terminal.part(_IMPORTED, _BUILT if bundle else 1.0):
            model = _train(dataset, wish, folder, deadline, terminal)
        with terminal.part(_BUILT, 1.0):
            exported = _export(model, dataset, bundle, deadline, terminal) if bundle else None
        words = [built_words(model), exported_words(exported) if exported else _NOT_KEPT]
        facts = {**built_facts(model), "bundle": asdict(exported) if exported else None}
        terminal.result("\n".join(words), **facts)


def _import(table: Path, folder: Path, terminal: Terminal) -> Dataset:
    from canvas_app.commands.put_aside import aside_words, kept_aside
    from canvas_app.data.import_job import ImportJob
    from canvas_app.data.source import source_for

    dataset = ImportJob.of(source_for(table), folder).run(terminal)
    aside = kept_aside(folder / f"{dataset.blob}.parquet")
    terminal.tell(*dataset.notes, *aside_words(aside, table, stays=False))
    return dataset


def _train(dataset: Dataset, wish: Wish, folder: Path, deadline: Deadline, terminal: Terminal) -> BuiltModel:
    from canvas_app.flow.check import check_flow
    from canvas_app.flow.codec import dump_flow
    from canvas_app.flow.edits import add_after, add_node
    from canvas_app.flow.ends.dataset import DatasetNode
    from canvas_app.flow.flow import Flow
    from canvas_app.training.train_job import TrainJob

    flow = add_node(Flow(), DatasetNode(dataset=dataset.key))
    flow = add_after(flow, flow.nodes[0].id, wish.unit())
    for problem in check_flow(flow, {dataset.key: dataset.schema}).problems:
        if problem.severity == "problem":
            raise CanvasError(problem.message, hint=problem.hint, where=Where(field=problem.field))
    out = folder / "model"
    out.mkdir()
    rows = {dataset.key: str(folder / "data" / f"{dataset.blob}.parquet")}
    seconds = deadline.left(reserve=min(_RESERVE, _SHARE * (wish.budget or 0.0)))
    return TrainJob(dump_flow(flow), flow.nodes[-1].id, rows, str(out), seconds).run(terminal)


def _export(
    model: BuiltModel, dataset: Dataset, bundle: Path, deadline: Deadline, terminal: Terminal
) -> Exported:
    from canvas_app.bundle.export_job import ExportJob

    size = f"{counted(dataset.rows, 'row')}, {counted(len(dataset.schema), 'column')}"
    data = f"{dataset.name}, {size}, SHA-256 {dataset.blob}"
    title = f"A model that predicts {model.target} from {dataset.name}"
    seconds = deadline.left(reserve=_WRITING)
    return ExportJob(model.folder, str(bundle), title, (data,), seconds).run(terminal)
