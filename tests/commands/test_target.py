"""A column that is not there is told before anything is imported, with the names that come near."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from canvas_app.commands.target import hint_for


def test_a_misspelt_target_is_told_before_the_import(canvas: Callable, samples: Path):
    ran = canvas("build", samples / "titanic.csv", "--target", "survivd", "--trials", 1)

    assert ran.code == 1
    assert "There is no column survivd in titanic.csv." in ran.err
    assert "Did you mean Survived?" in ran.err
    assert "Pclass" in ran.err
    assert "Reading rows" not in ran.err


def test_of_many_names_only_near_ones_are_told():
    names = [f"sensor_{n}" for n in range(100)]

    assert hint_for("Sensor_42", names).startswith("Did you mean sensor_42")
    assert "It has 100 columns, such as sensor_0" in hint_for("zzz", names)
