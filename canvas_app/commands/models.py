"""Finds the model that a command is about: in a project by name or id, or by its own folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError

if TYPE_CHECKING:
    from canvas_app.project.project import ModelRecord
    from canvas_app.project.session import Session


def model_folder(path: Path, name: str = "") -> Path:
    """The folder of a model: of a project's, the newest or the one named; else the folder itself."""
    if (path / "project.db").exists():
        from canvas_app.commands.projects import opened

        with opened(path, look_only=True) as session:
            return session.model_folder(chosen_model(session, name).id)
    if (path / "manifest.json").exists():
        raise CanvasError(
            f"{path} is a bundle, which holds no rows to explain a model on.",
            hint="Give the project, or the folder of the model that was exported.",
        )
    if not (path / "test.parquet").exists():
        raise CanvasError(f"{path} is neither a project nor a model.", hint="Give a project's folder.")
    return path


def chosen_model(session: Session, name: str = "") -> ModelRecord:
    """The newest model, or the newest of those whose name or id is (or begins with) ``name``."""
    fitting = [
        record for record in session.models if not name or record.name == name or record.id.startswith(name)
    ]
    if fitting:
        return fitting[-1]
    if not session.models:
        raise CanvasError(
            "No model has been built in this project.", hint="Build one first: canvas-app build."
        )
    known = ", ".join(dict.fromkeys(record.name for record in session.models))
    raise CanvasError(f"There is no model {name} in this project.", hint=f"There are: {known}.")
