"""Keeps a process that answers rows lean: what it doesn't need is not loaded, even if it is installed."""

from __future__ import annotations

import sys
from pathlib import Path

_FOR_TABLES = ("pandas",)
"""Arrow imports it with the first array, to know its frames when it meets one."""
_FOR_LEARNING = ("sklearn", "dask")
"""LightGBM and XGBoost import it for what they add to it, which takes a second or two."""


def keep_out(folder: Path) -> None:
    """Let this process do without the libraries that the model of a folder is not answered with.

    Only for a process that does nothing else, since they can't be imported in it any more.
    """
    trees = any(folder.glob("*.skops"))  # many rows are answered by scikit-learn itself
    for name in _FOR_TABLES if trees else (*_FOR_TABLES, *_FOR_LEARNING):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # so the import system marks it missing
