"""Where the rows are in a JSON file: a list of objects, a list within something else, columns, or lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.json.reader import JsonReader, TooLong

_DEPTH = 4
"""How deep rows may hide."""
_NAMED = 5
"""Parts that are named in a note."""


@dataclass
class Rows:
    """Elements that become rows, and where they were found."""

    items: Iterator[Any]
    at: str = ""
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Of the columns, where rows are lists and the names stand elsewhere."""


def find_rows(reader: JsonReader, at: str, *, lines: bool) -> Rows:
    """The rows of a file: those ``at`` a path such as ``data.items``, or where they are found.

    ``lines``: the file is one value after the other, as its name promises.
    """
    first = reader.peek()
    if first == "[" and not lines:
        if at:
            raise _nothing_at(at)
        return Rows(_to_the_end(reader))
    if first == "{" and at:
        return Rows(_streamed(reader, at.split(".")), at)
    if first != "{" or lines:
        return Rows(_values(reader))
    try:
        value = reader.value()
    except TooLong:
        return _first_list(reader)
    if reader.peek():
        return Rows(chain([value], _values(reader)))
    return _within(value)


def _values(reader: JsonReader) -> Iterator[Any]:
    while reader.peek():
        yield reader.value()


def _to_the_end(reader: JsonReader) -> Iterator[Any]:
    yield from reader.items()
    if reader.peek():
        reader.refuse("something follows after its end")


def _within(value: dict[str, Any]) -> Rows:
    """The rows in one object."""
    lists = dict(_lists(value))
    if lists:
        at = max(lists, key=lambda path: len(lists[path]))
        names = value.get("columns", ())
        known = tuple(names) if at == "data" and all(isinstance(name, str) for name in names) else ()
        return Rows(iter(lists[at]), at, tuple(_told(value, at, known)), known)
    parts = list(value.values())
    if parts and all(isinstance(part, list) for part in parts) and len({len(part) for part in parts}) == 1:
        return Rows(dict(zip(value, row, strict=True)) for row in zip(*parts, strict=True))
    if len(parts) > 1 and all(isinstance(part, dict) for part in parts):
        return Rows(_keyed(value))
    return Rows(iter([value] if value else []))


def _lists(value: Mapping[str, Any], path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """Lists of objects, or of lists beside their names, with where they stand."""
    for name, part in value.items():
        at = f"{path}.{name}" if path else name
        if isinstance(part, dict) and depth < _DEPTH:
            yield from _lists(part, at, depth + 1)
        elif isinstance(part, list) and part:
            rows = all(isinstance(item, dict) for item in part)
            split = at == "data" and "columns" in value and all(isinstance(item, list) for item in part)
            if rows or split:
                yield at, part


def _told(value: Mapping[str, Any], at: str, known: tuple[str, ...]) -> Iterator[str]:
    yield f"The rows were found under “{at}”."
    others = [name for name in value if name != at.split(".", maxsplit=1)[0]]
    others = [name for name in others if not (known and name in ("columns", "index"))]
    if others:
        more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        yield f"What stands beside them was left out: {', '.join(others[:_NAMED])}{more}."


def _keyed(value: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Objects by a key: each is a column where their own keys are numbers of rows, and else a row."""
    if all(key.isdigit() for part in value.values() for key in part):
        keys = list(dict.fromkeys(key for part in value.values() for key in part))
        return ({name: part.get(key) for name, part in value.items()} for key in keys)
    return ({"key": key, **part} for key, part in value.items())


def _streamed(reader: JsonReader, path: list[str]) -> Iterator[Any]:
    """The elements of the list at a path, without reading the whole object."""
    reader.take("{")
    while reader.peek() == '"':
        name = reader.value()
        reader.take(":")
        if name == path[0]:
            if len(path) > 1 and reader.peek() == "{":
                yield from _streamed(reader, path[1:])
                return
            if len(path) == 1 and reader.peek() == "[":
                yield from reader.items()
                return
            break
        reader.value()
        if reader.peek() == ",":
            reader.take(",")
    raise _nothing_at(path[0])


def _first_list(reader: JsonReader) -> Rows:
    """The first list in an object that is too large to be looked at as a whole."""
    path: list[str] = []
    while len(path) <= _DEPTH and reader.peek() == "{":
        reader.take("{")
        while reader.peek() == '"':
            name = reader.value()
            reader.take(":")
            if reader.peek() == "[":
                at = ".".join([*path, name])
                return Rows(
                    reader.items(), at, (f"The rows were found under “{at}”: the rest was left out.",)
                )
            if reader.peek() == "{":
                path.append(name)
                break
            reader.value()
            if reader.peek() == ",":
                reader.take(",")
    raise _nothing_at("any name")


def _nothing_at(name: str) -> CanvasError:
    return CanvasError(
        f"There is no list of rows at {name}.",
        hint="Name the fields that lead to the list, such as data.items.",
        where=Where(field="rows_at"),
    )


def with_names(rows: Rows) -> Iterator[dict[str, Any]]:
    """Every element as a row: lists take the names that stand above them, and bare values one column."""
    items = rows.items
    names: list[str] = list(rows.names)
    if not names:
        head = list(islice(items, 2))
        items = chain(head, items)
        if _is_header(head):
            names = next(items)
    for item in items:
        if isinstance(item, dict):
            yield item
        elif isinstance(item, list):
            names += [f"column_{place}" for place in range(len(names) + 1, len(item) + 1)]
            yield dict(zip(names, item, strict=False))
        else:
            yield {"value": item}


def _is_header(head: list[Any]) -> bool:
    """Whether the first of two lists holds the names of the values in the second."""
    if len(head) < 2 or not all(isinstance(row, list) for row in head):
        return False
    names, values = head
    words = all(isinstance(name, str) for name in names) and len(set(names)) == len(names)
    return words and len(names) >= len(values) and not all(isinstance(value, str) for value in values)
