"""``canvas-app verify`` says that a bundle is whole, or what is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def test_a_whole_bundle_is_told_with_its_examples(canvas: Callable, bundle: Path):
    ran = canvas("verify", bundle, "--json")

    assert ran.code == 0
    assert ran.facts["rows"] == 20
    assert ran.facts["format"] == "onnx"
    assert ran.facts["made_here"] is True
    assert "20 examples answered as expected" in canvas("verify", bundle).out


def test_a_changed_byte_is_told_by_its_file(canvas: Callable, bundle: Path):
    (bundle / "recipe.sql").write_bytes(b"X" + (bundle / "recipe.sql").read_bytes()[1:])
    ran = canvas("verify", bundle)

    assert ran.code == 1
    assert "recipe.sql" in ran.err
    assert ran.out == ""
