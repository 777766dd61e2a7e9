"""Every kind of model answers after its export as before, and no change to a bundle goes unseen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvas_app.base.errors import CanvasError
from canvas_app.bundle.export_job import ExportJob
from canvas_app.bundle.manifest import NAME, Manifest, strict_json
from canvas_app.bundle.read import load_bundle, load_model, open_bundle, verify
from canvas_app.jobs.job import Quiet
from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.predictor import Predictor
from canvas_app.runtime.whole import SEAL, seal_of
from tests.small_model import CLASSES, small_rows, write_small_model

FORMATS = ("lightgbm", "xgboost", "linear", "forest", "constant")
any_bundle = settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Any], tuple[Path, Path]]:
    """A model of some format and problem, and a bundle of it; neither to be changed."""
    made: dict[tuple[str, str], tuple[Path, Path]] = {}

    def both(format: str, problem: Any) -> tuple[Path, Path]:
        if (format, problem) not in made:
            place = tmp_path_factory.mktemp(format)
            folder = write_small_model(place / "model", problem, format)
            ExportJob(str(folder), str(place / "bundle")).run(Quiet())
            made[format, problem] = folder, place / "bundle"
        return made[format, problem]

    return both


@pytest.fixture(scope="module")
def whole(pair: Callable[[str, Any], tuple[Path, Path]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that tests may change, if they mend it again."""
    place = tmp_path_factory.mktemp("whole") / "bundle"
    return Path(shutil.copytree(pair("lightgbm", "two-categories")[1], place))


def strange_rows() -> pa.Table:
    """Rows with blanks, texts for numbers, categories never seen, other columns, in another order."""
    rows = small_rows(60, seed=9).to_pylist()
    ages = [None, "", " 41.5 ", "old", "-1e9", "nan"]
    cities = ["Rom", "", None, "bonn", "Köln ", 'a,b "c"']
    return pa.table(
        {
            "city": [cities[at % 7] if at % 7 < 6 else row["city"] for at, row in enumerate(rows)],
            "more": list(range(60)),
            "visits": pa.array(
                [row["visits"] if at % 5 else None for at, row in enumerate(rows)], pa.int64()
            ),
            "age": [ages[at % 8] if at % 8 < 6 else str(row["age"]) for at, row in enumerate(rows)],
        }
    )


@pytest.mark.parametrize("problem", CLASSES)
@pytest.mark.parametrize("format", FORMATS)
def test_answers_are_the_same_before_and_after_the_export(pair, format, problem):
    model, bundle = pair(format, problem)
    for rows in (small_rows(80, seed=4), strange_rows()):
        before, after = load_model(model).answer(rows), load_bundle(bundle, trusted=True).answer(rows)

        assert (after.classes, after.label_type, after.notes) == (
            before.classes,
            before.label_type,
            before.notes,
        )
        if problem == "number":
            assert after.prediction == pytest.approx(before.prediction, rel=1e-5)
        else:
            assert after.probabilities == pytest.approx(before.probabilities, abs=1e-5)
            assert after.prediction == before.prediction


@pytest.mark.parametrize(("format", "problem"), list(zip(FORMATS, [*CLASSES, *CLASSES], strict=False)))
def test_every_bundle_verifies_and_its_manifest_lists_every_file(pair, format, problem):
    _, bundle = pair(format, problem)
    done = verify(bundle, Quiet(), trusted=True)
    listed = {entry.path for entry in open_bundle(bundle).manifest.files}
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}

    assert done.rows == 20
    assert listed == there - {NAME, SEAL}


@pytest.mark.parametrize(
    ("label_type", "classes", "types"),
    [
        ("switch", ("false", "true"), bool),
        ("whole", ("7", "9007199254740993"), int),
        ("number", ("0.5", "1.5"), float),
        ("text", ("", "a,b\n😀"), str),
    ],
)
def test_answers_have_the_type_of_the_target_also_after_the_export(tmp_path, label_type, classes, types):
    folder = write_small_model(tmp_path / "model")
    contract = json.loads((folder / "contract.json").read_text("utf-8"))
    changed = {**contract, "classes": classes, "label_type": label_type}
    (folder / "contract.json").write_text(json.dumps(changed), "utf-8")
    (folder / "test.parquet").write_bytes(_with_classes(folder, classes))
    ExportJob(str(folder), str(tmp_path / "bundle")).run(Quiet())
    said = load_bundle(tmp_path / "bundle").answer(small_rows(40))

    assert verify(tmp_path / "bundle", Quiet()).rows == 20
    assert {type(label) for label in said.prediction} == {types}
    assert {str(label).lower() if types is bool else str(label) for label in said.prediction} == set(classes)
    assert list(said.columns()) == ["prediction", *(f"probability_{name}" for name in classes)]


def _with_classes(folder: Path, classes: tuple[str, ...]) -> bytes:
    """The test rows of a model whose categories are called otherwise."""
    from pyarrow import parquet

    table = parquet.read_table(folder / "test.parquet")
    told = {
        "__probability_no": f"__probability_{classes[0]}",
        "__probability_yes": f"__probability_{classes[1]}",
    }
    sink = pa.BufferOutputStream()
    parquet.write_table(table.rename_columns([told.get(name, name) for name in table.column_names]), sink)
    return bytes(sink.getvalue().to_pybytes())


