"""Random forest of scikit-learn."""

from __future__ import annotations

from canvas_app.training.forests import ForestType
from canvas_app.training.model_type import ModelTypeSpec


class RandomForest(ForestType):
    """Trees grown on drawn rows and columns, asked for their mean (scikit-learn)."""

    spec = ModelTypeSpec(
        kind="random_forest",
        title="Random forest",
        line="Many large trees, each on other rows, asked for their mean; hard to mislead.",
        flaml="rf",
    )
    classifier = "RandomForestClassifier"
    regressor = "RandomForestRegressor"
