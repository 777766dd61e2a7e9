"""Looks at a file before it is answered: which columns the model needs, which are missing or extra."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted

if TYPE_CHECKING:
    from canvas_app.runtime.contract import Contract


@dataclass(frozen=True)
class Preflight:
    """What a file brings, against what the model needs."""

    path: Path
    rows: int | None
    """None where the file doesn't say, though it has some."""
    found: tuple[str, ...]
    """Needed columns that are there."""
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether there are rows, and every one can be answered."""
        return not self.missing and self.rows != 0

    def lines(self) -> tuple[tuple[str, str], ...]:
        """One fact per line: ``good``, ``bad`` or ``note``, and the words."""
        needed = len(self.found) + len(self.missing)
        facts = [("good", f"{len(self.found)} of {needed} needed columns are there")]
        if self.missing:
            hint = f"Add {_them(self.missing)} to the file; cells may be blank."
            facts = [("bad", f"Missing: {', '.join(self.missing)}. {hint}")]
        if self.extra:
            facts.append(("note", f"Not needed, kept beside the answers: {', '.join(self.extra)}"))
        if self.rows == 0:
            facts.append(("bad", "There are no rows below the header. Choose a file that has some."))
        elif self.rows is not None:
            facts.append(("note", counted(self.rows, "row")))
        return tuple(facts)


def look_at(path: Path, contract: Contract) -> Preflight:
    """Read the header of a CSV or Parquet file; raises ``CanvasError`` where it can't be read."""
    from canvas_app.runtime.errors import BundleError
    from canvas_app.runtime.table_file import read_pieces

    try:
        pieces = read_pieces(path)
        first = next(iter(pieces.tables))
    except BundleError as error:
        raise CanvasError(error.message, hint=error.hint) from error
    needed, names = contract.names, first.column_names
    return Preflight(
        path,
        pieces.rows if first.num_rows else 0,
        tuple(name for name in needed if name in names),
        tuple(name for name in needed if name not in names),
        tuple(name for name in names if name not in needed),
    )


def contract_of(folder: Path) -> Contract:
    """What a model needs of a row; raises ``CanvasError`` where the folder holds no model."""
    from canvas_app.runtime.contract import Contract
    from canvas_app.runtime.errors import BundleError

    try:
        return Contract.read(folder)
    except BundleError as error:
        raise CanvasError(error.message, hint=error.hint) from error


def _them(names: tuple[str, ...]) -> str:
    return "it" if len(names) == 1 else "them"
