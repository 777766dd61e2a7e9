"""Tells in words where the files of one table differ in their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

_FEW = 3


def differing_columns(files: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """One note per column that some files lack, or hold with another type than others.

    ``files`` gives the columns of each file with their types.
    """
    order: dict[str, dict[str, list[str]]] = {}
    for file, columns in files.items():
        for name, type_name in columns.items():
            order.setdefault(name, {}).setdefault(type_name, []).append(file)
    notes = []
    for name, by_type in order.items():
        having = {file for those in by_type.values() for file in those}
        lacking = [file for file in files if file not in having]
        if lacking:
            notes.append(f"{name} is missing in {_listed(lacking)}: its rows are blank there.")
        if len(by_type) > 1:
            words = "; ".join(f"{type_name} in {_listed(those)}" for type_name, those in by_type.items())
            notes.append(f"{name} has several types: {words}. The widest of them was taken.")
    return tuple(notes)


def named_types(schema: pyarrow.Schema) -> dict[str, str]:
    """The columns of a table of Arrow's with their types in words, as far as there are words."""
    return {item.name: _type_name(item.type) for item in schema}


def _type_name(kind: pyarrow.DataType) -> str:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    words = (
        (types.is_integer, "whole number"),
        (lambda asked: types.is_floating(asked) or types.is_decimal(asked), "number"),
        (lambda asked: types.is_string(asked) or types.is_large_string(asked), "text"),
        (types.is_boolean, "switch"),
        (types.is_date, "date"),
        (types.is_timestamp, "time"),
    )
    return next((word for fits, word in words if fits(kind)), str(kind))


def _listed(names: Sequence[str]) -> str:
    """Some of the names, and how many more there are."""
    shown = ", ".join(names[:_FEW])
    return shown if len(names) <= _FEW else f"{shown} and {len(names) - _FEW:,} more"
