"""Shows a file of answers with these first, and its columns in the types that the model takes them for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.ui.grid.table_source import ExpressionTable, Marks

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine
    from canvas_app.runtime.contract import Contract, InputColumn

_ENGINE_TYPES = {"number": "DOUBLE", "whole": "BIGINT", "switch": "BOOLEAN"}
_MOMENTS = ("DATE", "TIMESTAMP")


def answers_table(path: Path, contract: Contract) -> ExpressionTable:
    """The file as it is shown; in the file itself the columns that came in stand first, as they came."""
    return ExpressionTable(partial(_answers_first, path, contract))


def answer_marks(contract: Contract) -> Marks:
    """The answers are new columns, as those of a step are in the flow's preview."""
    return Marks(frozenset(_answers(contract)))


def _answers(contract: Contract) -> tuple[str, ...]:
    return ("prediction", *(f"probability_{name}" for name in contract.classes))


def _answers_first(path: Path, contract: Contract, engine: Engine) -> Table:
    from canvas_app.data.engine import identifier, literal, schema_of, select, without_patterns

    held = schema_of(engine.read_parquet(path))
    said = [name for name in _answers(contract) if name in held.names]
    inputs = {item.name: item for item in contract.columns}
    cells = [identifier(name) for name in said]
    for column in held:
        if column.name not in said:
            form = _form(inputs.get(column.name)) if column.type == "text" else ""
            name = identifier(column.name)
            cells.append(f"TRY_CAST(trim({name}) AS {form}) AS {name}" if form else name)
    source = f"read_parquet({literal(without_patterns(path))})"
    return engine.view(select(", ".join(cells), source))


def _form(item: InputColumn | None) -> str:
    """The engine's word for what the cells of a text file mean to the model; nothing where that is text."""
    if item is None:
        return ""
    if item.type == "time":
        return item.engine_type if item.engine_type in _MOMENTS else ""
    return _ENGINE_TYPES.get(item.type, "")
