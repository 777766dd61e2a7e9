"""A small model in a folder, as a build leaves it: fitted by hand, in a second, in any format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from pydantic import TypeAdapter

from canvas_app.runtime.columns import CategoryColumn, NumberColumn
from canvas_app.runtime.contract import Contract, InputColumn
from canvas_app.runtime.encode import Encoder
from canvas_app.runtime.predictor import Predictor
from canvas_app.training.model import BuiltModel, Candidate, Metric, ProblemType, RowCounts
from canvas_app.training.model_type import Rows, Task

COLUMNS = (
    InputColumn("age", "number", "DOUBLE", None, 40.0, 18.0, 80.0),
    InputColumn("visits", "whole", "BIGINT", None, 3, 0, 9),
    InputColumn("city", "text", "VARCHAR", ("Bonn", "Köln", 'a,b "c"'), "Bonn"),
)
RECIPE = 'SELECT coalesce("age", 40.0) AS "age", "visits", lower("city") AS "town" FROM "input"'
CLASSES: dict[str, tuple[str, ...]] = {
    "two-categories": ("no", "yes"),
    "many-categories": ("high", "low", "middle"),
    "number": (),
}


def small_rows(rows: int = 200, seed: int = 0) -> pa.Table:
    """Rows as they enter the recipe, some with blanks."""
    chance = np.random.default_rng(seed)
    age = chance.uniform(18, 80, rows).round(1)
    return pa.table(
        {
            "age": pa.array(
                [
                    None if blank else value
                    for value, blank in zip(age, chance.random(rows) < 0.1, strict=True)
                ],
                pa.float64(),
            ),
            "visits": pa.array(chance.integers(0, 10, rows)),
            "city": pa.array(chance.choice(COLUMNS[2].categories or (), rows)),
        }
    )


def write_small_model(
    folder: Path, problem: ProblemType = "two-categories", format: str = "lightgbm"
) -> Path:
    """Fit a model of that format and write its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    contract = Contract(
        "outcome", problem, COLUMNS, CLASSES[problem], "number" if problem == "number" else "text"
    )
    encoder = _encoder({"linear": "linear", "blend": "both"}.get(format, "trees"))
    (folder / "contract.json").write_text(json.dumps(contract.to_json()), "utf-8")
    (folder / "encoder.json").write_text(json.dumps(encoder.to_json()), "utf-8")
    (folder / "recipe.sql").write_text(RECIPE, "utf-8")
    rows = small_rows()
    target = _target(rows, problem)
    facts = _fit(folder, encoder.matrix(_after(rows)), target, problem, format)
    facts = {"model_type": format, "classes": len(contract.classes), **facts}
    (folder / "model.json").write_text(json.dumps(facts), "utf-8")
    _write_test(folder, rows, target, contract)
    _write_words(folder, contract)
    return folder


def _encoder(view: Any) -> Encoder:
    numbers = [NumberColumn(name, 40.0, 40.0, 10.0, False) for name in ("age", "visits")]
    town = CategoryColumn("town", ("bonn", "köln", 'a,b "c"'), (0.0, 1.0, 2.0), 3.0, 3)
    return Encoder((*numbers, town), view)


def _after(rows: pa.Table) -> pa.Table:
    age = [40.0 if value is None else value for value in rows["age"].to_pylist()]
    return pa.table(
        {"age": age, "visits": rows["visits"], "town": [city.lower() for city in rows["city"].to_pylist()]}
    )


def _target(rows: pa.Table, problem: str) -> np.ndarray:
    after = _after(rows)
    value = np.array(after["age"]) * 10 + np.array(after["visits"]) * 50
    if problem == "number":
        return value
    return np.digitize(value, [650.0] if problem == "two-categories" else [500.0, 800.0])


def _fit(folder: Path, matrix: np.ndarray, target: np.ndarray, problem: str, format: str) -> dict[str, Any]:
    classes = len(CLASSES[problem])
    match format:
        case "lightgbm":
            return _fit_lightgbm(folder, matrix, target, classes)
        case "xgboost":
            return _fit_xgboost(folder, matrix, target, classes)
        case "catboost":
            return _fit_catboost(folder, matrix, target, problem)
        case "constant":
            values = (
                np.bincount(target, minlength=classes) / len(target) if classes else [float(target.mean())]
            )
            return {"format": "constant", "values": [float(value) for value in values]}
        case "blend":
            return _fit_blend(folder, matrix, target, problem)
        case _:
            return _fit_sklearn(folder, matrix, target, classes, format)


