"""Fitted models as they lie in a folder, each in the format of its library; nothing is unpickled."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cached_property
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Self
from zipfile import BadZipFile

import numpy as np

from .errors import BundleError
from .forest import Forest
from .oblivious import ObliviousTrees
from .skops_file import Held, in_library, read_skops

_FEW = 64
"""Rows up to which one thread is faster than several."""


class Estimator:
    """A fitted model that answers features; ``classes`` is 0 for a number."""

    format: ClassVar[str]

    def __init__(self, native: Any, facts: Mapping[str, Any], threads: int = 1) -> None:
        """``native`` is the library's own object, None for a constant; ``facts`` are its ``model.json``."""
        self._native = native
        self.facts = dict(facts)
        self.threads = threads
        self.classes = int(facts.get("classes") or 0)
        self.floor = float(facts.get("floor") or 0.0)

    @property
    def native(self) -> Any:
        """The library's own object."""
        return self._native

    @classmethod
    def read(cls, path: Path, facts: Mapping[str, Any]) -> Self:
        """The model of a file; raises what its library raises."""
        raise NotImplementedError

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """Shape (rows, outputs): log-odds of boosting and logistic models, shares of forests, or the number.

        Two categories have one output, which speaks for the second; more have one each.
        """
        raise NotImplementedError

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """Shape (rows, classes), as the library gives them."""
        raise NotImplementedError

    def probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """Shape (rows, classes), each row adding up to 1, none below the floor of this model."""
        shares = np.asarray(self.raw_probabilities(matrix), dtype=np.float64)
        if self.floor:
            shares = np.maximum(shares, self.floor)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    def values(self, matrix: np.ndarray) -> np.ndarray:
        """Shape (rows,): the number that is predicted."""
        return self.margins(matrix)[:, 0]


class LightgbmEstimator(Estimator):
    """A LightGBM booster in its text format."""

    format = "lightgbm"

    @classmethod
    def read(cls, path: Path, facts: Mapping[str, Any]) -> Self:
        """The booster of a text file."""
        import lightgbm

        lines = path.read_text("utf-8").split("\n")
        # Without its list of sizes it is read line by line, and a damaged file raises instead of crashing.
        text = "\n".join(line for line in lines if not line.startswith("tree_sizes="))
        return cls(lightgbm.Booster(model_str=text), facts)

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, outputs)."""
        found = self._predict(matrix, raw_score=True)
        return found if found.ndim == 2 else found[:, None]

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        found = self._predict(matrix)
        return _both(found if found.ndim == 2 else found[:, None])

    def _predict(self, matrix: np.ndarray, **asked: Any) -> np.ndarray:
        if not len(matrix):
            return np.zeros((0, max(self.classes if self.classes > 2 else 1, 1)))
        threads = {"num_threads": 1} if len(matrix) <= _FEW else {}
        return np.asarray(self.native.predict(matrix, **asked, **threads))


class XgboostEstimator(Estimator):
    """An XGBoost booster in JSON."""

    format = "xgboost"

    @classmethod
    def read(cls, path: Path, facts: Mapping[str, Any]) -> Self:
        """The booster of a JSON file."""
        import xgboost

        booster = xgboost.Booster()
        booster.load_model(bytearray(path.read_bytes()))
        return cls(booster, facts)

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, outputs)."""
        return self._predict(matrix, "margin")

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        return _both(self._predict(matrix, "value"))

    def _predict(self, matrix: np.ndarray, kind: str) -> np.ndarray:
        if not len(matrix):
            return np.zeros((0, self.classes if self.classes > 2 else 1))
        trees = (0, int(self.facts.get("trees") or 0))
        plain = np.ascontiguousarray(matrix, dtype=np.float32)
        found = self.native.inplace_predict(
            plain, iteration_range=trees, predict_type=kind, validate_features=False
        )
        whole = np.asarray(found, dtype=np.float64)
        return whole if whole.ndim == 2 else whole[:, None]


