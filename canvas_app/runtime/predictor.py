"""Answers rows: checks them against the contract, replays the recipe, and asks the model."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .contract import Contract, InputColumn
from .encode import Encoder
from .errors import BundleError
from .estimators import load_estimator
from .recipe import Recipe, is_blank, plain_value
from .table_file import read_pieces, require_place, writing

Telling = Callable[[float, str], None]
"""How far (0 to 1, below 0 where unknown) and with what."""


@dataclass
class Notes:
    """What a person should know about the rows that were asked about; counts add up over pieces."""

    ignored: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    misfits: dict[str, int] = field(default_factory=dict)
    unseen: dict[str, int] = field(default_factory=dict)

    def lines(self, types: Mapping[str, str]) -> tuple[str, ...]:
        """One sentence per fact; none where all is as it should be."""
        found = [
            f"{_count(n, 'value')} of {name} {_were(n)} no {types[name]}, taken as blank."
            for name, n in self.misfits.items()
            if n
        ]
        found += [
            f"{_count(n, 'row')} had a value of {name} that the model has not seen."
            for name, n in self.unseen.items()
            if n
        ]
        if self.ignored:
            found.append(f"Not needed for the answer: {', '.join(self.ignored)}.")
        found += [
            f"The column {old} of the file is called {new} beside the answers."
            for old, new in self.renamed.items()
        ]
        return tuple(found)


@dataclass(frozen=True)
class Answer:
    """What the model says about rows: one prediction each, and for categories all probabilities."""

    prediction: list[Any]
    probabilities: np.ndarray | None
    """Shape (rows, classes), in the order of ``classes``."""
    classes: tuple[str, ...]
    label_type: str = "text"
    notes: tuple[str, ...] = ()

    def columns(self) -> dict[str, pa.Array]:
        """``prediction``, and for categories ``probability_LABEL`` for each."""
        found = {"prediction": pa.array(self.prediction, _LABEL_TYPES.get(self.label_type, pa.string()))}
        if self.probabilities is not None:
            for at, name in enumerate(self.classes):
                found[f"probability_{name}"] = pa.array(self.probabilities[:, at])
        return found


@dataclass(frozen=True)
class FileAnswer:
    """What came of a file of rows."""

    rows: int
    notes: tuple[str, ...]


class Predictor:
    """A built model, ready to answer; one for many threads, which take turns."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.contract = Contract.read(self.folder)
        self._encoder = Encoder.from_json(self._json("encoder.json"))
        self._estimator = load_estimator(self.folder, self._json("model.json"))
        recipe = self.folder / "recipe.sql"
        sql = recipe.read_text("utf-8") if recipe.exists() else None
        self._recipe = Recipe(sql, self.contract.columns)
        self._turn = threading.Lock()
        self._types = {item.name: _TYPE_WORDS.get(item.type, item.type) for item in self.contract.columns}
        self._categories = {
            item.name: pa.array(item.categories, pa.string())
            for item in self.contract.columns
            if item.categories is not None
        }

    def answer(self, table: pa.Table) -> Answer:
        """Answer every row of a table; raises ``BundleError`` that names the columns which are missing."""
        notes = Notes(ignored=self._ignored(table.column_names))
        return self._answer(table, notes)

    def answer_row(self, values: Mapping[str, Any]) -> Answer:
        """Answer one row, given by column name; as ``answer``, on a shorter way."""
        self._need(values)
        with self._turn:
            after = self._recipe.row(values)
            notes = self._row_notes(values)
        return self._said(self._encoder.matrix(after), notes.lines(self._types))

    def answer_file(self, source: Path, target: Path, telling: Telling | None = None) -> FileAnswer:
        """Answer a CSV or Parquet file piece by piece; its columns come first, then the answers."""
        require_place(Path(target))
        pieces = read_pieces(Path(source))
        notes, done = Notes(), 0
        with writing(Path(target)) as writer:
            for piece in pieces.tables:
                if not done:
                    notes.ignored = self._ignored(piece.column_names)
                answer = self._answer(piece, notes)
                writer.write(_beside(piece, answer, notes))
                done += piece.num_rows
                if telling:
                    telling(
                        min(done / pieces.about, 1.0) if pieces.about else -1.0, f"{done:,} rows answered"
                    )
        empty = () if done else (f"{Path(source).name} has a header but no rows, so there are no answers.",)
        return FileAnswer(done, (*empty, *notes.lines(self._types)))

    def matrix(self, table: pa.Table) -> np.ndarray:
        """The rows as the model sees them, after the recipe and the encoder."""
        self._need(table.column_names)
        with self._turn:
            after = self._recipe.apply(self._recipe.fit(table))
        return np.asarray(self._encoder.matrix(after))

    def _answer(self, table: pa.Table, notes: Notes) -> Answer:
        self._need(table.column_names)
        with self._turn:
            fitted = self._recipe.fit(table)
            after = self._recipe.apply(fitted)
        for item in self.contract.columns:
            self._note(item, table, fitted, notes)
        return self._said(self._encoder.matrix(after), notes.lines(self._types))

    def _said(self, matrix: np.ndarray, notes: tuple[str, ...]) -> Answer:
        if self.contract.problem == "number":
            values = self._estimator.values(matrix) if len(matrix) else np.zeros(0)
            return Answer(values.tolist(), None, (), "number", notes)
        none = np.zeros((0, len(self.contract.classes)))
        probabilities = self._estimator.probabilities(matrix) if len(matrix) else none
        label_type = self.contract.label_type
        labels = [_label(name, label_type) for name in self.contract.classes]
        best = probabilities.argmax(axis=1) if len(matrix) else []
        return Answer([labels[at] for at in best], probabilities, self.contract.classes, label_type, notes)

    def _note(self, item: InputColumn, asked: pa.Table, fitted: pa.Table, notes: Notes) -> None:
        blank = is_blank(asked, item.name)
        column = fitted.column(item.name)
        if item.type != "text":
            lost = pc.sum(pc.and_(pc.is_null(column), pc.invert(blank))).as_py() or 0
            notes.misfits[item.name] = notes.misfits.get(item.name, 0) + lost
        known = self._categories.get(item.name)
        if known is not None:
            strange = pc.and_(pc.invert(pc.is_in(column.cast(pa.string()), known)), pc.is_valid(column))
            new = pc.sum(strange).as_py() or 0
            notes.unseen[item.name] = notes.unseen.get(item.name, 0) + new

    def _row_notes(self, values: Mapping[str, Any]) -> Notes:
        notes = Notes(ignored=self._ignored(values))
        for item in self.contract.columns:
            value = plain_value(values[item.name], item)
            if item.categories is not None and value is not None and str(value) not in item.categories:
                notes.unseen[item.name] = 1
        written = [i for i in self.contract.columns if i.type != "text" and isinstance(values[i.name], str)]
        if written:
            fitted = self._recipe.fitted_row(values)
            notes.misfits = {i.name: 1 for i in written if values[i.name].strip() and fitted[i.name] is None}
        return notes

    def _need(self, names: Any) -> None:
        missing = [name for name in self.contract.names if name not in names]
        if not missing:
            return
        near = {str(name).strip().lower(): name for name in names}
        alike = [(near[n.strip().lower()], n) for n in missing if n.strip().lower() in near]
        hint = "; ".join(f"{was!r} may be {n!r} by another name" for was, n in alike)
        raise BundleError(
            f"The rows lack {'a column' if len(missing) == 1 else 'columns'} that the model needs: "
            f"{', '.join(missing)}.",
            f"{hint}." if hint else "Add what is missing; cells may be blank where a value isn't known.",
        )

    def _ignored(self, names: Any) -> tuple[str, ...]:
        return tuple(str(name) for name in names if name not in self.contract.names)

    def _json(self, name: str) -> Any:
        try:
            return json.loads((self.folder / name).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise BundleError(f"{name} of the model can't be read.", "Export the bundle again.") from error


_LABEL_TYPES = {"number": pa.float64(), "whole": pa.int64(), "switch": pa.bool_()}
_TYPE_WORDS = {"number": "number", "whole": "number", "time": "date or time", "switch": "yes or no"}


def _beside(piece: pa.Table, answer: Answer, notes: Notes) -> pa.Table:
    """The asked columns, then the answers; an asked column of the same name steps aside."""
    said = answer.columns()
    names: list[str] = []
    for name in piece.column_names:
        free = name
        at = 1
        while free in said or free in names:
            free = f"{name}_input" if at == 1 else f"{name}_input_{at}"
            at += 1
        if free != name:
            notes.renamed[name] = free
        names.append(free)
    return pa.table([*piece.columns, *said.values()], names=[*names, *said])


def _label(text: str, label_type: str) -> Any:
    if label_type == "switch":
        return text.lower() == "true"
    if label_type == "whole":
        return int(text)
    return float(text) if label_type == "number" else text


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
