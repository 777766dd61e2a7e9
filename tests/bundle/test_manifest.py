"""A manifest says what a bundle holds, in one way, and is refused where it tries to trick."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.bundle.manifest import FileEntry, Manifest, ModelEntry, strict_json

FILE = FileEntry("runtime/encode.py", 3, "a" * 64)
MODEL = ModelEntry("lightgbm", "Boosted trees", "onnx", "equal", 1e-7, 200)


def manifest(**changes: Any) -> Manifest:
    values = {
        "app": "0.1.0",
        "target": "y",
        "problem": "number",
        "libraries": {"numpy": "2"},
        "origin": "b" * 64,
    }
    return Manifest(**{**values, "model": MODEL, "files": (FILE,), **changes})


def test_it_reads_back_as_it_was_written():
    written = manifest().marked()

    assert Manifest.load(written.dump()) == written
    assert Manifest.load(written.dump()).dump() == written.dump()


def test_the_mark_tells_who_made_it():
    written = manifest().marked()

    assert written.made_here
    assert not replace(written, target="z").made_here
    assert not manifest().made_here


def test_another_installation_does_not_take_it_for_its_own(monkeypatch, tmp_path):
    written = manifest().marked()
    monkeypatch.setenv("CANVAS_APP_HOME", str(tmp_path / "other"))

    assert not written.made_here


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/passwd", "a/../b", "C:\\x", "a\\b", "./a", ".hidden", "a//b", "a/", "", "é", "a\nb"],
)
def test_paths_that_lead_elsewhere_are_refused(path: str):
    tricky = manifest(files=(replace(FILE, path=path),))

    with pytest.raises(CanvasError, match="no bundle holds"):
        Manifest.load(tricky.dump())


def test_names_that_differ_by_case_alone_are_refused():
    with pytest.raises(CanvasError, match="is broken"):
        Manifest.load(manifest(files=(FILE, replace(FILE, path="Runtime/encode.py"))).dump())


def test_a_newer_format_is_refused_by_name():
    with pytest.raises(CanvasError, match=r"version 9\.1\.0 in a newer format") as caught:
        Manifest.load(manifest(format=2, app="9.1.0").dump())
    assert "Update" in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"format": 1, "format": 1}', b"[" * 100_000])
def test_a_broken_one_is_refused_in_words(data: bytes):
    with pytest.raises(CanvasError, match="is broken"):
        Manifest.load(data)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": NaN}', "Infinity"])
def test_json_is_read_as_it_is_meant(text: str):
    assert json.loads(text) is not None
    with pytest.raises(ValueError, match=r"twice|no number"):
        strict_json(text.encode())
