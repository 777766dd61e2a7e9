"""What is wrong with a formula, and at which character."""

from __future__ import annotations

from canvas_app.base.errors import CanvasError, Where


class FormulaError(CanvasError):
    """A formula that can't be read, or that doesn't fit the columns."""

    def __init__(self, message: str, at: int, hint: str) -> None:
        """``at`` counts characters from 0; people are told from 1."""
        super().__init__(f"{message}, at character {at + 1}.", hint=hint, where=Where(field="formula"))
        self.at = at
