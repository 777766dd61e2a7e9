"""What was learned outlives the window, and a damaged file is no harm."""

import pytest

from canvas_app.flow.learned_cache import LearnedCache


def test_what_was_kept_is_found_again(tmp_path):
    LearnedCache(tmp_path / "learned")["abc"] = {'a "b"': 1.5, "s": "ü😀", "n": None}

    assert dict(LearnedCache(tmp_path / "learned")) == {"abc": {'a "b"': 1.5, "s": "ü😀", "n": None}}


def test_a_damaged_or_missing_file_counts_as_none(tmp_path):
    cache = LearnedCache(tmp_path)
    cache["a"] = {"x": 1}
    (tmp_path / "a.json").write_text("[1]")
    (tmp_path / "b.json").write_text("{")

    assert "a" not in cache
    assert "b" not in cache
    assert cache.get("c") is None


def test_it_forgets(tmp_path):
    cache = LearnedCache(tmp_path)
    cache["a"] = {"x": 1}
    del cache["a"]

    assert len(cache) == 0
    with pytest.raises(KeyError):
        del cache["a"]