def _fit_blend(folder: Path, matrix: np.ndarray, target: np.ndarray, problem: str) -> dict[str, Any]:
    """Boosted trees and a forest, which look at the first features, and a linear model at the others."""
    trees = _encoder("trees").width
    members = []
    for number, (kind, weight) in enumerate({"lightgbm": 0.5, "forest": 0.2, "linear": 0.3}.items()):
        start, end = (trees, matrix.shape[1]) if kind == "linear" else (0, trees)
        own = folder / str(number)
        own.mkdir()
        facts = _fit(own, matrix[:, start:end], target, problem, kind)
        file = f"{number}-{facts['file']}"
        (own / facts["file"]).rename(folder / file)
        own.rmdir()
        facts = {**facts, "file": file, "classes": len(CLASSES[problem])}
        members.append({**facts, "weight": weight, "features": [start, end]})
    return {"format": "blend", "members": members}


def _fit_lightgbm(folder: Path, matrix: np.ndarray, target: np.ndarray, classes: int) -> dict[str, Any]:
    import lightgbm

    objective = {0: "regression", 2: "binary", 3: "multiclass"}[classes]
    settings = {
        "objective": objective,
        "num_class": classes if classes > 2 else 1,
        "verbosity": -1,
        "num_threads": 1,
    }
    booster = lightgbm.train(settings, lightgbm.Dataset(matrix, target), 20)
    (folder / "model.txt").write_text(booster.model_to_string(), "utf-8")
    return {"format": "lightgbm", "file": "model.txt"}


def _fit_xgboost(folder: Path, matrix: np.ndarray, target: np.ndarray, classes: int) -> dict[str, Any]:
    import xgboost

    objective = {0: "reg:squarederror", 2: "binary:logistic", 3: "multi:softprob"}[classes]
    settings = {"objective": objective, "nthread": 1, **({"num_class": classes} if classes > 2 else {})}
    booster = xgboost.train(settings, xgboost.DMatrix(matrix, target), 20)
    booster.save_model(folder / "booster.json")
    return {"format": "xgboost", "file": "booster.json", "trees": 20}


def _fit_catboost(folder: Path, matrix: np.ndarray, target: np.ndarray, problem: Any) -> dict[str, Any]:
    from canvas_app.training.model_types.catboost_trees import CatboostTrees

    unit, task = CatboostTrees(), Task(problem, len(CLASSES[problem]), 0, 1)
    estimator = unit.fit(task, {"n_estimators": 20, "depth": 4}, Rows(matrix, target))
    unit.save(estimator, folder)
    return {"format": "catboost", "file": "catboost.json"}


def _fit_sklearn(
    folder: Path, matrix: np.ndarray, target: np.ndarray, classes: int, format: str
) -> dict[str, Any]:
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor
    from sklearn.linear_model import LogisticRegression, Ridge
    from skops import io

    if format == "linear":
        model = LogisticRegression() if classes else Ridge()
    else:
        model = (ExtraTreesClassifier if classes else ExtraTreesRegressor)(20, random_state=0)
    io.dump(model.fit(matrix, target), folder / "model.skops")
    return {"format": "skops", "file": "model.skops"}


def _write_test(folder: Path, rows: pa.Table, target: np.ndarray, contract: Contract) -> None:
    said = Predictor(folder).answer(rows).columns()
    actual = [contract.classes[at] for at in target] if contract.classes else target
    names = [*rows.column_names, *(f"__{name}" for name in said), "__actual"]
    parquet.write_table(
        pa.table([*rows.columns, *said.values(), pa.array(actual)], names=names), folder / "test.parquet"
    )


def _write_words(folder: Path, contract: Contract) -> None:
    built = BuiltModel(
        folder=str(folder),
        target=contract.target,
        problem=contract.problem,  # type: ignore[arg-type]  # one of ours
        metric="auc",
        model_type="small",
        title="Small model",
        classes=contract.classes,
        metrics=(Metric("auc", "AUC", 0.9, 0.85, 0.94, True),),
        leaderboard=(Candidate("small", "Small model", 0.9, 1.0, 3, chosen=True),),
        trials=(),
        rows=RowCounts(120, 40, 40, without_target=2),
        seconds=1.5,
        seed=0,
        columns=contract.names,
        notes=("The column id was left out: every row has another value.",),
    )
    (folder / "build.json").write_bytes(TypeAdapter(BuiltModel).dump_json(built))