class SkopsEstimator(Estimator):
    """A scikit-learn model in the format of skops: a forest, or a linear model."""

    format = "skops"

    def __init__(
        self, native: Any, facts: Mapping[str, Any], threads: int = 1, held: Held | None = None
    ) -> None:
        """``native`` may be None where there is a model as a file holds it."""
        super().__init__(native, facts, threads)
        self._held = held

    @classmethod
    def read(cls, path: Path, facts: Mapping[str, Any]) -> Self:
        """The model of a skops file, without importing scikit-learn."""
        return cls(None, facts, held=read_skops(path))

    @property
    def native(self) -> Any:
        """Scikit-learn's own object; answers are computed without it."""
        if self._native is None:
            self._native = in_library(self._held)
        return self._native

    @property
    def classes_seen(self) -> tuple[int, ...]:
        """The numbers of the classes that it has learned from, in the order of its own answers."""
        return tuple(int(number) for number in self._model.classes_)

    @property
    def _model(self) -> Any:
        return self._held or self._native

    @cached_property
    def forest(self) -> Forest | None:
        """Its trees, where it is no linear model."""
        return Forest(self._model, self.threads) if hasattr(self._model, "estimators_") else None

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, outputs)."""
        if self.forest is None:
            weights, intercept = np.atleast_2d(self._model.coef_), np.atleast_1d(self._model.intercept_)
            found = np.asarray(matrix @ weights.T + intercept)  # also of scipy's sparse matrices
            return self._placed(found, -np.inf) if found.shape[1] > 1 else found
        if not self.classes:
            return self.forest.shares(matrix)
        shares = self.raw_probabilities(matrix)
        return shares[:, 1:] if self.classes == 2 else shares

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        if self.forest is not None:
            return self._placed(self.forest.shares(matrix), 0.0)
        return _shares_of(self.margins(matrix))

    def _placed(self, found: np.ndarray, missing: float) -> np.ndarray:
        """Columns by class number, also where a class was not among the rows that were learned from."""
        known = self.classes_seen
        if len(known) == self.classes:
            return found
        placed = np.full((len(found), self.classes), missing)
        placed[:, list(known)] = found
        return placed


class CatboostEstimator(Estimator):
    """Boosted trees of CatBoost in its JSON, asked without the library."""

    format = "catboost"

    def __init__(self, text: bytes, facts: Mapping[str, Any], threads: int = 1) -> None:
        """``text`` is the JSON, as a file holds it."""
        super().__init__(None, facts, threads)
        self.text = text
        self._trees = ObliviousTrees.parse(text)

    @classmethod
    def read(cls, path: Path, facts: Mapping[str, Any]) -> Self:
        """The trees of a JSON file."""
        return cls(path.read_bytes(), facts)

    @property
    def native(self) -> Any:
        """CatBoost's own object; answers are computed without it."""
        if self._native is None:
            from catboost import CatBoost
            from catboost.core import log_fixup

            # It warns that the parameters of the fit are not all there, of which answers need none.
            with TemporaryDirectory() as folder, log_fixup(StringIO(), StringIO()):
                path = Path(folder) / "model.json"
                path.write_bytes(self.text)
                self._native = CatBoost({"allow_writing_files": False})
                self._native.load_model(str(path), format="json")
        return self._native

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, outputs)."""
        return self._trees.margins(matrix)

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        return _shares_of(self.margins(matrix))


class OnnxEstimator(Estimator):
    """A model as an ONNX graph: features in, probabilities or a number out."""

    format = "onnx"

    @classmethod
    def read(cls, path: Path, facts: Mapping[str, Any]) -> Self:
        """The graph of an ONNX file."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Threads that wait by spinning take the cores from whatever comes next.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers = ["CPUExecutionProvider"]
        return cls(onnxruntime.InferenceSession(path.read_bytes(), options, providers=providers), facts)

    @cached_property
    def _names(self) -> tuple[str, str]:
        """What comes in, and the last of what comes out."""
        return self.native.get_inputs()[0].name, self.native.get_outputs()[-1].name

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """The number itself, or log-odds from the probabilities."""
        if not self.classes:
            return self._run(matrix)
        shares = np.clip(self.raw_probabilities(matrix), 1e-15, 1)
        return np.asarray(np.log(shares[:, 1:] / shares[:, :1]) if self.classes == 2 else np.log(shares))

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        return self._run(matrix)

    def _run(self, matrix: np.ndarray) -> np.ndarray:
        plain = np.ascontiguousarray(matrix, dtype=np.float32)
        asked, said = self._names
        found = self.native.run([said], {asked: plain})[0]
        return np.asarray(found, dtype=np.float64).reshape(len(matrix), -1)


