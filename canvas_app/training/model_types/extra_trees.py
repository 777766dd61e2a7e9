"""Extra trees of scikit-learn."""

from __future__ import annotations

from canvas_app.training.forests import ForestType
from canvas_app.training.model_type import ModelTypeSpec, Settings, Task

_TREES = 200
_MOST_ROWS = 12_000
"""Above, trees that end in single rows take more room than they are worth."""


class ExtraTrees(ForestType):
    """Trees whose splits are drawn by chance, asked for their mean (scikit-learn)."""

    spec = ModelTypeSpec(
        kind="extra_trees",
        title="Extra trees",
        line="Like a random forest, with splits drawn by chance; strong where the data hold little noise.",
        flaml="extra_tree",
    )
    classifier = "ExtraTreesClassifier"
    regressor = "ExtraTreesRegressor"

    def tries(self, task: Task, rows: int) -> tuple[Settings, ...]:
        """Trees that end in single rows, which FLAML never proposes: the best where rows come again."""
        if rows > _MOST_ROWS:
            return ()
        return ({"n_estimators": _TREES, "max_features": "sqrt" if task.classes else 1.0},)
