"""``canvas-app self-check``: tell whether this installation is whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from canvas_app.commands.terminal import CANNOT, AsJson, Terminal

_PARTS = (
    ("kinds of file", "canvas_app.data.source", "SOURCES", "data/sources"),
    ("charts", "canvas_app.data.chart_kind", "CHARTS", "data/charts"),
    ("steps", "canvas_app.flow.step", "NODES", "flow/steps flow/ends"),
    ("model types", "canvas_app.training.model_type", "MODEL_TYPES", "training/model_types"),
    ("analyses", "canvas_app.explain.analysis", "ANALYSES", "explain/analyses"),
    ("settings", "canvas_app.project.section", "SECTIONS", "project/settings"),
    ("pages", "canvas_app.ui.page", "PAGES", "ui/pages"),
)
_LIBRARIES = (
    "PySide6",
    "duckdb",
    "ibis",
    "pyarrow",
    "pandas",
    "sklearn",
    "lightgbm",
    "xgboost",
    "flaml",
    "shap",
    "matplotlib",
    "onnx",
    "onnxruntime",
    "skops",
    "mlflow",
)
_FONTS = ("Inter-Regular.otf", "JetBrainsMono-Regular.ttf")
_SECONDS = 60.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    found: str
    fine: bool = True


def self_check(as_json: AsJson = False) -> None:
    """Tell whether this installation is whole.

    Looked at are its own parts, the libraries, fonts and samples, the engine, and a worker.
    """
    terminal = Terminal(as_json)
    findings: list[Finding] = []
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (_parts, _libraries, _resources, _engine, _worker)
    for at, check in enumerate(checks):
        terminal(at / len(checks), f"Looking at the {check.__name__.strip('_')}")
        findings += check()
    lines = [f"{'fine ' if item.fine else 'WRONG'}  {item.about}: {item.found}" for item in findings]
    wrong = [item.about for item in findings if not item.fine]
    lines += [] if wrong else ["All is as it should be."]
    facts: Mapping[str, object] = {item.about: item.found for item in findings}
    terminal.result("\n".join(lines), whole=not wrong, wrong=wrong, found=facts)
    if wrong:
        terminal.tell(f"Not as it should be: {', '.join(wrong)}.", "Install the application again.")
        raise typer.Exit(CANNOT)


def _parts() -> Iterator[Finding]:
    """Freezers lose files that nothing imports by name; the source tree beside says how many there are."""
    from importlib import import_module

    import canvas_app

    top = Path(canvas_app.__file__).parent
    for about, module, catalog, folders in _PARTS:
        try:
            units = getattr(import_module(module), catalog)
            count = len(units)
        except ImportError as error:  # a library of the system is missing, such as those that Qt needs
            yield Finding(about, str(error), fine=False)
            continue
        files = [p for folder in folders.split() for p in (top / folder).glob("*.py") if p.stem != "__init__"]
        modules = units.modules()
        fine = count > 0 and (not files or len(files) == len(modules))
        found = f"{count} found" if fine else f"{count} found, in {len(modules)} of {len(files)} files"
        yield Finding(about, found, fine)


def _libraries() -> Iterator[Finding]:
    from importlib.metadata import packages_distributions, version
    from importlib.util import find_spec

    owners = packages_distributions()
    for name in _LIBRARIES:
        there = find_spec(name) is not None
        yield Finding(name, version(owners[name][0]) if there and name in owners else "missing", there)
    yield Finding("Python", sys.version.split()[0])


def _resources() -> Iterator[Finding]:
    from canvas_app.data.samples import SAMPLES

    fonts = Path(__file__).parents[2] / "resources" / "fonts"
    lost = [name for name in _FONTS if not (fonts / name).is_file()]
    yield Finding("fonts", f"missing: {', '.join(lost)}" if lost else f"{len(_FONTS)} found", not lost)
    gone = [sample.name for sample in SAMPLES if not sample.path.is_file()]
    yield Finding(
        "samples",
        f"missing: {', '.join(gone)}" if gone else f"{len(SAMPLES)} found",
        not gone and bool(SAMPLES),
    )


def _engine() -> Iterator[Finding]:
    from canvas_app.data.engine import Engine

    with Engine() as engine:
        table = engine.from_rows({"a": [1, 2, 3]})
        total = engine.fetch(table.aggregate(total=table.a.sum())).column(0)[0].as_py()
    yield Finding("engine", f"adds 1, 2 and 3 up to {total}", total == 6)


def _worker() -> Iterator[Finding]:
    """A child process is started, does a small import, and ends."""
    from queue import Queue

    from canvas_app.data.import_job import ImportJob
    from canvas_app.data.samples import SAMPLES
    from canvas_app.data.source import source_for
    from canvas_app.jobs.job import Done
    from canvas_app.jobs.pool import Pool
    from canvas_app.jobs.scratch import scratch

    outcomes: Queue[object] = Queue()
    pool = Pool(1)
    try:
        with scratch("check") as folder:
            job = ImportJob.of(source_for(SAMPLES[0].path), folder)
            pool.submit(job, outcome=outcomes.put)
            outcome = outcomes.get(timeout=_SECONDS)
    finally:
        pool.close()
    fine = isinstance(outcome, Done)
    yield Finding(
        "worker", f"imported {outcome.value.rows} rows" if isinstance(outcome, Done) else str(outcome), fine
    )
