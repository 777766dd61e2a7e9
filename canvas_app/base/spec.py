"""Parameters are declared once; form, help, check, file and command line follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from canvas_app.base.errors import CanvasError, Problem, Where
from canvas_app.base.unit import Json as Json
from canvas_app.base.unit import UnitSpec as UnitSpec


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary of fields; each has one editor in ``ui/forms/editors``."""

    name: str


Column = Annotated[str, Word("column")]
Columns = Annotated[tuple[str, ...], Word("columns")]
Formula = Annotated[str, Word("formula")]
File = Annotated[str, Word("file")]
Files = Annotated[tuple[str, ...], Word("files")]
Secret = Annotated[str, Word("secret")]
DatasetName = Annotated[str, Word("dataset")]


Operator = Literal[
    "equals",
    "differs from",
    "less than",
    "at most",
    "more than",
    "at least",
    "contains",
    "starts with",
    "ends with",
    "is blank",
    "is not blank",
]
OPERATORS: tuple[str, ...] = get_args(Operator)
"""How a value may be compared; new ones are told apart by ``flow/conditions.py``."""


class Condition(BaseModel):
    """One test on one column, such as ``age at least 30``."""

    model_config = ConfigDict(frozen=True)

    column: str = ""
    operator: Operator = "equals"
    value: str = ""


class Measure(BaseModel):
    """One summary of one column, such as the mean of ``age``, under a new name."""

    model_config = ConfigDict(frozen=True)

    column: str = ""
    function: Literal["count", "sum", "mean", "median", "min", "max", "distinct"] = "mean"
    name: str = ""


class ColumnPair(BaseModel):
    """A column of the first table and the column of the second that means the same."""

    model_config = ConfigDict(frozen=True)

    left: str = ""
    right: str = ""


class Replacement(BaseModel):
    """One value, and what stands in its place; an empty text stands for a blank."""

    model_config = ConfigDict(frozen=True)

    value: str = ""
    by: str = ""


class ColumnRule(BaseModel):
    """The type that one column is given, and what becomes of values that it can't hold."""

    model_config = ConfigDict(frozen=True)

    column: str = ""
    type: Literal["auto", "text", "whole", "number", "switch", "date", "time", "date and time"] = "auto"
    on_failure: Literal["keep as text", "blank", "put aside", "value"] = "keep as text"
    value: str = ""


Conditions = Annotated[tuple[Condition, ...], Word("conditions")]
Measures = Annotated[tuple[Measure, ...], Word("measures")]
ColumnPairs = Annotated[tuple[ColumnPair, ...], Word("column_pairs")]
Replacements = Annotated[tuple[Replacement, ...], Word("replacements")]
ColumnRules = Annotated[tuple[ColumnRule, ...], Word("column_rules")]

_EMPTY: dict[str, Any] = {
    "column": "",
    "columns": (),
    "formula": "",
    "file": "",
    "files": (),
    "secret": "",
    "dataset": "",
    "conditions": (),
    "measures": (),
    "column_pairs": (),
    "replacements": (),
    "column_rules": (),
    "text": "",
}
_ASKS = {
    "columns": "Choose at least one column.",
    "dataset": "Choose a table.",
    "file": "Choose a file.",
    "files": "Choose at least one file.",
    "formula": "Write a formula.",
    "conditions": "Add a condition.",
    "measures": "Add a summary.",
    "column_pairs": "Choose the columns that must be equal.",
    "replacements": "Add a value to replace.",
    "column_rules": "Add a column.",
}
"""What to do next where a field of a word is empty; the others are asked for by their label."""


@dataclass(frozen=True)
class FieldSpec:
    """One parameter as its form, help, check and command line see it.

    ``word`` is one of: column, columns, formula, file, files, secret, dataset, conditions, measures,
    column_pairs, replacements, column_rules, choice, number, whole, switch, text. ``accepts`` names the
    types of column that fit ("number", "text", "time", "any"). ``needed`` fields must not stay empty.
    ``port`` tells which input of the node the columns come from. ``shown_if`` is ``(field, value)``. ``ask``
    says what to do while it is empty, where its word doesn't say it well enough.
    """

    name: str
    label: str
    word: str
    default: Any = None
    help: str = ""
    accepts: str = "any"
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    ge: float | None = None
    le: float | None = None
    step: float | None = None
    unit: str = ""
    needed: bool = False
    port: int = 0
    shown_if: tuple[str, str] | None = None
    ask: str = ""


