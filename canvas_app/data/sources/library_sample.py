"""Tables that scikit-learn carries, for trying things on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from canvas_app.base.spec import Json, field
from canvas_app.data.engine import Engine
from canvas_app.data.library_samples import LIBRARY_SAMPLES, LibrarySample
from canvas_app.data.source import Scan, Source, SourceSpec
from canvas_app.jobs.job import Report


class LibrarySampleTable(Source):
    """A classic table that comes with scikit-learn, such as the iris flowers."""

    spec = SourceSpec(
        kind="library_sample",
        title="Sample",
        group="Samples",
        icon="ph.table",
        example={"name": "iris"},
    )

    name: Literal["iris", "wine", "breast_cancer", "diabetes", "digits", "linnerud"] = field(
        "Table", default="iris", labels=tuple(sample.title for sample in LIBRARY_SAMPLES)
    )

    @property
    def sample(self) -> LibrarySample:
        """What is known of the table."""
        return next(item for item in LIBRARY_SAMPLES if item.name == self.name)

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The measures, and at the end what is to be predicted, classes by their names."""
        del quick, report
        import pyarrow

        return Scan(engine.from_arrow(pyarrow.table(self._columns())))

    def subject(self) -> str:
        """The table's title."""
        return self.sample.title

    def table_name(self) -> str:
        """The short name."""
        return self.name

    def origin(self) -> Mapping[str, Json]:
        """Who measured it."""
        return {"from": self.sample.origin}

    def _columns(self) -> dict[str, Any]:
        from sklearn import datasets

        load = getattr(datasets, f"load_{self.name}")
        found = load(scaled=False) if self.name == "diabetes" else load()
        columns = {str(name): found.data[:, place] for place, name in enumerate(found.feature_names)}
        if self.name == "linnerud":
            targets = {str(name): found.target[:, place] for place, name in enumerate(found.target_names)}
            return {**columns, **targets}
        named = self.name in ("iris", "wine", "breast_cancer")
        answers = [str(found.target_names[place]) for place in found.target] if named else found.target
        return {**columns, self.sample.target: answers}
