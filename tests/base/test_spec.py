"""Parameters are declared once, and everything else follows from the declaration."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import ValidationError

from canvas_app.base.errors import CanvasError, Problem
from canvas_app.base.spec import Column, Columns, Conditions, Formula, Spec, UnitSpec, field


class Bake(Spec):
    """A unit with one field of most words."""

    spec = UnitSpec(kind="bake", title="Bake", example={"flour": "rye", "grams": 500})

    flour: Column = field("Flour", accepts="text", help="Which one.")
    more: Columns = field("More", optional=True)
    grams: int = field("Amount", default=100, ge=1, le=1000, step=50, unit="g")
    heat: float = field("Heat", default=180.5)
    fan: bool = field("Fan", default=False)
    form: Literal["loaf", "ring"] = field("Form", default="loaf", labels=("A loaf", "A ring"))
    rule: Formula = field("Rule", shown_if=("form", "ring"), optional=True)
    only: Conditions = field("Only", optional=True)
    note: str = field("Note", default="")


def test_a_unit_can_be_made_without_any_argument() -> None:
    bake = Bake()

    assert (bake.flour, bake.more, bake.grams, bake.only) == ("", (), 100, ())


def test_every_field_says_what_a_form_needs() -> None:
    fields = {item.name: item for item in Bake.fields()}

    assert [item.word for item in Bake.fields()] == [
        "column",
        "columns",
        "whole",
        "number",
        "switch",
        "choice",
        "formula",
        "conditions",
        "text",
    ]
    assert (fields["flour"].label, fields["flour"].accepts, fields["flour"].help) == (
        "Flour",
        "text",
        "Which one.",
    )
    amount = fields["grams"]
    assert (amount.ge, amount.le, amount.step, amount.unit, amount.default) == (1, 1000, 50, "g", 100)
    assert (fields["form"].choices, fields["form"].labels) == (("loaf", "ring"), ("A loaf", "A ring"))
    assert fields["rule"].shown_if == ("form", "ring")


def test_a_field_without_default_is_needed_unless_it_is_optional() -> None:
    assert [item.name for item in Bake.fields() if item.needed] == ["flour"]
    assert Bake().check_needed() == (Problem("Choose the flour.", field="flour", open=True),)
    assert Bake(flour="rye").check_needed() == ()


def test_a_changed_unit_is_another_and_the_first_stays() -> None:
    first = Bake(flour="rye")
    second = first.changed(grams=200)

    assert (first.grams, second.grams, second.flour) == (100, 200, "rye")
    with pytest.raises(ValidationError):
        first.grams = 3  # type: ignore[misc]  # frozen


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"grams": 0}, "grams"),
        ({"grams": "much"}, "grams"),
        ({"form": "cube"}, "form"),
        ({"yeast": 1}, "yeast"),
    ],
)
def test_a_value_that_does_not_fit_is_named_at_its_field(values: dict[str, object], at: str) -> None:
    with pytest.raises(CanvasError, match="Bake") as refused:
        Bake().changed(**values)

    assert refused.value.where.field == at
    assert refused.value.hint


def test_the_example_is_a_unit() -> None:
    assert Bake.example() == Bake(flour="rye", grams=500)


def test_a_field_of_an_unknown_kind_is_a_mistake_of_the_developer() -> None:
    class Strange(Spec):
        """A unit with a field that no word of the vocabulary fits."""

        spec = UnitSpec(kind="strange", title="Strange")
        odd: bytes = field("Odd", default=b"")

    with pytest.raises(TypeError, match="No word"):
        Strange.fields()
