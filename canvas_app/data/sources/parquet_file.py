"""Tables in Parquet files: one file, a folder of them, or those that fit a pattern."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json, field
from canvas_app.data.differing_columns import differing_columns, named_types
from canvas_app.data.engine import Engine, literal, select, told, without_patterns
from canvas_app.data.file_set import files_of, is_many, root_of
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.jobs.job import Report
from canvas_app.jobs.part import Part


class ParquetFile(FileSource):
    """A Parquet file or a folder of them, whose columns bring their names and types along."""

    spec = SourceSpec(
        kind="parquet_file",
        title="Parquet",
        group="Files",
        icon="ph.file",
        example={"path": "titanic.parquet"},
        suffixes=(".parquet", ".parq", ".pq"),
        signatures=((0, b"PAR1"),),
        folders=True,
    )

    partitions: Literal["auto", "yes", "no"] = field(
        "Columns from folder names",
        default="auto",
        labels=("Find out", "Yes", "No"),
        help="Folders called year=2024 become a column year.",
    )

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The table as its files tell it; columns of the same name belong together."""
        del quick
        path = Path(self.path)
        scan = self._many(engine, path, report) if is_many(path) else Scan(engine.read_parquet(path))
        if engine.count(scan.table) == 0:
            raise CanvasError(
                f"{path.name} has columns but no rows.", hint="Choose a file that holds at least one row."
            )
        return scan

    def _many(self, engine: Engine, path: Path, report: Report | None) -> Scan:
        found, root = files_of(path), root_of(path)
        types = {}
        for place, file in enumerate(found):
            if report is not None:
                Part.of(report, place, len(found))(0.0, "Reading the columns")
            types[file.relative_to(root).as_posix()] = _columns(file)
        keys = self._keys(found, root)
        listed = ", ".join(literal(without_patterns(file)) for file in found)
        options = f"union_by_name = true, hive_partitioning = {str(bool(keys)).lower()}"
        table = engine.view(select("*", f"read_parquet([{listed}], {options})"))
        notes = [f"{len(found):,} files were read as one table.", *differing_columns(types)]
        if keys:
            notes.append(f"Columns from the names of folders: {', '.join(keys)}.")
        value: dict[str, Json] = {"partitions": "yes" if keys else "no"}
        return Scan(table, tuple(notes), found=value)

    def _keys(self, found: tuple[Path, ...], root: Path) -> tuple[str, ...]:
        """The names that folders below ``root`` give to columns; every file must lie in such folders."""
        if self.partitions == "no":
            return ()
        keys = {
            tuple(part.split("=", 1)[0] for part in file.relative_to(root).parts[:-1] if "=" in part)
            for file in found
        }
        if len(keys) == 1:
            return keys.pop()
        if self.partitions == "yes":
            raise CanvasError(
                f"The folders in {root.name} are not named alike: not every file lies in folders "
                "such as year=2024.",
                hint="Switch off the columns from folder names, or choose a folder further inside.",
            )
        return ()


def _columns(file: Path) -> dict[str, str]:
    """The columns of one file with their types in words."""
    import pyarrow.parquet

    with told(file):
        return named_types(pyarrow.parquet.read_schema(file))