@any_bundle
@given(data=st.data())
def test_any_flipped_bit_is_found_and_told_by_its_file(whole, data):
    files = sorted(path for path in whole.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    content = path.read_bytes()
    at, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
    try:
        with pytest.raises(CanvasError) as caught:
            open_bundle(whole)
    finally:
        path.write_bytes(content)
    assert caught.value.hint
    named = NAME if path.name == SEAL else path.relative_to(whole).as_posix()
    assert named in caught.value.message


@any_bundle
@given(data=st.data())
def test_any_file_cut_short_or_made_longer_is_found(whole, data):
    files = sorted(path for path in whole.rglob("*") if path.is_file() and not path.name.startswith(NAME))
    path = data.draw(st.sampled_from(files))
    content = path.read_bytes()
    keep = data.draw(st.integers(0, len(content) - 1))
    path.write_bytes(data.draw(st.sampled_from([content[:keep], content + b"\0", content[keep:] + b" "])))
    try:
        same = path.read_bytes() == content
        if not same:
            with pytest.raises(CanvasError, match="was changed"):
                open_bundle(whole)
    finally:
        path.write_bytes(content)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([1e308, -0.0, float("inf"), "", "../x", "\ud800", "0" * 64]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["path", "x"]), inner),
    max_leaves=4,
)


@any_bundle
@given(
    key=st.sampled_from(
        ["app", "target", "problem", "model", "libraries", "origin", "files", "made_at", "format", "mark"]
    ),
    value=anything,
    inner=st.booleans(),
)
def test_whatever_a_manifest_says_it_is_refused_in_words_or_not_from_here(whole, key, value, inner):
    """Someone elsewhere may write any manifest, and seal it as ours is sealed."""
    content, seal = (whole / NAME).read_bytes(), (whole / SEAL).read_bytes()
    saved = strict_json(content)
    if inner and isinstance(saved[key], list):
        saved[key][0]["size"] = value
    elif inner and isinstance(saved[key], dict):
        saved[key]["title"] = value
    else:
        saved[key] = value
    written = json.dumps(saved).replace("Infinity", "1e999").encode()
    (whole / NAME).write_bytes(written)
    (whole / SEAL).write_bytes(seal_of(written))
    try:
        assert _refused(whole) or not open_bundle(whole).made_here
    finally:
        (whole / NAME).write_bytes(content)
        (whole / SEAL).write_bytes(seal)


def _refused(bundle: Path) -> str:
    """What to do, where the bundle is refused; any other error is a bug."""
    try:
        open_bundle(bundle)
    except CanvasError as error:
        return error.hint
    return ""


@given(data=st.binary(max_size=200))
@any_bundle
def test_no_bytes_make_the_reader_of_manifests_stumble(data):
    with pytest.raises(CanvasError):
        Manifest.load(data)


values = {
    "age": st.none() | st.floats(-1e6, 1e6) | st.sampled_from(["", " ", "old", "12", " 7.5 "]),
    "visits": st.none() | st.integers(-9, 99) | st.sampled_from(["x", "3", "2.5", ""]),
    "city": st.none() | st.sampled_from(["Bonn", "Köln", "Rom", "", " ", "bonn", "🙂", 'a,b "c"']),
}


@any_bundle
@given(row=st.fixed_dictionaries(values))
def test_a_row_alone_is_answered_and_told_of_as_in_a_table(model, row):
    predictor = _predictor(model)
    written = {name: [None if value is None else str(value)] for name, value in row.items()}
    alone = predictor.answer_row(row)
    for table in (pa.table({name: [value] for name, value in row.items()}), pa.table(written)):
        among = predictor.answer(table)

        assert alone.probabilities == pytest.approx(among.probabilities)
        assert alone.prediction == among.prediction
        assert alone.notes == among.notes


@pytest.mark.parametrize("value", [7, 7.0, "7", 8.5, True, "true", "", None, np.int64(7), np.float64(7)])
def test_numbers_in_a_column_of_names_are_known_as_in_a_table(tmp_path, value):
    folder = write_small_model(tmp_path)
    contract = json.loads((folder / "contract.json").read_text("utf-8"))
    contract["columns"][2]["categories"] = ["7", "8.5", "true"]
    (folder / "contract.json").write_text(json.dumps(contract), "utf-8")
    predictor = Predictor(folder)
    table = pa.table({"age": [1.0], "visits": [1], "city": pa.array([value])})

    assert (
        predictor.answer_row({"age": 1.0, "visits": 1, "city": value}).notes == predictor.answer(table).notes
    )


@any_bundle
@given(seed=st.integers(0, 999), rows=st.integers(1, 30))
def test_neither_the_order_of_rows_nor_that_of_columns_matters(model, seed, rows):
    draw = np.random.default_rng(seed)
    table = small_rows(rows, seed)
    mixed = draw.permutation(rows)
    names = draw.permutation(table.column_names).tolist()
    first, second = (_predictor(model).answer(t) for t in (table, table.take(mixed).select(names)))

    assert second.probabilities == pytest.approx(first.probabilities[mixed])


@pytest.mark.parametrize("missing", [["age"], ["city", "visits"], ["age", "city", "visits"]])
def test_missing_columns_are_all_named_before_anything_is_answered(model, missing):
    with pytest.raises(BundleError) as caught:
        _predictor(model).answer(small_rows(3).drop_columns(missing))

    assert all(name in caught.value.message for name in missing)
    assert caught.value.hint


_PREDICTORS: dict[Path, Predictor] = {}


def _predictor(folder: Path) -> Predictor:
    """Opened once, since opening takes longer than answering."""
    if folder not in _PREDICTORS:
        _PREDICTORS[folder] = Predictor(folder)
    return _PREDICTORS[folder]
