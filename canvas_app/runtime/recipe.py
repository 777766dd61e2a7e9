"""Brings rows to the contract's types and replays the recipe, in a DuckDB that can reach nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.types as kinds

from .contract import InputColumn
from .errors import BundleError

_TYPE = re.compile(r"[A-Za-z_0-9 ]+(\(\d+(,\s*\d+)?\))?(\[\d*\])*")
_WHOLE = 10**15
"""Below this a number without a fraction is written without its point where a text is wanted."""
_EVERYTHING = 'SELECT * FROM "input"'


class Recipe:
    """The steps between a row as it is asked about and the row that the model sees."""

    def __init__(self, sql: str | None, columns: Sequence[InputColumn]) -> None:
        self._columns = tuple(columns)
        self._sql = (sql or _EVERYTHING).strip().rstrip(";")
        self._engine = _locked_engine()
        whole = f'WITH "input" AS ({self._asked()}) SELECT * FROM ({self._sql})'  # noqa: S608 - the recipe is SQL
        self._row = self._statement(whole)
        self._check = self._statement(self._asked())
        self.schema = self.apply(self._no_rows()).schema
        """What comes out, by name and Arrow type."""
        self._plain = all(_is_plain(field.type) for field in self.schema)

    def fit(self, table: pa.Table) -> pa.Table:
        """The needed columns brought to the contract's types; what doesn't fit becomes blank."""
        arrays = [_decoded(table.column(table.column_names.index(item.name))) for item in self._columns]
        raw = pa.table(arrays, names=[f"c{at}" for at in range(len(arrays))])
        casts = (
            f"{_cast(f'c{at}', item, arrays[at].type)} AS {quoted(item.name)}"
            for at, item in enumerate(self._columns)
        )
        query = f"SELECT {', '.join(casts)} FROM raw_rows"  # noqa: S608 - names quoted, types checked
        return self._over("raw_rows", raw, query)

    def apply(self, table: pa.Table) -> pa.Table:
        """The rows after the recipe: one for each, in the same order."""
        after = self._over("input", table, self._sql)
        if after.num_rows != table.num_rows:
            raise BundleError(
                f"The recipe made {after.num_rows} rows of {table.num_rows}.", "Export the bundle again."
            )
        return after

    def row(self, values: Mapping[str, Any]) -> pa.Table:
        """One row brought to its types and through the recipe, on the shortest way."""
        asked = [plain_value(values[item.name], item) for item in self._columns]
        result = self._run(self._row, asked)
        if not self._plain:
            return result.to_arrow_table()
        cells = result.fetchone()
        arrays = [pa.array([cell], field.type) for cell, field in zip(cells, self.schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=self.schema)

    def fitted_row(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """One row brought to its types alone."""
        asked = [plain_value(values[item.name], item) for item in self._columns]
        table = self._run(self._check, asked).to_arrow_table()
        return {item.name: table.column(at)[0].as_py() for at, item in enumerate(self._columns)}

    def _asked(self) -> str:
        casts = (f"TRY_CAST(? AS {_engine_type(item)}) AS {quoted(item.name)}" for item in self._columns)
        return f"SELECT {', '.join(casts)}"

    def _statement(self, sql: str) -> Any:
        try:
            return self._engine.extract_statements(sql)[0]
        except duckdb.Error as error:
            raise BundleError("The recipe can't be read.", "Export the bundle again.") from error

    def _no_rows(self) -> pa.Table:
        casts = (f"CAST(NULL AS {_engine_type(item)}) AS {quoted(item.name)}" for item in self._columns)
        return self._run(f"SELECT {', '.join(casts)} LIMIT 0").to_arrow_table()

    def _over(self, name: str, table: pa.Table, sql: str) -> pa.Table:
        self._engine.register(name, table)
        try:
            return self._run(sql).to_arrow_table()
        finally:
            self._engine.unregister(name)

    def _run(self, statement: Any, values: Sequence[Any] | None = None) -> Any:
        try:
            return self._engine.execute(statement, values)
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            raise BundleError(
                f"The recipe can't be run on these rows: {first}", "Check the values."
            ) from error


def quoted(name: str) -> str:
    """A column's name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def is_blank(table: pa.Table, name: str) -> pa.ChunkedArray:
    """Which cells of a column hold nothing, or nothing but spaces."""
    import pyarrow.compute as pc

    column = _decoded(table.column(table.column_names.index(name)))
    if kinds.is_string(column.type) or kinds.is_large_string(column.type):
        return pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True)
    return pc.is_null(column, nan_is_null=kinds.is_floating(column.type))


def _locked_engine() -> Any:
    engine = duckdb.connect(":memory:")
    engine.execute("SET autoinstall_known_extensions = false")
    engine.execute("SET autoload_known_extensions = false")
    engine.execute("SET python_enable_replacements = false")
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine


def _engine_type(column: InputColumn) -> str:
    if not _TYPE.fullmatch(column.engine_type):
        raise BundleError(
            f"The contract names no type for {column.name} that is known here.", "Export the bundle again."
        )
    return column.engine_type


def _cast(source: str, column: InputColumn, arrow: pa.DataType) -> str:
    wanted = _engine_type(column)
    if kinds.is_string(arrow) or kinds.is_large_string(arrow):
        text = source if wanted == "VARCHAR" else f"nullif(trim({source}), '')"
        return f"TRY_CAST({text} AS {wanted})"
    if wanted == "VARCHAR" and kinds.is_floating(arrow):
        whole = f"{source} = round({source}) AND abs({source}) < {_WHOLE}"
        number = f"CASE WHEN {whole} THEN CAST(CAST({source} AS BIGINT) AS VARCHAR)"
        return f"{number} ELSE CAST({source} AS VARCHAR) END"
    same = kinds.is_temporal(arrow) == (column.type == "time") and not kinds.is_nested(arrow)
    return f"TRY_CAST({source if same else f'CAST({source} AS VARCHAR)'} AS {wanted})"


def plain_value(value: Any, column: InputColumn) -> Any:
    """A single value as the engine takes it: names written as in a table, spaces around others gone."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool) and column.type == "text":
        return str(value).lower()
    if isinstance(value, float) and column.type == "text" and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    if isinstance(value, str) and column.type != "text":
        return value.strip() or None
    return value


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if kinds.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    if kinds.is_null(column.type):
        return column.cast(pa.string())
    return column


def _is_plain(arrow: pa.DataType) -> bool:
    return bool(
        kinds.is_boolean(arrow)
        or kinds.is_integer(arrow)
        or kinds.is_floating(arrow)
        or kinds.is_string(arrow)
        or kinds.is_date(arrow)
        or (kinds.is_timestamp(arrow) and arrow.tz is None)
    )
