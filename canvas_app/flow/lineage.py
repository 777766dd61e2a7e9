"""Which columns of the first table an expression is computed from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ibis.expr.types import Table


def sources_of(table: Table) -> frozenset[str]:
    """The columns of the unbound tables below that the columns of ``table`` are computed from.

    Rows that are dropped count by the columns that decide. Operations which the walk doesn't know
    count as using all that comes into them, so that the answer is never too small.
    """
    found: set[str] = set()
    wanted: dict[Any, set[str]] = {table.op(): set(table.columns)}
    waiting = [table.op()]
    while waiting:
        relation = waiting.pop()
        for parent, names in _used(relation, wanted[relation]):
            if parent is relation:
                found |= names
            elif not names <= wanted.get(parent, set()):
                wanted[parent] = wanted.get(parent, set()) | names
                waiting.append(parent)
    return frozenset(found)


def sources_by_column(table: Table, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """``sources_of`` for each of these columns of ``table`` by itself."""
    return {name: sources_of(table.select(name)) for name in names}


def _used(relation: Any, names: set[str]) -> list[tuple[Any, set[str]]]:
    """What a relation takes from each of its parents to give these columns; a table takes from itself."""
    import ibis.expr.operations as ops

    match relation:
        case ops.UnboundTable() | ops.DatabaseTable() | ops.InMemoryTable():
            return [(relation, names)]
        case ops.Project():
            return _fields([relation.values[name] for name in names])
        case ops.Filter():
            return [(relation.parent, names), *_fields(relation.predicates)]
        case ops.DropColumns():
            return [(relation.parent, names)]
        case _:
            parents = (node for node in relation.__children__ if isinstance(node, ops.Relation))
            return [(parent, set(parent.schema.names)) for parent in parents]


def _fields(values: Any) -> list[tuple[Any, set[str]]]:
    """The columns that values read; a relation inside a value counts with all of its columns."""
    import ibis.expr.operations as ops

    found: list[tuple[Any, set[str]]] = []
    for value in values:
        for node in value.find((ops.Field, ops.ScalarSubquery), filter=ops.Value):
            if isinstance(node, ops.Field):
                found.append((node.rel, {node.name}))
            else:
                found.append((node.rel, set(node.rel.schema.names)))
    return found
