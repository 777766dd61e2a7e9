"""Answers that are perhaps wrong."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.prediction import answers
from canvas_app.data.quick_model import Unlearned
from canvas_app.data.shares import percent

_MOST = 500


class SuspectLabels(Finding):
    """Rows whose target differs from what all like them have: perhaps a mistake."""

    spec = FindingSpec(
        kind="suspect_labels",
        title="Suspect labels",
        icon="ph.tag",
        clear="no suspect labels",
        needs="target",
        heavy=True,
        example={"below": 2.0},
    )

    below: float = field("The label is less likely than", default=2.0, ge=0.0, le=50.0, unit="%")
    least: int = field("In at least", default=100, ge=20, le=10_000, unit="rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """By confident learning (Northcutt and others, 2021), by models that had not seen the row."""
        found = answers(table, target)
        if found is None or found.target.kind == "number" or len(found.told) < self.least:
            return
        rows = self._doubtful(found)
        if not rows:
            return
        names, fingerprints = table.fingerprints([int(found.target.rows[row]) for row in rows])
        share = len(rows) / len(found.told)
        yield Found(
            self.spec.kind,
            target,
            "medium" if share >= 0.01 else "low",
            f"{counted(len(rows), 'label')} of {target} may be wrong",
            f"{percent(share)} of {counted(len(found.told), 'row')} looked at: rows like them have another",
            {"rows": len(rows), "share": share, "looked_at": len(found.told)},
            Fix("Leave out rows", "leave_out_rows", {"columns": names, "rows": " ".join(fingerprints)}),
        )

    def _doubtful(self, found: Unlearned) -> list[int]:
        """The least likely first: few enough that somebody could look at them."""
        import numpy as np
        from cleanlab.filter import find_label_issues

        labels = found.target.answers.astype(int)
        told = np.clip(found.told, 1e-6, None)
        told = told / told.sum(axis=1, keepdims=True)
        ranked = find_label_issues(
            labels, told, return_indices_ranked_by="self_confidence", filter_by="both", n_jobs=1
        )
        unlikely = told[np.arange(len(labels)), labels] * 100 < self.below
        return [int(row) for row in ranked if unlikely[row]][:_MOST]
