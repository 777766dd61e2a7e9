"""A file of skops holds the model, and the same model gives the same bytes."""

import numpy as np

from canvas_app.training.skops_file import save_skops


def forest(seed=0):
    from sklearn.ensemble import ExtraTreesClassifier

    draw = np.random.default_rng(0)
    features = draw.normal(size=(80, 3))
    return ExtraTreesClassifier(5, random_state=seed).fit(features, features[:, 0] > 0), features


def test_the_model_comes_back_as_it_was(tmp_path):
    from skops import io

    model, features = forest()
    save_skops(model, tmp_path / "model.skops")
    again = io.load(tmp_path / "model.skops", trusted=["sklearn.tree._tree.Tree"])

    assert (again.predict_proba(features) == model.predict_proba(features)).all()


def test_the_same_model_gives_the_same_bytes_and_another_gives_others(tmp_path):
    for name, seed in (("first", 0), ("second", 0), ("other", 1)):
        save_skops(forest(seed)[0], tmp_path / name)
    first, second, other = ((tmp_path / name).read_bytes() for name in ("first", "second", "other"))

    assert first == second != other
