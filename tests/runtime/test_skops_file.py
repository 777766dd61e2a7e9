"""A file of skops is read without skops, gives scikit-learn's own model, and holds only what is ours."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.estimators import load_estimator
from canvas_app.runtime.skops_file import in_library, read_skops, refuse_strangers
from canvas_app.training.skops_file import save_skops

FACTS = {"format": "skops", "file": "model.skops", "classes": 3}
KINDS = ("extra-classes", "random-classes", "extra-number", "random-number", "logistic", "ridge")


def rows(blanks: bool) -> np.ndarray:
    chance = np.random.default_rng(1)
    features = chance.normal(size=(300, 4)).astype(np.float32)
    if blanks:
        features[chance.random(features.shape) < 0.1] = np.nan
    return features


def fitted(kind: str, trees: int = 12) -> Any:
    from sklearn import ensemble, linear_model

    models = {
        "extra-classes": ensemble.ExtraTreesClassifier(trees, random_state=0),
        "random-classes": ensemble.RandomForestClassifier(trees, random_state=0, max_leaf_nodes=20),
        "extra-number": ensemble.ExtraTreesRegressor(trees, random_state=0),
        "random-number": ensemble.RandomForestRegressor(trees, random_state=0),
        "logistic": linear_model.LogisticRegression(),
        "ridge": linear_model.Ridge(),
    }
    features = rows(blanks=False)
    value = features[:, 0] + features[:, 1] ** 2
    wanted = value if kind in ("extra-number", "random-number", "ridge") else np.digitize(value, [0, 1])
    return models[kind].fit(rows(blanks=kind not in ("logistic", "ridge")), wanted)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small forest; not to be changed."""
    folder = tmp_path_factory.mktemp("forest")
    save_skops(fitted("extra-classes", trees=2), folder / "model.skops")
    return folder


def changed(saved: Path, folder: Path, change: Any) -> Path:
    """A copy of the file whose schema and arrays went through ``change(name, content)``."""
    with ZipFile(saved / "model.skops") as old, ZipFile(folder / "model.skops", "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_model_that_skops_itself_reads(tmp_path: Path, kind: str):
    from skops import io as skops_io

    save_skops(fitted(kind), tmp_path / "model.skops")
    ours = in_library(read_skops(tmp_path / "model.skops"))
    theirs = skops_io.load(tmp_path / "model.skops", trusted=["sklearn.tree._tree.Tree"])
    asked = rows(blanks=kind not in ("logistic", "ridge"))

    assert type(ours) is type(theirs)
    assert ours.get_params() == theirs.get_params()
    assert set(vars(ours)) == set(vars(theirs))
    for question in ("predict", "predict_proba", "decision_function"):
        if hasattr(theirs, question):
            np.testing.assert_array_equal(getattr(ours, question)(asked), getattr(theirs, question)(asked))


@pytest.mark.parametrize("kind", KINDS)
def test_it_answers_as_the_model_that_was_fitted(tmp_path: Path, kind: str):
    model = fitted(kind)
    save_skops(model, tmp_path / "model.skops")
    classes = len(getattr(model, "classes_", ()))
    found = load_estimator(tmp_path, {**FACTS, "classes": classes})
    asked = rows(blanks=kind not in ("logistic", "ridge"))
    said = found.probabilities(asked) if classes else found.values(asked)

    np.testing.assert_allclose(
        said, model.predict_proba(asked) if classes else model.predict(asked), atol=1e-6
    )


@pytest.mark.parametrize("kind", ["extra-classes", "logistic"])
def test_answering_loads_neither_skops_nor_scikit_learn(tmp_path: Path, kind: str):
    save_skops(fitted(kind), tmp_path / "model.skops")
    program = (
        "import json, sys; from pathlib import Path; import numpy as np;"
        "from canvas_app.runtime.estimators import load_estimator;"
        "said = load_estimator(Path(sys.argv[1]), json.loads(sys.argv[2])).probabilities(np.zeros((500, 4)));"
        "loaded = {name.split('.')[0] for name in sys.modules};"
        "print(len(said), sorted(loaded & {'sklearn', 'skops', 'scipy', 'pandas'}))"
    )
    command = [sys.executable, "-c", program, str(tmp_path), json.dumps(FACTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["500", "[]"]


def test_other_types_are_refused_wherever_they_stand(saved: Path, tmp_path: Path):
    def strange(name: str, content: bytes) -> bytes:
        return content.replace(b'"ExtraTreeClassifier"', b'"Popen"') if name == "schema.json" else content

    with pytest.raises(BundleError, match="Popen, which no model of ours does"):
        load_estimator(changed(saved, tmp_path, strange), FACTS)


@pytest.mark.parametrize(
    "loader", ["FunctionNode", "MethodNode", "PartialNode", "DTypeNode", "ReduceNode", None]
)
def test_ways_of_loading_that_call_something_are_refused(loader: str | None):
    part = {"__class__": "dict", "__module__": "builtins", "__loader__": loader}

    with pytest.raises(ValueError, match="which no model of ours does"):
        refuse_strangers({"content": [{"deep": part}]})


@pytest.mark.parametrize(
    ("loader", "kind"),
    [("ObjectNode", "builtins.dict"), ("TreeNode", "builtins.list"), ("TypeNode", "builtins.str")],
)
def test_plain_types_are_not_loaded_as_models(tmp_path: Path, loader: str, kind: str):
    module, name = kind.split(".")
    schema = {"__class__": name, "__module__": module, "__loader__": loader, "content": {}}
    with ZipFile(tmp_path / "model.skops", "w") as file:
        file.writestr("schema.json", json.dumps(schema))

    with pytest.raises(BundleError, match=f"it holds {kind}"):
        load_estimator(tmp_path, FACTS)


def test_an_array_that_would_be_unpickled_is_refused(saved: Path, tmp_path: Path):
    def pickled(name: str, content: bytes) -> bytes:
        held = io.BytesIO()
        np.save(held, np.array([{}], dtype=object), allow_pickle=True)
        return held.getvalue() if name == "1.npy" else content

    with pytest.raises(BundleError, match="allow_pickle=False"):
        load_estimator(changed(saved, tmp_path, pickled), FACTS)


def test_whatever_is_changed_it_answers_or_refuses_in_words(saved: Path, tmp_path: Path):
    """Within the archive, so that no checksum gives the change away."""
    chance = random.Random(0)
    with ZipFile(saved / "model.skops") as file:
        names = file.namelist()
    refused = 0
    for _ in range(120):
        target, times = chance.choice(names), chance.choice((1, 4, 30))

        def broken(name: str, content: bytes, target: str = target, times: int = times) -> bytes:
            array = bytearray(content)
            for _ in range(times if name == target else 0):
                array[chance.randrange(len(array))] = chance.randrange(256)
            return bytes(array)

        with suppress(BundleError):
            refused += 1
            found = load_estimator(changed(saved, tmp_path, broken), FACTS)
            refused -= 1
            assert found.probabilities(rows(blanks=True)[:5]).shape == (5, 3)
    assert 40 < refused < 120
