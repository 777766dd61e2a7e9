"""How the window looks."""

from __future__ import annotations

from typing import Literal

from canvas_app.base.spec import UnitSpec, field
from canvas_app.project.section import Section


class Appearance(Section):
    """Light or dark, or as the system has it."""

    spec = UnitSpec(kind="appearance", title="Appearance", icon="ph.palette", example={"theme": "dark"})

    theme: Literal["system", "light", "dark"] = field(
        "Theme", default="system", labels=("System", "Light", "Dark")
    )
