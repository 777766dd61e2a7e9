"""A person's settings are kept whole, and survive what this version doesn't know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.project.preferences import Preferences
from canvas_app.project.section import SECTIONS, Section
from canvas_app.project.settings.appearance import Appearance


def test_what_was_never_chosen_has_its_default() -> None:
    assert Preferences().get(Appearance) == Appearance(theme="system")


def test_a_choice_is_there_next_time_and_who_watches_is_told() -> None:
    preferences = Preferences()
    told: list[Section] = []
    preferences.changed(told.append)
    preferences.keep(Appearance(theme="dark"))

    assert Preferences().get(Appearance).theme == "dark"
    assert told == [Appearance(theme="dark")]


def test_a_section_of_another_version_is_kept(own_home: Path) -> None:
    other = {"kind": "sounds", "version": 3, "values": {"loud": True}}
    (own_home / "settings.json").write_text(json.dumps({"version": 1, "sections": {"sounds": other}}))
    Preferences().keep(Appearance(theme="light"))

    saved = json.loads((own_home / "settings.json").read_text())
    assert saved["sections"]["sounds"] == other
    assert saved["sections"]["appearance"]["values"] == {"theme": "light"}


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        '{"sections": []}',
        '{"sections": {"appearance": 3}}',
        '{"sections": {"appearance": {"kind": "appearance", "values": {"theme": "loud"}}}}',
        '{"sections": {"appearance": {"kind": "nothing"}}}',
    ],
)
def test_settings_that_cannot_be_read_are_the_defaults(own_home: Path, broken: str) -> None:
    (own_home / "settings.json").write_text(broken)

    assert Preferences().get(Appearance) == Appearance()


def test_settings_that_cannot_be_written_say_so(own_home: Path) -> None:
    (own_home / "settings.json").mkdir()

    with pytest.raises(CanvasError):
        Preferences().keep(Appearance(theme="dark"))


@pytest.mark.parametrize("section", list(SECTIONS), ids=lambda section: section.spec.kind)
def test_every_section_stands_on_its_defaults_and_survives_a_save(section: type[Section]) -> None:
    assert section() == section.read({})
    assert SECTIONS.load(SECTIONS.dump(section.example())) == section.example()
