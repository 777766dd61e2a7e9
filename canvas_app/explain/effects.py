"""SHAP effects per row, summed back to the columns; parts and base add up to the margin."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from canvas_app.data.files import write_atomically

Unit = Literal["log-odds", "probability", "target"]
"""What effects are counted in: log-odds, probability, or the unit of the number that is predicted."""

MOST_ROWS = 2_000
FEWEST_ROWS = 100


@dataclass(frozen=True)
class Effects:
    """What each column added to the answer of each row."""

    columns: tuple[str, ...]
    """The columns that effects are on, in the order of the second axis."""
    values: Any
    """Shape (rows, columns, outputs); one output for a number and for two categories."""
    base: Any
    """Shape (outputs,): the answer for the average row."""
    unit: Unit

    @property
    def margin(self) -> Any:
        """Shape (rows, outputs): base and parts added up (SHAP's local accuracy)."""
        return self.values.sum(axis=1) + self.base

    def impact(self) -> dict[str, float]:
        """Mean |SHAP| of each column over rows and outputs, largest first."""
        import numpy as np

        sizes = np.abs(self.values).mean(axis=(0, 2)) if len(self.values) else np.zeros(len(self.columns))
        pairs = zip(self.columns, map(float, sizes), strict=True)
        return dict(sorted(pairs, key=lambda pair: -pair[1]))


def summed_to_columns(parts: Any, origin: Sequence[str], columns: Sequence[str]) -> Any:
    """Add the parts of all features that were made from one column: (rows, features, outputs) in."""
    import numpy as np

    places = np.asarray(origin)
    summed = np.zeros((parts.shape[0], len(columns), parts.shape[2]))
    for at, name in enumerate(columns):
        summed[:, at, :] = parts[:, places == name, :].sum(axis=1)
    return summed


def sampled_rows(rows: int, most: int, seed: int) -> Any:
    """Which of so many rows are looked at: all, or ``most`` drawn with the seed, in their order."""
    import numpy as np

    if rows <= most:
        return np.arange(rows)
    drawn = np.random.default_rng(seed).choice(rows, size=most, replace=False)
    return np.sort(drawn)


def rows_within(cost_of_a_row: float, *, limit: float) -> int:
    """How many rows fit a limit of work, counted in leaves, within the bounds of a useful sample."""
    fitting = int(limit / cost_of_a_row) if cost_of_a_row else MOST_ROWS
    return max(FEWEST_ROWS, min(MOST_ROWS, fitting))


def save_effects(folder: Path, effects: Effects, sample: Any) -> None:
    """Keep effects beside the model's cache: numbers as npy, the rest as JSON; no pickle."""
    words = {"columns": effects.columns, "base": effects.base.tolist(), "unit": effects.unit}
    write_atomically(folder / "effects.npy", lambda file: _save_array(file, effects.values))
    write_atomically(folder / "sample.npy", lambda file: _save_array(file, sample))
    write_atomically(folder / "effects.json", lambda file: _write(file, json.dumps(words).encode()))


def load_effects(folder: Path) -> tuple[Effects, Any] | None:
    """What ``save_effects`` kept and for which rows, or None where there is nothing whole."""
    import numpy as np

    try:
        words: Mapping[str, Any] = json.loads((folder / "effects.json").read_text("utf-8"))
        values = np.load(folder / "effects.npy", allow_pickle=False)
        sample = np.load(folder / "sample.npy", allow_pickle=False)
        base = np.asarray(words["base"], dtype=float)
        effects = Effects(tuple(words["columns"]), values, base, words["unit"])
    except (OSError, ValueError, KeyError):
        return None
    fits = values.shape == (len(sample), len(effects.columns), len(base))
    return (effects, sample) if fits else None


def _save_array(file: Any, array: Any) -> None:
    import numpy as np

    held = io.BytesIO()
    np.save(held, array, allow_pickle=False)
    file.write(held.getvalue())


def _write(file: Any, data: bytes) -> None:
    file.write(data)
