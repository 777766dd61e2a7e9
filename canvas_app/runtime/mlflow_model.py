"""The door through which MLflow asks a bundle: ``mlflow models predict`` and ``serve``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .errors import BundleError
from .whole import require_whole

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

_LEFT_BY_MLFLOW = ("registered_model_meta",)
"""MLflow writes this into a folder that comes from its registry."""


class MlflowModel:
    """A bundle as MLflow's python_function flavour sees it."""

    def __init__(self, folder: Path) -> None:
        require_whole(folder, [folder / name for name in _LEFT_BY_MLFLOW])
        from .predictor import Predictor

        self._predictor = Predictor(folder)

    def predict(self, model_input: Any, params: Any = None) -> Any:
        """A frame of rows in; a frame with ``prediction`` and ``probability_LABEL`` out."""
        import pandas as pd
        import pyarrow as pa

        del params
        if not isinstance(model_input, pd.DataFrame):
            raise BundleError("The rows must come as a table with named columns.", "Send CSV or records.")
        rows = pa.table({str(name): _column(model_input[name]) for name in model_input.columns})
        said = self._predictor.answer(rows).columns()
        return pd.DataFrame({name: column.to_pandas() for name, column in said.items()})


def _load_pyfunc(path: str) -> MlflowModel:
    """Called by MLflow with the folder of the bundle."""
    return MlflowModel(Path(path))


def _column(values: Any) -> Any:
    """A column of a frame; where its cells are of several types, each as text."""
    import pyarrow as pa

    try:
        return pa.Array.from_pandas(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if _is_missing(cell) else str(cell) for cell in values], pa.string())


def _is_missing(cell: Any) -> bool:
    return cell is None or cell != cell  # noqa: PLR0124 - only a missing number differs from itself
