"""A unit holds whatever a form gives it, comes back from a file, and refuses the rest at the field."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import CanvasError, Problem, UnknownKind
from canvas_app.base.home import home
from canvas_app.base.spec import (
    Column,
    ColumnPair,
    ColumnPairs,
    Columns,
    Condition,
    Conditions,
    DatasetName,
    File,
    Formula,
    Measure,
    Measures,
    Secret,
    Spec,
    UnitSpec,
    field,
)
from canvas_app.flow.step import NODES
from tests.any_values import LETTERS, quickly


class Everything(Spec):
    """A unit with a field of every word."""

    spec = UnitSpec(kind="everything", title="Everything", example={"column": "a"})

    column: Column = field("Column")
    columns: Columns = field("Columns")
    formula: Formula = field("Formula")
    file: File = field("File")
    secret: Secret = field("Secret")
    dataset: DatasetName = field("Dataset")
    conditions: Conditions = field("Conditions")
    measures: Measures = field("Measures")
    pairs: ColumnPairs = field("Pairs")
    text: str = field("Text")
    choice: Literal["one", "two"] = field("Choice", default="one")
    whole: int = field("Whole", default=1, ge=-5, le=5)
    number: float = field("Number", default=0.5, ge=0)
    switch: bool = field("Switch", default=False)


TEXT = st.text(LETTERS, max_size=12)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("column", "formula", "file", "secret", "dataset", "text"), TEXT),
        "columns": st.lists(TEXT, max_size=3).map(tuple),
        "conditions": st.lists(
            st.builds(
                lambda column, operator, value: Condition(column=column, operator=operator, value=value),
                TEXT,
                st.sampled_from(["equals", "is blank", "at most"]),
                TEXT,
            ),
            max_size=2,
        ).map(tuple),
        "measures": st.lists(
            st.builds(
                lambda column, function, name: Measure(column=column, function=function, name=name),
                TEXT,
                st.sampled_from(["count", "mean"]),
                TEXT,
            ),
            max_size=2,
        ).map(tuple),
        "pairs": st.lists(
            st.builds(lambda left, right: ColumnPair(left=left, right=right), TEXT, TEXT), max_size=2
        ).map(tuple),
        "choice": st.sampled_from(["one", "two"]),
        "whole": st.integers(-5, 5),
        "number": st.floats(0, allow_infinity=False),
        "switch": st.booleans(),
    },
)


@given(VALUES)
@quickly(40)
def test_whatever_a_form_gives_comes_back_from_a_file(values: dict[str, Any]):
    unit = Everything(**values)
    saved = json.loads(json.dumps(unit.model_dump(mode="json")))

    assert Everything.read(saved) == unit
    assert hash(Everything.read(saved)) == hash(unit)
    assert {name: getattr(unit, name) for name in values} == values


@given(VALUES, VALUES)
@quickly(25)
def test_changes_add_up_and_leave_the_rest(first: dict[str, Any], second: dict[str, Any]):
    unit = Everything(**first)

    assert unit.changed(**second) == Everything(**{**first, **second})
    assert unit == Everything(**first)


@given(VALUES)
@quickly(25)
def test_what_is_missing_is_just_what_is_empty(values: dict[str, Any]):
    unit = Everything(**values)
    words = (
        "column",
        "columns",
        "formula",
        "file",
        "secret",
        "dataset",
        "conditions",
        "measures",
        "pairs",
        "text",
    )

    assert [problem.field for problem in unit.check_needed()] == [
        name for name in words if not getattr(unit, name)
    ]


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"whole": 6}, "whole"),
        ({"whole": 1.5}, "whole"),
        ({"whole": None}, "whole"),
        ({"number": -0.1}, "number"),
        ({"number": "x"}, "number"),
        ({"choice": "three"}, "choice"),
        ({"switch": "perhaps"}, "switch"),
        ({"columns": "abc"}, "columns"),
        ({"columns": [1]}, "columns"),
        ({"conditions": [{"operator": "resembles"}]}, "conditions"),
        ({"measures": [{"function": "product"}]}, "measures"),
        ({"pairs": [3]}, "pairs"),
        ({"unheard": 1}, "unheard"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(values: dict[str, Any], at: str):
    with pytest.raises(CanvasError) as caught:
        Everything.read(values)

    assert caught.value.where.field == at
    assert "Everything" in caught.value.message
    assert caught.value.hint.endswith(".")


def test_every_word_of_the_vocabulary_has_one_field():
    words = [item.word for item in Everything.fields()]

    assert len(set(words)) == len(words) == 14
    assert [item.needed for item in Everything.fields()] == [True] * 10 + [False] * 4


@pytest.mark.parametrize("kind", sorted(unit.spec.kind for unit in NODES))
def test_a_unit_that_was_saved_without_a_version_is_of_the_first(kind: str):
    saved = NODES.dump(NODES[kind]())
    del saved["version"]

    assert NODES.load(saved) == NODES[kind]()


class Newer(Everything):
    """A unit whose parameters were once called otherwise."""

    spec = UnitSpec(kind="newer", title="Newer")
    version = 3

    @classmethod
    def upgrade(cls, saved: Any, version: int) -> Any:
        """The text was called words in the first version."""
        return {"text": saved["words"]} if version == 1 else saved


@pytest.mark.parametrize(
    "saved",
    [
        {"values": {"words": "a"}},
        {"version": 1, "values": {"words": "a"}},
        {"version": 3, "values": {"text": "a"}},
    ],
)
def test_a_unit_without_a_version_is_upgraded_from_the_first(saved: dict[str, Any]):
    class Only(Catalog[Spec]):
        """A catalog of one unit."""

        def __getitem__(self, kind: str) -> type[Spec]:
            return Newer

    assert Only(Spec).load({"kind": "newer", **saved}) == Newer(text="a")


@pytest.mark.parametrize("kind", ["", "nothing", "Formula", "../formula"])
def test_a_kind_that_nobody_knows_is_told_with_what_to_do(kind: str):
    assert kind not in NODES
    with pytest.raises(UnknownKind, match="doesn't know") as caught:
        NODES[kind]

    assert caught.value.hint


def test_a_home_is_found_where_the_system_keeps_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
    monkeypatch.delenv("CANVAS_APP_HOME")
    for name in ("XDG_CONFIG_HOME", "HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))

    assert "canvas-app" in home().parts[-1]
    assert home().is_dir()


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("It is empty."), "It is empty."),
        (Problem("It is empty.", "Fill it in."), "It is empty. Fill it in."),
    ],
)
def test_a_problem_reads_as_one_line(problem: Problem, text: str):
    assert problem.text == text
