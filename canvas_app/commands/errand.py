"""``canvas-app errand``: the whole way on a bundled sample, from a file to answers of a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.flow.flow import Flow
    from canvas_app.project.session import Session

_SAMPLE = "titanic"


def errand(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="FOLDER", help="Where the results go; a new one if not given."),
    ] = None,
    seconds: Annotated[
        int, typer.Option("--seconds", metavar="NUMBER", min=10, help="How long the search may take.")
    ] = 30,
    trials: Annotated[
        int, typer.Option("--trials", metavar="NUMBER", min=0, help="How many trials, instead of a time.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Walk the whole way with a sample.

    Import, flow, build, explain, export, verify and predict, each as its own command would do it.
    """
    from tempfile import mkdtemp

    place = folder.absolute() if folder else Path(mkdtemp(prefix="canvas-app-errand-"))
    terminal = Terminal(as_json)
    results = _Errand(place, terminal).walk(
        {"seconds": seconds} if not trials else {"limit": "trials", "trials": trials}
    )
    lines = [f"  {what:<9} {path}" for what, path in results.items()]
    terminal.result("\n".join(["All done. The results:", *lines]), **results)


class _Errand:
    """One walk from a file to answers, each step told as it begins."""

    def __init__(self, place: Path, terminal: Terminal) -> None:
        self._place, self._terminal = place, terminal
        self._step = 0

    def walk(self, limit: dict[str, object]) -> dict[str, str]:
        """Take every step; the answer says where what lies."""
        from canvas_app.commands.explain import draw
        from canvas_app.commands.projects import awaited, build_node, import_into, nodes_of
        from canvas_app.commands.run import write_files
        from canvas_app.data.samples import SAMPLES
        from canvas_app.data.source import source_for
        from canvas_app.jobs.pool import InlinePool
        from canvas_app.project.session import Session

        sample = next(item for item in SAMPLES if item.name == _SAMPLE)
        session = Session.create(self._place / "project", "Errand", InlinePool())
        try:
            self._say(f"Import {sample.path.name} into a new project")
            dataset = import_into(session, source_for(sample.path), sample.name, self._terminal)
            self._say("Shape it on the flow: one formula, blanks filled, columns left out")
            flow = _drawn(session, dataset.key, sample.target, limit)
            (written,) = write_files(session, flow, self._terminal)
            self._say(f"Build a model that predicts {sample.target}")
            (node,) = nodes_of(flow, "predict_column")
            record = build_node(session, flow, node, self._terminal)
            self._say("Explain it on its test rows")
            draw(session.model_folder(record.id), self._place / "figures", self._terminal)
            self._say("Export it as a bundle")
            exported = awaited(session.export, record.id, self._place / "bundle", terminal=self._terminal)
        finally:
            session.close()
        answers = self._use(Path(exported.path), sample.path)
        return {
            "project": str(self._place / "project"),
            "table": written.path,
            "figures": str(self._place / "figures"),
            "bundle": exported.path,
            "answers": str(answers),
        }

    def _use(self, bundle: Path, rows: Path) -> Path:
        from canvas_app.bundle.read import PredictJob, verify

        self._say("Verify the bundle")
        verify(bundle, self._terminal)
        self._say(f"Answer the rows of {rows.name} with the bundle")
        answers = self._place / "answers.csv"
        PredictJob(str(bundle), str(rows), str(answers)).run(self._terminal)
        return answers

    def _say(self, what: str) -> None:
        self._step += 1
        self._terminal.tell(f"{self._step}. {what}")


def _drawn(session: Session, dataset: str, target: str, limit: dict[str, object]) -> Flow:
    """Draw the flow in the project, as a person would in the window."""
    from canvas_app.flow.edits import add_after, add_node, tidy
    from canvas_app.flow.ends.dataset import DatasetNode
    from canvas_app.flow.ends.predict_column import PredictColumn
    from canvas_app.flow.ends.write_file import WriteFile
    from canvas_app.flow.steps.choose_columns import ChooseColumns
    from canvas_app.flow.steps.fill_missing import FillMissing
    from canvas_app.flow.steps.formula import Formula

    def draw(flow: Flow) -> Flow:
        flow = add_node(flow, DatasetNode(dataset=dataset))
        for unit in (
            ChooseColumns(columns=("PassengerId", "Name", "Ticket", "Cabin"), rule="leave out"),
            Formula(name="Family", formula="[SibSp] + [Parch] + 1"),
            FillMissing(columns=("Age",), using="median"),
        ):
            flow = add_after(flow, flow.nodes[-1].id, unit)
        last = flow.nodes[-1].id
        flow = add_after(flow, last, PredictColumn.read({"target": target, **limit}))
        return tidy(add_after(flow, last, WriteFile(path="prepared.parquet")))

    flow_id = session.project.flows[0].id
    session.edit_flow("Draw the flow", flow_id, draw)
    return session.project.flow(flow_id)
