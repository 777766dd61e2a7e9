"""Reads models of scikit-learn from files of skops: types of our list only, and nothing is unpickled."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import ZipFile

import numpy as np

from .tree import HeldTree

TRUSTED = (
    "sklearn.tree._tree.Tree",
    "sklearn.tree._classes.DecisionTreeClassifier",
    "sklearn.tree._classes.DecisionTreeRegressor",
    "sklearn.tree._classes.ExtraTreeClassifier",
    "sklearn.tree._classes.ExtraTreeRegressor",
    "sklearn.ensemble._forest.RandomForestClassifier",
    "sklearn.ensemble._forest.RandomForestRegressor",
    "sklearn.ensemble._forest.ExtraTreesClassifier",
    "sklearn.ensemble._forest.ExtraTreesRegressor",
    "sklearn.linear_model._logistic.LogisticRegression",
    "sklearn.linear_model._ridge.Ridge",
)
"""Every type of a library that a skops file may hold; never read from the file itself."""

_TREE = TRUSTED[0]
_PLAIN = (
    *(f"builtins.{name}" for name in ("dict", "list", "tuple", "str", "int", "float", "bool", "NoneType")),
    *(f"numpy.{name}" for name in ("ndarray", "float32", "float64", "int32", "int64", "bool")),
)
_SCHEMA = "schema.json"


class Held:
    """An object of scikit-learn as a file holds it: its attributes under their own names."""

    def __init__(self, kind: str, attributes: Mapping[str, Any]) -> None:
        """``kind`` is one of ``TRUSTED``; trees among the attributes are ``HeldTree``, objects ``Held``."""
        self.__dict__.update(attributes)
        self.kind = kind


def read_skops(path: Path) -> Held:
    """The model of a file. Raises ``ValueError`` for what no model of ours holds, and as ``zipfile`` does."""
    with ZipFile(path) as file:
        schema = json.loads(file.read(_SCHEMA))
        refuse_strangers(schema)
        found = _Reader(file).value(schema)
    if not isinstance(found, Held):
        raise ValueError("it holds no model")
    return found


def refuse_strangers(schema: Any) -> None:
    """Raise ``ValueError`` for types and ways of loading that are not ours, wherever they stand."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = _name(part)
            known = name in TRUSTED or name in _PLAIN
            if "__class__" in part and not (known and part.get("__loader__") in _LOADERS):
                raise ValueError(f"it holds {name}, which no model of ours does")
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def in_library(held: Any) -> Any:
    """The same as scikit-learn's own object, for those who need more of it than its answers."""
    from importlib import import_module

    if isinstance(held, HeldTree):
        return held.in_library
    if isinstance(held, list | tuple):
        return type(held)(in_library(item) for item in held)
    if not isinstance(held, Held):
        return held
    if held.kind not in TRUSTED:
        raise ValueError(f"{held.kind} is no type of ours")
    module, _, name = held.kind.rpartition(".")
    kind = getattr(import_module(module), name)
    found = kind.__new__(kind)
    found.__setstate__({key: in_library(item) for key, item in vars(held).items() if key != "kind"})
    return found


class _Reader:
    """Turns parts of a schema into values; arrays come from the other files of the archive."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file

    def value(self, part: Any) -> Any:
        """What a part stands for."""
        read = _LOADERS[part["__loader__"]]
        if read is None:
            raise ValueError(f"it holds {_name(part)} where a value should be")
        return read(self, part)

    def plain(self, part: Any) -> Any:
        """A text, a number, a truth or nothing."""
        found = json.loads(part["content"])
        if isinstance(found, dict | list):
            raise ValueError("it holds a list where one value should be")
        return found

    def array(self, part: Any) -> Any:
        """An array, or one number of NumPy."""
        if part["type"] != "numpy":
            raise ValueError("it holds an array of objects")
        try:
            found = np.load(io.BytesIO(self._file.read(part["file"])), allow_pickle=False)
        except TokenError as error:  # NumPy reads the head of an array as Python words
            raise ValueError("one of its arrays is damaged") from error
        return found if part["__class__"] == "ndarray" else found[()]

    def items(self, part: Any) -> list[Any]:
        """A list."""
        return [self.value(item) for item in part["content"]]

    def fixed(self, part: Any) -> tuple[Any, ...]:
        """A tuple."""
        return tuple(self.items(part))

    def words(self, part: Any) -> dict[str, Any]:
        """A dictionary whose keys are texts."""
        if any(_name(kind) != "builtins.str" for kind in part["key_types"]["content"]):
            raise ValueError("it holds a dictionary whose keys are no texts")
        return {key: self.value(item) for key, item in part["content"].items()}

    def model(self, part: Any) -> Held:
        """An object with its attributes; nothing of it is called."""
        if _name(part) not in TRUSTED or _name(part) == _TREE:
            raise ValueError(f"it holds {_name(part)} where a model should be")
        return Held(_name(part), self.words(part["content"]))

    def tree(self, part: Any) -> HeldTree:
        """The nodes of one tree."""
        if _name(part) != _TREE:
            raise ValueError(f"it holds {_name(part)} where a tree should be")
        features, classes, outputs = self.fixed(part["__reduce__"]["args"])
        return HeldTree(self.words(part["content"]), int(features), classes, int(outputs))


_LOADERS: Mapping[str, Callable[[_Reader, Any], Any] | None] = {
    "ObjectNode": _Reader.model,
    "TreeNode": _Reader.tree,
    "DictNode": _Reader.words,
    "ListNode": _Reader.items,
    "TupleNode": _Reader.fixed,
    "JsonNode": _Reader.plain,
    "NdArrayNode": _Reader.array,
    "TypeNode": None,
}
"""How each part of a skops file is read, in skops' words; a ``TypeNode`` only names the type of a key."""


def _name(part: Mapping[str, Any]) -> str:
    return f"{part.get('__module__')}.{part.get('__class__')}"
