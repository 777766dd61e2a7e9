"""Features and targets as files in a build's scratch folder, for the processes that learn from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.data.files import file_errors
from canvas_app.training.model_type import Rows

if TYPE_CHECKING:
    from canvas_app.runtime.columns import View
    from canvas_app.runtime.encode import Encoder

_PIECE = 10_000
_MOST_LINEAR = 100_000
"""Training rows whose features for linear models are kept: wide, and more would not be learned from."""
_SPARSE_FROM = 200
"""Features from which those of linear models are kept without their zeros."""


def save_target(folder: Path, part: str, target: Any) -> None:
    """Keep the target of a part: class places, or numbers."""
    import numpy as np

    with file_errors(folder):
        np.save(folder / f"target-{part}.npy", target, allow_pickle=False)


def save_features(folder: Path, part: str, encoder: Encoder, table: Any) -> None:
    """Keep the features of a part's ``pyarrow.Table``, as the encoder's view sees them."""
    import numpy as np

    if encoder.view == "linear" and part == "train":
        table = table.slice(0, _MOST_LINEAR)
    with file_errors(folder):
        if encoder.view == "linear" and encoder.width >= _SPARSE_FROM:
            _save_sparse(folder / f"linear-{part}.npz", encoder, table)
        else:
            np.save(folder / f"{encoder.view}-{part}.npy", encoder.matrix(table), allow_pickle=False)


def load_rows(folder: Path, view: View, *parts: str) -> Rows:
    """The rows of one or more parts, one after the other."""
    import numpy as np

    features = [_load_features(folder, view, part) for part in parts]
    whole = [np.load(folder / f"target-{part}.npy", allow_pickle=False) for part in parts]
    targets = [target[: known.shape[0]] for target, known in zip(whole, features, strict=True)]
    if len(parts) == 1:
        return Rows(features[0], targets[0])
    if isinstance(features[0], np.ndarray):
        return Rows(np.concatenate(features), np.concatenate(targets))
    from scipy.sparse import vstack

    return Rows(vstack(features, format="csr"), np.concatenate(targets))


def load_targets(folder: Path, *parts: str) -> Rows:
    """The targets of one or more parts, without any feature."""
    import numpy as np

    target = np.concatenate([np.load(folder / f"target-{part}.npy", allow_pickle=False) for part in parts])
    return Rows(np.empty((len(target), 0), dtype=np.float32), target)


def load_answers(folder: Path, name: str) -> Any:
    """What was said about the validation rows: (rows, classes), or (rows,) for a number."""
    import numpy as np

    return np.load(folder / name, allow_pickle=False)


def save_answers(folder: Path, name: str, answers: Any) -> None:
    """Keep what was said, in 32 bits."""
    import numpy as np

    with file_errors(folder):
        np.save(folder / name, np.asarray(answers, dtype=np.float32), allow_pickle=False)


def width_of(folder: Path, view: View) -> int:
    """How many features a view has."""
    import numpy as np

    dense = folder / f"{view}-validation.npy"
    if dense.exists():
        return int(np.load(dense, mmap_mode="r", allow_pickle=False).shape[1])
    return int(_load_features(folder, view, "validation").shape[1])


def _save_sparse(path: Path, encoder: Encoder, table: Any) -> None:
    from scipy.sparse import csr_matrix, save_npz, vstack

    pieces = [
        csr_matrix(encoder.matrix(table.slice(start, _PIECE)))
        for start in range(0, max(table.num_rows, 1), _PIECE)
    ]
    save_npz(path, vstack(pieces, format="csr"), compressed=False)


def _load_features(folder: Path, view: View, part: str) -> Any:
    import numpy as np

    dense = folder / f"{view}-{part}.npy"
    if dense.exists():
        return np.load(dense, allow_pickle=False)
    from scipy.sparse import load_npz

    return load_npz(folder / f"{view}-{part}.npz")
