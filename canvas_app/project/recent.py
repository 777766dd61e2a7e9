"""The projects that a person opened last, with what their cards on the first page show."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.base.home import home
from canvas_app.base.unit import Json

if TYPE_CHECKING:
    from canvas_app.project.project import ModelRecord, Project

_NAME = "recent.json"
_VERSION = 1
_KEPT = 30

_writing = threading.Lock()


@dataclass(frozen=True)
class Sketch:
    """A flow as its thumbnail shows it."""

    nodes: tuple[tuple[float, float, str], ...] = ()
    """Where each node stands, and the group of its kind."""
    links: tuple[tuple[int, int], ...] = ()
    """From which node to which, by their places in ``nodes``."""


@dataclass(frozen=True)
class Recent:
    """A project that was opened on this computer."""

    path: str
    name: str
    when: str
    """When it was opened or closed last; ISO 8601, UTC."""
    tables: int = 0
    models: int = 0
    score: str = ""
    """The best model's measure on its test rows, such as ``AUC 0.87``."""
    sketch: Sketch = Sketch()

    @property
    def there(self) -> bool:
        """Whether the project still lies where it did."""
        return (Path(self.path) / "project.db").is_file()


def describe(folder: Path, project: Project, models: Sequence[ModelRecord]) -> Recent:
    """What is to be remembered of a project."""
    flow = project.flows[0] if project.flows else None
    nodes = flow.nodes if flow is not None else ()
    place = {node.id: index for index, node in enumerate(nodes)}
    links = sorted((place[link.source], place[link.target]) for link in (flow.links if flow else ()))
    sketch = Sketch(tuple((node.x, node.y, str(node.unit.spec.group)) for node in nodes), tuple(links))
    return Recent(
        path=str(folder),
        name=project.name,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        tables=len(project.datasets),
        models=len(models),
        score=_best_score(models),
        sketch=sketch,
    )


def _best_score(models: Sequence[ModelRecord]) -> str:
    """The best measure of the models that can be compared with the newest: same answer, same measure."""
    if not models or not models[-1].model.metrics:
        return ""
    newest = models[-1].model
    wanted = newest.metrics[0]
    alike = (record.model for record in models if record.model.target == newest.target)
    measured = [metric for model in alike for metric in model.metrics[:1] if metric.kind == wanted.kind]
    known = [metric.value for metric in measured if math.isfinite(metric.value)]
    best = (max if wanted.greater_is_better else min)(known, default=wanted.value)
    return f"{wanted.title} {best:.3g}"


def recent_projects() -> tuple[Recent, ...]:
    """The projects opened last, the latest first. A list that can't be read is an empty one."""
    try:
        saved: Json = json.loads((home() / _NAME).read_text("utf-8"))
        return tuple(_read(item) for item in saved["projects"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def remember(project: Recent) -> None:
    """Put a project on top. Where the list can't be written, nothing is lost but the comfort."""
    with _writing:
        _write((project, *(item for item in recent_projects() if item.path != project.path)))


def forget(path: str) -> None:
    """Take a project off the list; the project itself stays."""
    with _writing:
        _write(tuple(item for item in recent_projects() if item.path != path))


def _read(saved: Json) -> Recent:
    """One project as ``_write`` saved it, by hand: the window opens with this list, and must be quick."""
    sketch = Sketch(
        tuple((float(x), float(y), str(group)) for x, y, group in saved["sketch"]["nodes"]),
        tuple((int(source), int(target)) for source, target in saved["sketch"]["links"]),
    )
    texts = {name: str(saved[name]) for name in ("path", "name", "when", "score")}
    return Recent(**texts, tables=int(saved["tables"]), models=int(saved["models"]), sketch=sketch)


def _write(projects: tuple[Recent, ...]) -> None:
    from canvas_app.data.files import write_atomically

    saved = {"version": _VERSION, "projects": [asdict(item) for item in projects[:_KEPT]]}
    text = json.dumps(saved, ensure_ascii=False, indent=1).encode()

    def write(file: BinaryIO) -> None:
        file.write(text)

    with suppress(CanvasError, OSError):
        write_atomically(home() / _NAME, write)
