"""What the grid shows: a table that gives its rows in pages, wherever they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine, Order
    from canvas_app.data.file_rows import Look
    from canvas_app.data.profile import ColumnProfile
    from canvas_app.data.schema import Schema


class TableSource(Protocol):
    """Any table; every question is asked on the preview lane's thread, with the lane's engine."""

    def schema(self, engine: Engine) -> Schema:
        """The columns."""
        ...

    def count(self, engine: Engine) -> int:
        """How many rows there are."""
        ...

    def page(self, engine: Engine, look: Look, order: Order) -> pyarrow.Table:
        """Some rows and columns, in the table's own order or in another."""
        ...

    def profiles(self, engine: Engine, columns: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """What is in some of the columns."""
        ...

    def whole(self, engine: Engine) -> Path:
        """The Parquet file that all rows are in, written if need be."""
        ...

    def release(self) -> None:
        """Nobody looks at it any more."""
        ...


@dataclass
class ParquetTable:
    """A Parquet file."""

    path: Path
    _schema: Schema | None = field(default=None, init=False, repr=False, compare=False)

    def schema(self, engine: Engine) -> Schema:
        """The columns, read once."""
        from canvas_app.data.file_rows import schema_of_file

        if self._schema is None:
            self._schema = schema_of_file(engine, self.path)
        return self._schema

    def count(self, engine: Engine) -> int:
        """How many rows there are; the file's footer knows."""
        from canvas_app.data.file_rows import count_of_file

        return count_of_file(engine, self.path)

    def page(self, engine: Engine, look: Look, order: Order) -> pyarrow.Table:
        """Some rows; in the file's own order only the blocks that hold them are read."""
        from canvas_app.data.file_rows import part_of_file

        return part_of_file(engine, self.path, look, order, self.schema(engine))

    def profiles(self, engine: Engine, columns: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """What is in some of the columns; estimated where there are very many rows."""
        from canvas_app.data.profile import profile_file

        return profile_file(engine, self.path, columns)

    def whole(self, engine: Engine) -> Path:
        """The file itself."""
        del engine
        return self.path

    def release(self) -> None:
        """The file stays."""


@dataclass
class ExpressionTable:
    """An expression, such as the table after a step: its first rows come at once.

    Whatever needs more than these (rows further down, another order, profiles) has the whole table
    computed once, into the engine's scratch folder.
    """

    make: Callable[[Engine], Table]
    """Called on the lane's thread, once; compiles the flow up to a node, for instance."""
    _table: Table | None = field(default=None, init=False, repr=False)
    _kept: ParquetTable | None = field(default=None, init=False, repr=False)

    def schema(self, engine: Engine) -> Schema:
        """The columns; no query runs."""
        from canvas_app.data.engine import schema_of

        return schema_of(self._made(engine))

    def count(self, engine: Engine) -> int:
        """How many rows there are."""
        return engine.count(self._made(engine)) if self._kept is None else self._kept.count(engine)

    def page(self, engine: Engine, look: Look, order: Order) -> pyarrow.Table:
        """Some rows; all but the first ones have the table computed as a whole."""
        if self._kept is None and look.offset == 0 and not order:
            table = self._made(engine)
            return engine.page(table.select(*look.columns) if look.columns else table, 0, look.limit)
        return self._whole(engine).page(engine, look, order)

    def profiles(self, engine: Engine, columns: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """What is in some of the columns."""
        return self._whole(engine).profiles(engine, columns)

    def whole(self, engine: Engine) -> Path:
        """The file that the whole table is computed into, once."""
        return self._whole(engine).path

    def release(self) -> None:
        """Remove what was computed."""
        kept, self._kept, self._table = self._kept, None, None
        if kept is not None:
            kept.path.unlink(missing_ok=True)

    def _made(self, engine: Engine) -> Table:
        if self._table is None:
            self._table = self.make(engine)
        return self._table

    def _whole(self, engine: Engine) -> ParquetTable:
        if self._kept is None:
            self._kept = ParquetTable(engine.keep(self._made(engine)))
        return self._kept


@dataclass(frozen=True)
class Marks:
    """What a step did, to be seen in the table after it."""

    new: frozenset[str] = frozenset()
    """Columns that were not there before."""
    before: TableSource | None = None
    """The table before, if its rows are the same ones in the same order: cells that differ are tinted."""
    target: str = ""
    """The column that is to be predicted."""
