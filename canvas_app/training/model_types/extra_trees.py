"""Extra trees of scikit-learn."""

from __future__ import annotations

from canvas_app.training.forests import ForestType
from canvas_app.training.model_type import ModelTypeSpec


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
