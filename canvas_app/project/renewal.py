"""Refreshes a table from its source, and finds a source that was moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.data.freshness import source_of
from canvas_app.data.refresh_job import Refreshed, RefreshJob
from canvas_app.data.relink_job import Relinked, RelinkJob
from canvas_app.project import blobs
from canvas_app.project.project import Project
from canvas_app.project.versions import newest_of, remember_source

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.jobs.pool import Ticket
    from canvas_app.project.session import Session


def refresh(
    session: Session, key: str, *, done: Callable[[Refreshed], None] | None = None, **told: Any
) -> Ticket:
    """Read the source of a table again; where it changed, its rows become the next version.

    Raises ``CanvasError`` where it is not known where the table came from.
    """
    session.require_writable()
    newest = _newest(session, key)
    source = source_of(newest.source)
    work = blobs.work_folder(session.folder)
    reading = session.import_job(source, work, newest.name)

    def keep(found: Refreshed) -> Refreshed:
        if found.dataset is None:
            return found
        if found.same_rows:
            session.edit(f"Refresh {newest.name}", _with_source, newest.key, found.dataset.source)
            return found
        kept = session.keep_dataset(found.dataset, work, f"Refresh {newest.name}")
        return replace(found, dataset=kept)

    job = RefreshJob(reading, str(newest.source.get("sha256", "")), newest.blob)
    return session.run_in(work, job, keep, done, told)


def relink(
    session: Session,
    key: str,
    place: Path,
    *,
    done: Callable[[Relinked], None] | None = None,
    **told: Any,
) -> Ticket:
    """Look at a file or through a folder for what a table was read from; it is remembered where found."""
    session.require_writable()
    dataset = _dataset(session, key)

    def keep(found: Relinked) -> None:
        if found.facts is not None:
            seen = str(dataset.source.get("sha256", ""))
            session.edit(f"Find the file of {dataset.name}", remember_source, dataset.name, seen, found.facts)
        if done is not None:
            done(found)

    job = RelinkJob(dict(dataset.source), str(place.absolute()))
    return session.run(job, done=keep, **told)


def _with_source(project: Project, key: str, facts: Any) -> Project:
    datasets = tuple(replace(item, source=facts) if item.key == key else item for item in project.datasets)
    return replace(project, datasets=datasets)


def _newest(session: Session, key: str) -> Dataset:
    _dataset(session, key)
    newest = newest_of(session.project.datasets, key)
    assert newest is not None
    return newest


def _dataset(session: Session, key: str) -> Dataset:
    dataset = session.project.dataset(key)
    if dataset is None:
        raise CanvasError(f"There is no table {key} in this project.", hint="Choose another.")
    return dataset
