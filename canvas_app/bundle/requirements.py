"""The libraries that a bundle needs, pinned to the versions with which it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version

_ALWAYS = ("numpy", "pyarrow", "duckdb")
_BY_FORMAT = {
    "onnx": ("onnxruntime",),
    "lightgbm": ("lightgbm", "scipy"),
    "xgboost": ("xgboost-cpu", "scipy"),
    "skops": ("scikit-learn", "scipy"),
    "catboost": (),  # its trees are asked by the runtime itself
    "constant": (),
}
_FOR_MLFLOW = ("mlflow-skinny", "pandas")
"""``mlflow models predict`` and ``serve``, without MLflow's tracking server."""


def libraries(formats: Iterable[str]) -> Mapping[str, str]:
    """The version of each library that answers are computed with, by name."""
    needed = (name for held in formats for name in _BY_FORMAT[held])
    return {name: version(name) for name in dict.fromkeys((*_ALWAYS, *needed))}


def requirements(formats: Iterable[str]) -> str:
    """The text of ``requirements.txt``, for models of those formats."""
    answers = [f"{name}=={number}" for name, number in libraries(formats).items()]
    served = [f"{name}=={version(name)}" for name in _FOR_MLFLOW]
    lines = [
        "# What predict.py needs.",
        *answers,
        "",
        "# Only for `mlflow models predict` and `serve`.",
        *served,
    ]
    return "\n".join(lines) + "\n"