def field(  # noqa: PLR0913 - one keyword per fact that a field may declare
    label: str,
    *,
    default: Any = PydanticUndefined,
    help: str = "",
    accepts: str = "any",
    labels: tuple[str, ...] = (),
    ge: float | None = None,
    le: float | None = None,
    step: float | None = None,
    unit: str = "",
    optional: bool = False,
    port: int = 0,
    shown_if: tuple[str, str] | None = None,
    ask: str = "",
) -> Any:
    """Declare a parameter of a unit. Without a default it starts empty, and must be filled in."""
    extra: dict[str, Any] = {
        "needed": default is PydanticUndefined and not optional,
        "help": help,
        "accepts": accepts,
        "labels": labels,
        "step": step,
        "unit": unit,
        "port": port,
        "shown_if": shown_if,
        "ask": ask,
    }
    return Field(default=default, title=label, ge=ge, le=le, json_schema_extra={"canvas": extra})


class Spec(BaseModel):
    """A frozen set of declared parameters; every one can be made without arguments."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(UnitSpec,), validate_default=False)

    spec: ClassVar[Any]
    version: ClassVar[int] = 1
    formerly: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Let fields without a default start empty, so that a new node can stand on the canvas."""
        super().__pydantic_init_subclass__(**kwargs)
        changed = False
        for info in cls.model_fields.values():
            if info.default is PydanticUndefined and info.default_factory is None:
                info.default = _EMPTY[_word(info)]
                changed = True
        if changed:
            cls.model_rebuild(force=True)

    @classmethod
    def fields(cls) -> tuple[FieldSpec, ...]:
        """The parameters in the order in which they were declared."""
        return tuple(_field_spec(name, info) for name, info in cls.model_fields.items())

    @classmethod
    def example(cls) -> Self:
        """The unit with the parameters of its worked example."""
        return cls(**cls.spec.example)

    @classmethod
    def upgrade(cls, saved: Mapping[str, Json], version: int) -> Mapping[str, Json]:
        """Turn parameters saved by an older version of this unit into today's."""
        del version
        return saved

    def changed(self, **values: Any) -> Self:
        """The same unit with other values; an invalid value raises ``CanvasError`` at its field."""
        return self.read({**self.model_dump(), **values})

    @classmethod
    def read(cls, values: Mapping[str, Json]) -> Self:
        """Make one from saved values; raises ``CanvasError`` that names the field at fault."""
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else None
            raise CanvasError(
                f"{cls.spec.title}: {name} can't be {first.get('input')!r}.",
                hint=f"{first['msg']}.",
                where=Where(field=name),
            ) from error

    def check_needed(self) -> tuple[Problem, ...]:
        """The fields that are still empty though the unit can't do without them; those not shown can wait."""
        return tuple(
            Problem(_ask(item), field=item.name, open=True)
            for item in self.fields()
            if item.needed
            and item.word not in ("choice", "number", "whole", "switch")
            and not getattr(self, item.name)
            and (item.shown_if is None or str(getattr(self, item.shown_if[0])) == item.shown_if[1])
        )


def _ask(item: FieldSpec) -> str:
    """What to do next about a field that is still empty."""
    named = f"{item.label[:1].lower()}{item.label[1:]}"
    verb = "Choose" if item.word == "column" else "Enter"
    return item.ask or _ASKS.get(item.word, f"{verb} the {named}.")


def _word(info: FieldInfo) -> str:
    for mark in info.metadata:
        if isinstance(mark, Word):
            return mark.name
    annotation = info.annotation
    if get_origin(annotation) is Literal:
        return "choice"
    plain = {bool: "switch", int: "whole", float: "number", str: "text"}
    if annotation in plain:
        return plain[annotation]
    raise TypeError(f"No word of the vocabulary fits {annotation!r}.")


def _field_spec(name: str, info: FieldInfo) -> FieldSpec:
    extra: dict[str, Any] = {}
    if isinstance(info.json_schema_extra, dict):
        extra = dict(info.json_schema_extra["canvas"])  # type: ignore[arg-type]  # ours, set by field()
    limits = {key: getattr(mark, key) for mark in info.metadata for key in ("ge", "le") if hasattr(mark, key)}
    choices = tuple(str(choice) for choice in get_args(info.annotation)) if _word(info) == "choice" else ()
    return FieldSpec(
        name=name,
        label=info.title or name,
        word=_word(info),
        default=info.default,
        choices=choices,
        **limits,
        **extra,
    )
