"""Targets as models take them, and answers as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.words import counted
from canvas_app.data.schema import ColumnType

if TYPE_CHECKING:
    from canvas_app.training.model import ProblemType


@dataclass(frozen=True)
class Labels:
    """The classes in the order of their places, none for a number; and the type that answers have."""

    problem: ProblemType
    classes: tuple[str, ...]
    type: ColumnType

    @classmethod
    def learn(cls, column: Any, problem: ProblemType, kind: ColumnType) -> Labels:
        """The classes among the training rows: numbers in their order, texts in that of the alphabet."""
        import pyarrow.compute as pc

        from canvas_app.runtime.cells import texts

        if problem == "number":
            return cls(problem, (), "number")
        found = [str(value) for value in pc.unique(texts(column)).to_pylist()]
        ordered = sorted(found, key=float) if kind in ("number", "whole") else sorted(found)
        return cls(problem, tuple(ordered), kind if kind in ("number", "whole", "switch") else "text")

    def places(self, column: Any) -> Any:
        """The place of each row's class (-1 where it is none of ours), or its number."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        from canvas_app.runtime.cells import numbers, texts

        if self.problem == "number":
            return numbers(column)
        found = pc.index_in(texts(column), value_set=pa.array(self.classes, pa.string()))
        return np.asarray(found.fill_null(-1), dtype=np.int64)

    def arrow(self, places: Any) -> Any:
        """Places, or numbers, as a pyarrow array of labels in their own type."""
        import pyarrow as pa

        if self.problem == "number":
            return pa.array(places, pa.float64())
        kinds = {"number": pa.float64(), "whole": pa.int64(), "switch": pa.bool_()}
        return pa.array(
            [self._label(self.classes[place]) for place in places], kinds.get(self.type, pa.string())
        )

    def _label(self, text: str) -> str | float | int | bool:
        if self.type == "switch":
            return text == "true"
        if self.type == "whole":
            return int(text)
        return float(text) if self.type == "number" else text


def require_learnable(labels: Labels, column: Any, target: str, node: str) -> None:
    """Raise ``CanvasError`` where the training rows hold one class alone, or numbers without end."""
    from canvas_app.runtime.cells import infinities

    infinite = infinities(column)
    if labels.problem == "number" and infinite:
        raise CanvasError(
            f"{target} is infinite in {counted(infinite, 'row')}, which no model can aim for.",
            hint="Filter these rows out, or correct them.",
            where=Where(node, "target"),
        )
    if labels.problem != "number" and len(labels.classes) < 2:
        raise CanvasError(
            f"All training rows have the same {target}.",
            hint="Bring in rows of the other category, or check the filters.",
            where=Where(node, "target"),
        )
