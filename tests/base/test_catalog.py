"""A new unit is a new file: the catalog finds it, also under a name that it once had."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import UnknownKind
from canvas_app.base.spec import Spec

UNIT = '''
from canvas_app.base.spec import Spec, UnitSpec, field

class Bread(Spec):
    """Bread."""

    spec = UnitSpec(kind="bread", title="Bread", example={"grams": 5})
    version = 2
    formerly = ("loaf",)
    grams: int = field("Amount", default=1)

    @classmethod
    def upgrade(cls, saved, version):
        return {"grams": saved["kilos"] * 1000}

class NotAUnit(Spec):
    """It declares nothing about itself."""
'''


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog[Spec]]:
    package = tmp_path / "some_units"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "bread.py").write_text(UNIT)
    (package / "cake.py").write_text(UNIT.replace("bread", "cake").replace("loaf", "pie"))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Catalog(Spec, "some_units")
    for name in [name for name in sys.modules if name.startswith("some_units")]:
        del sys.modules[name]


def test_every_file_brings_its_unit(catalog: Catalog[Spec]) -> None:
    assert sorted(unit.spec.kind for unit in catalog) == ["bread", "cake"]
    assert len(catalog) == 2
    assert "bread" in catalog
    assert "stone" not in catalog


def test_the_files_are_named_for_installers(catalog: Catalog[Spec]) -> None:
    assert catalog.modules() == ("some_units.bread", "some_units.cake")


def test_a_unit_is_found_under_a_former_kind(catalog: Catalog[Spec]) -> None:
    assert catalog["loaf"] is catalog["bread"]


def test_a_unit_that_cannot_be_loaded_is_told_each_time(catalog: Catalog[Spec], tmp_path: Path) -> None:
    broken = next(tmp_path.rglob("bread.py")).with_name("broken.py")
    broken.write_text("import nothing_like_it")
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError):
            list(catalog)


def test_an_unknown_kind_says_what_to_do(catalog: Catalog[Spec]) -> None:
    with pytest.raises(UnknownKind, match="newer version"):
        catalog["stone"]


def test_a_saved_unit_comes_back_equal(catalog: Catalog[Spec]) -> None:
    unit = catalog["bread"].example()

    assert catalog.load(catalog.dump(unit)) == unit


def test_a_unit_saved_by_an_older_version_is_upgraded(catalog: Catalog[Spec]) -> None:
    loaded = catalog.load({"kind": "loaf", "version": 1, "values": {"kilos": 2}})

    assert loaded == catalog["bread"](grams=2000)