class ConstantEstimator(Estimator):
    """The same answer for every row: the share of each class, or the mean."""

    format = "constant"

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, outputs)."""
        values = np.asarray(self.facts["values"], dtype=np.float64)
        if not self.classes:
            return np.full((len(matrix), 1), values[0])
        shares = np.clip(values, 1e-15, 1)
        odds = np.log(shares[1:] / shares[:1]) if self.classes == 2 else np.log(shares)
        return np.tile(odds, (len(matrix), 1))

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        return np.tile(np.asarray(self.facts["values"], dtype=np.float64), (len(matrix), 1))


_FORMATS: dict[str, type[Any]] = {
    item.format: item
    for item in (LightgbmEstimator, XgboostEstimator, CatboostEstimator, SkopsEstimator, OnnxEstimator)
}


def load_estimator(folder: Path, facts: Mapping[str, Any]) -> Estimator:
    """The model of a folder; ``facts`` is its ``model.json``. Raises ``BundleError`` if it can't be read."""
    kind = str(facts.get("format"))
    if kind == "constant":
        return ConstantEstimator(None, facts)
    if kind == "blend":
        return _blend(folder, facts)
    if kind not in _FORMATS:
        raise BundleError(f"Models of the format {kind} are not known here.", "Use a newer version.")
    path = Path(folder) / Path(str(facts["file"])).name
    try:
        found: Estimator = _FORMATS[kind].read(path, facts)
    except ImportError as error:
        raise BundleError(
            f"{error.name} is needed for this model.", "Install what requirements.txt names."
        ) from error
    except _refusals(kind) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise BundleError(f"{path.name} can't be read: {reason}", "Export the bundle again.") from error
    return found


def _blend(folder: Path, facts: Mapping[str, Any]) -> Estimator:
    from .blend import BlendEstimator, members_of, parts_of

    try:
        members = members_of(facts, [load_estimator(folder, _held_apart(part)) for part in parts_of(facts)])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BundleError(f"model.json can't be read: {error}", "Export the bundle again.") from error
    return BlendEstimator(members, facts)


def _held_apart(part: Mapping[str, Any]) -> Mapping[str, Any]:
    if part["format"] == "blend":
        raise ValueError("a blend can't be part of a blend")
    return part


def _refusals(kind: str) -> tuple[type[Exception], ...]:
    """What the library of a format raises for a file that it can't read."""
    usual = (ValueError, TypeError, LookupError, AttributeError, OSError, RuntimeError, EOFError)
    if kind == "lightgbm":
        from lightgbm.basic import LightGBMError

        return (*usual, LightGBMError)
    if kind == "skops":
        return (*usual, BadZipFile, zlib.error)
    if kind == "onnx":
        from onnxruntime.capi import onnxruntime_pybind11_state as own

        theirs = (item for item in vars(own).values() if isinstance(item, type))
        return (*usual, *(item for item in theirs if issubclass(item, Exception)))
    return usual


def _shares_of(margins: np.ndarray) -> np.ndarray:
    """Probabilities from log-odds: of the second of two categories, or of each of more."""
    if margins.shape[1] == 1:
        return _both(1 / (1 + np.exp(-np.clip(margins, -500, 500))))
    risen = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(risen / risen.sum(axis=1, keepdims=True))


def _both(second: np.ndarray) -> np.ndarray:
    """Shares of both categories where only those of the second are given."""
    return np.hstack([1 - second, second]) if second.shape[1] == 1 else second
