"""Small models of every format, in folders laid out as a build leaves them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from canvas_app.runtime.columns import CategoryColumn, NumberColumn
from canvas_app.runtime.contract import Contract, InputColumn
from canvas_app.runtime.encode import Encoder
from canvas_app.runtime.predictor import Predictor

ROWS = 240
RECIPE = 'SELECT "age" / 10 AS "decades", "sex" FROM "input"'


@dataclass(frozen=True)
class Kind:
    """A format, and how many classes there are; 0 for a number."""

    format: str
    classes: int
    fit: Callable[[np.ndarray, np.ndarray, Path], dict[str, Any]]
    """Features, target and folder in; ``model.json`` out."""
    view: str = "trees"


def asked(rows: int = ROWS) -> pa.Table:
    rng = np.random.default_rng(1)
    age = rng.integers(18, 80, rows).astype(float)
    sex = rng.choice(["female", "male"], rows)
    ages = [None if at % 17 == 5 else float(value) for at, value in enumerate(age)]
    return pa.table({"age": pa.array(ages, pa.float64()), "sex": pa.array(sex.tolist(), pa.string())})


def target(table: pa.Table, classes: int) -> np.ndarray:
    age = np.array([40.0 if value is None else value for value in table.column("age").to_pylist()])
    female = np.array([value == "female" for value in table.column("sex").to_pylist()])
    score = age / 10 + 2 * female + np.random.default_rng(2).normal(0, 0.5, len(age))
    if not classes:
        return score
    return np.digitize(score, np.quantile(score, np.linspace(0, 1, classes + 1)[1:-1]))


def lightgbm_model(features: np.ndarray, wanted: np.ndarray, folder: Path) -> dict[str, Any]:
    import lightgbm

    classes = 0 if wanted.dtype.kind == "f" else int(wanted.max()) + 1
    goal = {0: "regression", 2: "binary"}.get(classes, "multiclass")
    asked_for = {"objective": goal, "verbose": -1, "num_threads": 1, "min_data_in_leaf": 5, "seed": 0}
    more = {"num_class": classes} if classes > 2 else {}
    booster = lightgbm.train({**asked_for, **more}, lightgbm.Dataset(features, wanted), 20)
    booster.save_model(str(folder / "model.txt"))
    return {"format": "lightgbm", "file": "model.txt", "classes": classes}


def xgboost_model(features: np.ndarray, wanted: np.ndarray, folder: Path) -> dict[str, Any]:
    import xgboost

    goal = {"objective": "binary:logistic", "nthread": 1}
    booster = xgboost.train(goal, xgboost.DMatrix(features, wanted), 12)
    booster.save_model(str(folder / "booster.json"))
    return {"format": "xgboost", "file": "booster.json", "classes": 2, "trees": 8}


def forest_model(features: np.ndarray, wanted: np.ndarray, folder: Path) -> dict[str, Any]:
    from sklearn.ensemble import RandomForestClassifier

    return _skops(RandomForestClassifier(8, random_state=0, max_depth=5).fit(features, wanted), folder)


def linear_model(features: np.ndarray, wanted: np.ndarray, folder: Path) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    return _skops(LogisticRegression().fit(features, wanted), folder)


def constant_model(features: np.ndarray, wanted: np.ndarray, folder: Path) -> dict[str, Any]:
    shares = np.bincount(wanted) / len(wanted)
    return {"format": "constant", "classes": len(shares), "values": shares.tolist()}


def _skops(model: Any, folder: Path) -> dict[str, Any]:
    from skops import io

    io.dump(model, folder / "model.skops")
    return {"format": "skops", "file": "model.skops", "classes": len(model.classes_)}


KINDS = {
    "lightgbm-number": Kind("lightgbm", 0, lightgbm_model),
    "lightgbm-two": Kind("lightgbm", 2, lightgbm_model),
    "lightgbm-many": Kind("lightgbm", 3, lightgbm_model),
    "xgboost-two": Kind("xgboost", 2, xgboost_model),
    "forest-two": Kind("skops", 2, forest_model),
    "forest-many": Kind("skops", 3, forest_model),
    "linear-two": Kind("skops", 2, linear_model, "linear"),
    "linear-many": Kind("skops", 3, linear_model, "linear"),
    "constant-two": Kind("constant", 2, constant_model),
}


def write_model(folder: Path, kind: Kind) -> Path:
    """Fit a model of that kind and leave its folder as a build would."""
    folder.mkdir(parents=True)
    rows = asked()
    wanted = target(rows, kind.classes)
    encoder = Encoder(
        (
            NumberColumn("decades", 4.5, 4.5, 1.8, blanks=True),
            CategoryColumn("sex", ("female", "male"), (0.0, 1.0), -1.0, 2),
        ),
        kind.view,
    )
    seen = pa.table(
        {
            "decades": [None if age is None else age / 10 for age in rows.column("age").to_pylist()],
            "sex": rows.column("sex"),
        }
    )
    facts = kind.fit(encoder.matrix(seen), wanted, folder)
    classes = tuple(f"class {at}" for at in range(kind.classes))
    _write(folder, encoder, facts, classes)
    _write_test_rows(folder, rows, wanted, classes)
    return folder


def _write(folder: Path, encoder: Encoder, facts: dict[str, Any], classes: tuple[str, ...]) -> None:
    problem = {0: "number", 2: "two-categories"}.get(len(classes), "many-categories")
    columns = (
        InputColumn("age", "number", "DOUBLE", typical=40.0, low=18.0, high=80.0),
        InputColumn("sex", "text", "VARCHAR", categories=("female", "male"), typical="male"),
    )
    contract = Contract("outcome", problem, columns, classes, "text" if classes else "number")
    (folder / "contract.json").write_text(json.dumps(contract.to_json()), "utf-8")
    (folder / "encoder.json").write_text(json.dumps(encoder.to_json()), "utf-8")
    model = {"model_type": facts["format"], **facts}
    (folder / "model.json").write_text(json.dumps(model), "utf-8")
    (folder / "recipe.sql").write_text(RECIPE, "utf-8")


def _write_test_rows(folder: Path, rows: pa.Table, wanted: np.ndarray, classes: tuple[str, ...]) -> None:
    answer = Predictor(folder).answer(rows)
    table = rows.append_column("__prediction", pa.array(answer.prediction))
    if answer.probabilities is not None:
        for at, name in enumerate(classes):
            table = table.append_column(f"__probability_{name}", pa.array(answer.probabilities[:, at]))
    was = [classes[at] for at in wanted] if classes else wanted.tolist()
    parquet.write_table(table.append_column("__actual", pa.array(was)), str(folder / "test.parquet"))
