"""What a section of a person's settings is; each is one file in ``project/settings``."""

from __future__ import annotations

from typing import ClassVar

from canvas_app.base.catalog import Catalog
from canvas_app.base.spec import Spec, UnitSpec


class Section(Spec):
    """Base of all sections of a person's settings: fields with defaults, shown by a form."""

    spec: ClassVar[UnitSpec]


SECTIONS: Catalog[Section] = Catalog(Section, "canvas_app.project.settings")
