"""The document and the list of models as JSON and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace

from pydantic import TypeAdapter

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.data.dataset import Dataset
from canvas_app.flow.codec import dump_flow, load_flow
from canvas_app.flow.flow import Flow
from canvas_app.project.project import ModelRecord, Project

VERSION = 1

_DATASETS = TypeAdapter(tuple[Dataset, ...])
_RECORD = TypeAdapter(ModelRecord)


def dump_project(project: Project) -> Json:
    """The project as ``json`` can write it."""
    return {
        "version": VERSION,
        "name": project.name,
        "datasets": _DATASETS.dump_python(project.datasets, mode="json"),
        "flows": [dump_flow(flow) for flow in project.flows],
    }


def load_project(saved: Json) -> Project:
    """The project from what ``dump_project`` gave; raises ``CanvasError`` when it is none."""
    if not isinstance(saved, Mapping) or not isinstance(saved.get("flows"), list):
        raise _unreadable("it is no project")
    try:
        datasets = _DATASETS.validate_python(saved.get("datasets"))
    except ValueError as error:
        raise _unreadable("its list of tables is not as it should be") from error
    flows = tuple(load_flow(flow) for flow in saved["flows"])
    return Project(name=str(saved.get("name")), datasets=datasets, flows=flows)


def pack_project(project: Project) -> bytes:
    """The project as it lies in the store; zlib carries its own checksum."""
    return zlib.compress(_json(dump_project(project)))


def unpack_project(packed: bytes) -> Project:
    """The project from what ``pack_project`` gave; raises ``CanvasError``."""
    try:
        saved = json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError) as error:
        raise _unreadable("its bytes are damaged") from error
    return load_project(saved)


def pack_record(record: ModelRecord) -> bytes:
    """A model of the list as it lies in the store."""
    return zlib.compress(_json(_RECORD.dump_python(record, mode="json")))


def unpack_record(packed: bytes) -> ModelRecord:
    """A model of the list from what ``pack_record`` gave; raises ``CanvasError``."""
    try:
        return _RECORD.validate_python(json.loads(zlib.decompress(packed)))
    except (zlib.error, ValueError) as error:
        raise _unreadable("its list of models is damaged") from error


def share(known: Project, loaded: Project) -> Project:
    """The loaded project with the objects of the known one wherever they are equal.

    What is equal is then the same, so that a change by identity names only what differs.
    """
    datasets = _shared(known.datasets, tuple(_same(known.datasets, item) for item in loaded.datasets))
    flows = _shared(known.flows, tuple(_share_flow(known, flow) for flow in loaded.flows))
    return replace(loaded, datasets=datasets, flows=flows)


def _share_flow(known: Project, flow: Flow) -> Flow:
    old = next((item for item in known.flows if item.id == flow.id), None)
    if old is None or old == flow:
        return old or flow
    nodes = tuple(old[node.id] if node.id in old and old[node.id] == node else node for node in flow)
    return replace(flow, nodes=_shared(old.nodes, nodes))


def _same(known: tuple[Dataset, ...], item: Dataset) -> Dataset:
    return next((other for other in known if other == item), item)


def _shared(known: tuple, items: tuple) -> tuple:  # type: ignore[type-arg]  # of whatever both hold
    alike = len(known) == len(items) and all(a is b for a, b in zip(known, items, strict=True))
    return known if alike else items


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _unreadable(why: str) -> CanvasError:
    return CanvasError(f"A saved state of the project can't be read: {why}.", hint="Restore a backup.")
