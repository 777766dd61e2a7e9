"""The options of a source on the command line: the fields of its form, by name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError, Where

if TYPE_CHECKING:
    from canvas_app.base.spec import FieldSpec, Json
    from canvas_app.data.source import Source

_YES, _NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


def chosen_source(files: Sequence[str], kind: str = "") -> Source:
    """What reads these files as one table: as they look, or as the kind that is named.

    Raises ``CanvasError`` for a kind that there is not, and for several files that it can't take together.
    """
    from canvas_app.data.source import SOURCES, source_for

    paths = tuple(str(Path(file).absolute()) for file in files)
    if kind and kind not in SOURCES:
        known = ", ".join(sorted(source.spec.kind for source in SOURCES))
        raise CanvasError(f"There is no kind of source {kind}.", hint=f"There are: {known}.")
    if not kind and len(paths) == 1:
        return source_for(Path(paths[0]))
    chosen = SOURCES[kind or "several_files"]
    names = [item.name for item in chosen.fields()]
    if "paths" in names:
        return chosen.read({"paths": paths})
    if len(paths) > 1:
        raise CanvasError(
            f"{chosen.spec.title} reads one file.", hint="Leave --as out, or take a folder instead of files."
        )
    return chosen.read({"path": paths[0]} if "path" in names else {})


def with_options(source: Source, options: Sequence[str]) -> Source:
    """The source with values such as ``delimiter=;``. Raises ``CanvasError`` for one that it can't take."""
    from canvas_app.data.sources.several_files import SeveralFiles

    fields = {item.name: item for item in source.fields()}
    values, inner = {}, []
    for option in options:
        name, sign, text = option.partition("=")
        name = name.strip().replace("-", "_")
        if sign and name not in fields and isinstance(source, SeveralFiles):
            inner.append(option)
            continue
        if not sign or name not in fields:
            known = ", ".join(fields)
            raise CanvasError(
                f"{source.spec.title} has no option {name}.",
                hint=f"Write NAME=VALUE with one of: {known}. --list-options explains them.",
            )
        values[name] = _value(fields[name], text)
    source = source.changed(**values)
    return (
        source.like(with_options(source.one(), inner))
        if isinstance(source, SeveralFiles) and inner
        else source
    )


def option_lines(source: Source) -> tuple[str, ...]:
    """One line for each option: its name, what it takes, and what it is for."""
    lines = []
    for item in source.fields():
        default = "" if item.default in ("", (), None) else f"; {_shown(item.default)} if not given"
        words = f"{item.label}. {item.help}".strip().rstrip(".")
        lines.append(f"  {item.name}={_takes(item)}  {words}{default}")
    return tuple(lines)


def _value(item: FieldSpec, text: str) -> Json:
    match item.word:
        case "switch":
            return _switch(item, text.strip().lower())
        case "number" | "whole":
            return _number(item, text)
        case "columns" | "files":
            return tuple(part.strip() for part in text.split(",") if part.strip())
        case "choice":
            return _choice(item, text)
        case "text" | "file" | "secret" | "column" | "formula":
            return text
        case _:
            return _json(item, text)


def _choice(item: FieldSpec, text: str) -> str:
    """One of the choices; no may be written for that of them which says no."""
    says_no = next((choice for choice in ("no", "none") if choice in item.choices), text)
    return says_no if text.strip().lower() in _NO and text not in item.choices else text


def _switch(item: FieldSpec, text: str) -> bool:
    if text not in (*_YES, *_NO):
        raise _wrong(item, text, "Write yes or no.")
    return text in _YES


def _number(item: FieldSpec, text: str) -> float | int:
    try:
        return int(text) if item.word == "whole" else float(text)
    except ValueError as error:
        raise _wrong(item, text, "Write a number.") from error


def _json(item: FieldSpec, text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError as error:
        raise _wrong(item, text, "Write it as JSON.") from error


def _wrong(item: FieldSpec, text: str, hint: str) -> CanvasError:
    return CanvasError(f"{item.name} can't be {text!r}.", hint=hint, where=Where(field=item.name))


def _takes(item: FieldSpec) -> str:
    words = {"switch": "yes|no", "number": "NUMBER", "whole": "NUMBER", "files": "PATH,PATH", "file": "PATH"}
    if item.word == "choice":
        return "|".join(item.choices)
    return words.get(item.word, "TEXT")


def _shown(default: Json) -> str:
    return ("yes" if default else "no") if isinstance(default, bool) else str(default)
