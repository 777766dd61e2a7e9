"""The units of a package, by kind: a new unit is a new file, and no list is edited."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from canvas_app.base.errors import UnknownKind
from canvas_app.base.unit import Json

if TYPE_CHECKING:
    from canvas_app.base.spec import Spec

U = TypeVar("U", bound="Spec")


class Catalog(Generic[U]):
    """Finds the units of one family in its packages, on first use."""

    def __init__(self, family: type[U], *packages: str) -> None:
        self._family = family
        self._packages = packages
        self._units: dict[str, type[U]] | None = None

    def __iter__(self) -> Iterator[type[U]]:
        return iter(self._found().values())

    def __len__(self) -> int:
        return len(self._found())

    def __contains__(self, kind: str) -> bool:
        return kind in self._found()

    def __getitem__(self, kind: str) -> type[U]:
        """The unit of that kind, or of a kind that was formerly called so."""
        found = self._found()
        if kind in found:
            return found[kind]
        for unit in found.values():
            if kind in unit.formerly:
                return unit
        raise UnknownKind(
            f"This version doesn't know '{kind}'.", hint="Open the project with a newer version."
        )

    def modules(self) -> tuple[str, ...]:
        """The names of the unit files, for installers and the self-check."""
        names = []
        for package in self._packages:
            path = importlib.import_module(package).__path__
            names += [f"{package}.{item.name}" for item in pkgutil.iter_modules(path)]
        return tuple(sorted(names))

    def dump(self, unit: U) -> dict[str, Json]:
        """The unit as JSON can hold it."""
        return {"kind": unit.spec.kind, "version": unit.version, "values": unit.model_dump(mode="json")}

    def load(self, saved: Mapping[str, Json]) -> U:
        """The unit from what ``dump`` gave, upgraded if an older version saved it."""
        unit = self[saved["kind"]]
        values = saved["values"]
        version = saved.get("version", 1)
        if version < unit.version:
            values = unit.upgrade(values, version)
        return unit.read(values)

    def _found(self) -> dict[str, type[U]]:
        if self._units is None:
            found: dict[str, type[U]] = {}
            for name in self.modules():
                for unit in self._units_of(importlib.import_module(name)):
                    found[unit.spec.kind] = unit
            self._units = found
        return self._units

    def _units_of(self, module: Any) -> Iterator[type[U]]:
        for item in vars(module).values():
            if (
                inspect.isclass(item)
                and issubclass(item, self._family)
                and item.__module__ == module.__name__
                and "spec" in vars(item)
            ):
                yield item
