"""Texts written in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from canvas_app.base.spec import Columns, field
from canvas_app.flow.step import Learned, Step, StepSpec
from canvas_app.flow.wording import some_names

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

_WORDS = {"as they are": "spaces", "small": "small letters", "capitals": "capitals", "first": "First capital"}


class TidyText(Step):
    """Take needless spaces out of texts, and write all of them in the same letters."""

    spec = StepSpec(
        kind="tidy_text",
        title="Tidy text",
        group="Clean",
        icon="ph.text-aa",
        example={"columns": ["name"], "letters": "small"},
        keywords="trim strip whitespace lower upper case spelling normalise format string",
    )

    columns: Columns = field("Columns", accepts="text")
    spaces: bool = field(
        "Take needless spaces out", default=True, help="Those at both ends, and all but one between words."
    )
    letters: Literal["as they are", "small", "capitals", "first"] = field(
        "Letters",
        default="as they are",
        labels=("As is", "small", "CAPITALS", "First"),
        help="The last one writes the first letter as a capital, and all others small.",
    )
    blank: bool = field("Empty texts become blank", default=True)

    def summary(self) -> str:
        """The columns, and how they are written."""
        return f"{some_names(self.columns)} · {_WORDS[self.letters]}" if self.columns else "Choose columns"

    def apply(self, table: Table, learned: Learned) -> Table:
        """The same columns, tidied."""
        del learned
        return table.mutate(**{name: self._tidied(table[name]) for name in self.columns})

    def _tidied(self, text: StringValue) -> StringValue:
        if self.spaces:
            text = text.re_replace("[\\s\u00a0]+", " ").strip()
        match self.letters:
            case "small":
                text = text.lower()
            case "capitals":
                text = text.upper()
            case "first":
                text = text.substr(0, 1).upper().concat(text.substr(1).lower())
            case _:
                pass
        return text.nullif("") if self.blank else text
