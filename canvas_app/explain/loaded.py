"""A model's folder, loaded once per process: recipe, features, estimator, and its way to be explained."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.explain.brought import handed_on
from canvas_app.explain.effects import MOST_ROWS, Effects, sampled_rows, summed_to_columns
from canvas_app.explain.parts import Explainer
from canvas_app.runtime.errors import BundleError

if TYPE_CHECKING:
    from canvas_app.runtime.predictor import Answer, Predictor


class LoadedModel:
    """One built model, ready to answer rows and to split its answers into parts."""

    def __init__(self, folder: Path) -> None:
        from canvas_app.runtime.contract import Contract
        from canvas_app.runtime.encode import Encoder
        from canvas_app.runtime.recipe import Recipe

        self._folder = folder
        with runtime_door():
            self.contract = Contract.read(folder)
            sql = folder / "recipe.sql"
            self._recipe = Recipe(sql.read_text("utf-8") if sql.exists() else None, self.contract.columns)
            self._encoder = Encoder.from_json(json.loads((folder / "encoder.json").read_text("utf-8")))

    @property
    def outputs(self) -> tuple[str, ...]:
        """What effects are about: the classes, the second of two classes, or the target."""
        if self.contract.problem == "number":
            return (self.contract.target,)
        two = self.contract.problem == "two-categories"
        return self.contract.classes[1:] if two else self.contract.classes

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns after the recipe that features are made from."""
        return tuple(dict.fromkeys(self._encoder.origin))

    @cached_property
    def explainer(self) -> Explainer:
        """How margins of this kind of model are split."""
        from canvas_app.explain.estimator_parts import explainer_of
        from canvas_app.runtime.estimators import load_estimator

        with runtime_door():
            facts = json.loads((self._folder / "model.json").read_text("utf-8"))
            return explainer_of(load_estimator(self._folder, facts), self._average_row)

    def after_recipe(self, table: Any) -> Any:
        """Asked rows as the model sees them."""
        with runtime_door():
            return self._recipe.apply(self._recipe.fit(table))

    def effects(self, after: Any) -> Effects:
        """The effects on rows that went through the recipe, on the columns that a row brings.

        Where the build kept no account of them, on the columns after the recipe.
        """
        parts, base = self.explainer.split(self._encoder.matrix(after))
        summed = summed_to_columns(parts, self._encoder.origin, self.columns)
        found = Effects(self.columns, summed, base, self.explainer.unit)
        made_from = self.contract.made_from
        return handed_on(found, made_from, self.contract.names) if made_from else found

    def answer_row(self, values: Mapping[str, Json]) -> Answer:
        """The answer to one row."""
        with runtime_door():
            return self._predictor.answer_row(values)

    def explain_row(self, values: Mapping[str, Json]) -> tuple[dict[str, Any], Effects]:
        """One row's values of the columns that effects are on, and the effects."""
        with runtime_door():
            after = self._recipe.row(values)
            effects = self.effects(after)
            entering = self._recipe.fitted_row(values)
            known = after.to_pylist()[0]
        names = self._brought
        return {name: (entering if name in names else known)[name] for name in effects.columns}, effects

    def shown(self, asked: Any, columns: Sequence[str]) -> Any:
        """The values beside effects on ``columns``: those that rows bring, else those after the recipe."""
        import pyarrow as pa

        with runtime_door():
            entering = self._recipe.fit(asked)
            after = entering if set(columns) <= self._brought else self._recipe.apply(entering)
        return pa.table(
            {name: (entering if name in self._brought else after).column(name) for name in columns}
        )

    @cached_property
    def _brought(self) -> frozenset[str]:
        """The columns of a row that effects are handed on to."""
        return frozenset(self.contract.names if self.contract.made_from else ())

    def _average_row(self) -> Any:
        """The mean of each feature over a sample of the test rows, which linear models are measured from."""
        from pyarrow import parquet

        asked = parquet.read_table(str(self._folder / "test.parquet"), columns=list(self.contract.names))
        sample = asked.take(sampled_rows(asked.num_rows, MOST_ROWS, 0))
        return self._encoder.matrix(self.after_recipe(sample)).mean(axis=0, dtype=float)

    @cached_property
    def _predictor(self) -> Predictor:
        from canvas_app.runtime.predictor import Predictor

        return Predictor(self._folder)


@lru_cache(maxsize=4)
def load_model(folder: Path) -> LoadedModel:
    """The model of a folder, which never changes; the last few stay loaded."""
    return LoadedModel(folder)


@contextmanager
def runtime_door() -> Iterator[None]:
    """Errors of the runtime become ours."""
    try:
        yield
    except BundleError as error:
        raise CanvasError(error.message, hint=error.hint) from error
    except (OSError, ValueError, KeyError) as error:
        raise CanvasError("The model can't be read.", hint="Build the model again.") from error
