"""Turns a fitted model into an ONNX graph, for each format that it may be held in."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.bundle.blend_onnx import OnnxMember, blend_to_onnx
from canvas_app.bundle.forest_onnx import forest_to_onnx
from canvas_app.runtime.blend import BlendEstimator, files_of, parts_of

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

OPSET = 15
"""Old enough for every runtime of the last years, and known to all converters."""

_INPUT = "features"
_IMPORTS = 2.0
_SECONDS_PER_ROW = 5e-5
_SECONDS_PER_MEGABYTE = 0.4


def expected_seconds(folder: Path, model: Mapping[str, Any]) -> float:
    """About how long the conversion and the check of its answers take; measured on a slow machine."""
    from pyarrow import parquet

    megabytes = sum((folder / name).stat().st_size for name in files_of(model)) / 1e6
    rows = int(parquet.read_metadata(folder / "test.parquet").num_rows)
    return _IMPORTS + megabytes * _SECONDS_PER_MEGABYTE + rows * _SECONDS_PER_ROW


def to_onnx(folder: Path, model: Mapping[str, Any]) -> bytes:
    """The model as ONNX: 32-bit features in; last of what comes out are the probabilities, or the number.

    Raises ``CanvasError`` for what ONNX has no words for, and whatever the converters raise.
    """
    from canvas_app.runtime.encode import Encoder
    from canvas_app.runtime.estimators import load_estimator

    encoder = Encoder.from_json(json.loads((folder / "encoder.json").read_text("utf-8")))
    estimator = load_estimator(folder, model)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the converters warn about versions that they have not met
        graph = _converted(estimator, encoder.width, model)
    graph.graph.name = "model"  # the converters draw one by chance
    return bytes(graph.SerializeToString())


def _converted(estimator: Estimator, width: int, model: Mapping[str, Any]) -> Any:
    if not isinstance(estimator, BlendEstimator):
        return _CONVERTERS[model["format"]](estimator, width, model)
    return blend_to_onnx(
        [
            OnnxMember(
                _converted(member.estimator, member.end - member.start, part),
                member.weight,
                member.start,
                member.end,
            )
            for member, part in zip(estimator.members, parts_of(model), strict=True)
        ],
        width,
        max(1, estimator.classes),
    )


def _lightgbm(estimator: Estimator, width: int, model: Mapping[str, Any]) -> Any:
    from onnxmltools import convert_lightgbm

    del model
    features = _boosted_features(width)
    return convert_lightgbm(estimator.native, initial_types=features, zipmap=False, target_opset=OPSET)


def _xgboost(estimator: Estimator, width: int, model: Mapping[str, Any]) -> Any:
    from onnxmltools import convert_xgboost

    trees = int(model.get("trees") or 0)
    native = estimator.native[:trees] if trees else estimator.native
    return convert_xgboost(native, initial_types=_boosted_features(width), target_opset=OPSET)


def _catboost(estimator: Estimator, width: int, model: Mapping[str, Any]) -> Any:
    """By the library itself, but for the last node, which makes a dictionary of the probabilities."""
    import onnx

    del width
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        estimator.native.save_model(str(path), format="onnx")
        whole = onnx.load(path)
    graph = whole.graph
    for node in [node for node in graph.node if node.op_type == "ZipMap"]:
        shape = [None, int(model["classes"])]
        graph.node.remove(node)
        graph.output.pop()
        graph.output.append(onnx.helper.make_tensor_value_info(node.input[0], onnx.TensorProto.FLOAT, shape))
    return whole


def _sklearn(estimator: Estimator, width: int, model: Mapping[str, Any]) -> Any:
    """A forest in our own way, since the converters take half a minute for one, and miss its blanks."""
    from canvas_app.runtime.estimators import SkopsEstimator

    assert isinstance(estimator, SkopsEstimator)
    classes = int(model.get("classes") or 0)
    if estimator.forest is None:
        return _linear(estimator.native, width, classes)
    seen = estimator.classes_seen if classes else ()
    return forest_to_onnx(estimator.forest, width, seen, classes)


def _linear(native: Any, width: int, classes: int) -> Any:
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType

    if len(getattr(native, "classes_", ())) != classes:
        raise CanvasError("the model has not seen every class.")
    options = {id(native): {"zipmap": False}} if classes else None
    features = [(_INPUT, FloatTensorType([None, width]))]
    return convert_sklearn(native, initial_types=features, options=options, target_opset=OPSET)


def _boosted_features(width: int) -> list[tuple[str, Any]]:
    from onnxmltools.convert.common.data_types import FloatTensorType

    return [(_INPUT, FloatTensorType([None, width]))]


_CONVERTERS: dict[str, Callable[[Estimator, int, Mapping[str, Any]], Any]] = {
    "lightgbm": _lightgbm,
    "xgboost": _xgboost,
    "catboost": _catboost,
    "skops": _sklearn,
}
