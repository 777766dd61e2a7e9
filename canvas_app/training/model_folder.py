"""Writes the folder of a built model: contract, recipe, features, model, test rows, and what was found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import Json
from canvas_app.data.files import write_atomically
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.lineage import sources_by_column
from canvas_app.flow.recipe import recipe_sql, replayed
from canvas_app.training.labels import Labels

if TYPE_CHECKING:
    from canvas_app.runtime.contract import Contract, InputColumn
    from canvas_app.training.rows import LearnedRecipe

MOST_CATEGORIES = 100
"""Values that are listed in a contract; columns with more take any value."""


def sources_used(recipe: LearnedRecipe, used: Sequence[str], target: str) -> dict[str, tuple[str, ...]]:
    """From each column that features are made from to those of a row that it is computed from."""
    after = replayed(recipe.steps, recipe.learned, recipe.schema, target=target)
    names = [name for name in recipe.schema.names if name != target]
    return {
        made: tuple(name for name in names if name in sources)
        for made, sources in sources_by_column(after, used).items()
    }


def columns_asked(recipe: LearnedRecipe, made_from: Mapping[str, Sequence[str]]) -> Schema:
    """The columns that a new row must bring, for the features to be computed from it."""
    needed = {name for sources in made_from.values() for name in sources}
    return Schema(tuple(column for column in recipe.schema if column.name in needed))


def contract_of(asked: Schema, rows: Any, labels: Labels, target: str, notes: Sequence[str]) -> Contract:
    """What callers must know; typical values and limits are those of the training rows."""
    from canvas_app.runtime.contract import Contract

    return Contract(
        target=target,
        problem=labels.problem,
        columns=tuple(_input_column(column, rows.column(column.name)) for column in asked),
        classes=labels.classes,
        label_type=labels.type,
        notes=tuple(notes),
    )


def sql_of(recipe: LearnedRecipe, asked: Schema, target: str) -> str | None:
    """The recipe as one SELECT; None where there is nothing to do."""
    if not recipe.steps:
        return None
    return recipe_sql(recipe.steps, recipe.learned, recipe.schema, target=target, brings=asked.names)


def write_json(path: Path, value: Json) -> None:
    """Write a value so that the same value always gives the same bytes."""
    write_text(path, json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1))


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8."""
    write_atomically(path, lambda file: _write(file, text.encode()))


def copy_files(source: Path, folder: Path) -> None:
    """Take over the files of a fitted model."""
    for path in sorted(source.iterdir()):
        data = path.read_bytes()
        write_atomically(folder / path.name, lambda file, data=data: _write(file, data))  # type: ignore[misc]


def write_test_rows(path: Path, asked: Any, answers: Mapping[str, Any]) -> None:
    """The test rows as they enter the recipe, and beside them what was said and what was true."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table([*asked.columns, *answers.values()], names=[*asked.column_names, *answers])
    write_atomically(path, lambda file: parquet.write_table(table, file, compression="zstd"))


def _input_column(column: ColumnInfo, values: Any) -> InputColumn:
    from canvas_app.runtime.contract import InputColumn

    facts: dict[str, Any] = {}
    if column.type in ("number", "whole"):
        facts = _number_facts(values, whole=column.type == "whole")
    elif column.type == "time":
        facts = {"typical": _middle_time(values)}
    elif column.type in ("text", "switch"):
        facts = _value_facts(values, listed=column.type == "text")
    return InputColumn(column.name, column.type, _engine_type(column), **facts)


def _number_facts(values: Any, *, whole: bool) -> dict[str, Any]:
    import numpy as np

    from canvas_app.runtime.cells import numbers

    found = numbers(values)
    known = found[~np.isnan(found)]
    if not len(known):
        return {}
    middle = float(np.median(known))
    return {
        "typical": round(middle) if whole else middle,
        "low": float(known.min()),
        "high": float(known.max()),
    }


def _middle_time(values: Any) -> str | None:
    import pyarrow.compute as pc

    known = values.drop_null()
    if not len(known):
        return None
    order = pc.sort_indices(known.combine_chunks())
    return str(known[order[len(order) // 2].as_py()].as_py().isoformat())


def _value_facts(values: Any, *, listed: bool) -> dict[str, Any]:
    import pyarrow.compute as pc

    from canvas_app.runtime.cells import texts

    counted = pc.value_counts(texts(values).drop_null()).to_pylist()
    if not counted:
        return {}
    ordered = [item["values"] for item in sorted(counted, key=lambda item: (-item["counts"], item["values"]))]
    if not listed:
        return {"typical": ordered[0] == "true"}
    known = tuple(ordered) if len(ordered) <= MOST_CATEGORIES else None
    return {"typical": ordered[0], "categories": known}


def _engine_type(column: ColumnInfo) -> str:
    """The type in the words of DuckDB."""
    import ibis
    from ibis.backends.sql.datatypes import DuckDBType

    return str(DuckDBType.to_string(ibis.dtype(column.engine_type.lstrip("!"))))


def _write(file: Any, data: bytes) -> None:
    file.write(data)
