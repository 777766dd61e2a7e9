"""Importing a large CSV file: at most 1.3 times DuckDB's own COPY, below 1.5 GB of memory."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

TIMES = 1.3
MEMORY = 1_500
"""Megabytes."""
_ROWS = 1_600_000
_FULL = 10_500_000
"""About a gigabyte."""


def main() -> int:
    """Write a file of mixed types; import it with DuckDB, with us and, in full, with pandas."""
    full = "--full" in sys.argv
    with tempfile.TemporaryDirectory() as place:
        os.environ["CANVAS_APP_HOME"] = place
        path = Path(place) / "mixed.csv"
        _write(path, _FULL if full else _ROWS)
        print(f"{path.stat().st_size / 1e6:,.0f} MB of mixed types")
        theirs, _ = _measured("DuckDB's COPY", _duckdb, path)
        ours, memory = _measured("ours", _ours, path)
        if full:
            pandas, _ = _measured("pandas", _pandas, path)
            print(f"{pandas / ours:.1f} times faster than pandas")
    times = ours / theirs
    kept = times <= TIMES and memory <= MEMORY
    print(f"promised: at most {TIMES} times DuckDB's, below {MEMORY:,} MB")
    print(f"{times:.2f} times, {memory:,.0f} MB: {'kept' if kept else 'missed'}")
    return int(not kept)


def _write(path: Path, rows: int) -> None:
    import duckdb

    columns = """
        i AS id,
        (hash(i) % 100000) / 100.0 AS price,
        hash(i, 1) % 500 AS qty,
        'customer ' || (hash(i, 2) % 9000) AS name,
        DATE '2015-01-01' + CAST(hash(i, 3) % 3000 AS INTEGER) AS day,
        ['red', 'green', 'blue, dark'][CAST(1 + hash(i, 4) % 3 AS INTEGER)] AS colour,
        TIMESTAMP '2020-01-01' + to_seconds(CAST(hash(i, 5) % 9000000 AS BIGINT)) AS seen,
        hash(i, 6) % 2 = 0 AS paid,
        CASE WHEN hash(i, 7) % 10 > 0 THEN hash(i, 8) % 1000000 / 1000.0 END AS weight
    """
    duckdb.execute(f"COPY (SELECT {columns} FROM range({rows}) AS r(i)) TO '{path}' (HEADER, DELIMITER ',')")


def _measured(name: str, work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Seconds, and the most memory in megabytes, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[tuple[float, float]] = context.Queue()
    child = context.Process(target=_timed, args=(work, path, queue))
    child.start()
    seconds, memory = queue.get()
    child.join()
    print(f"{name}: {seconds:.1f} s, {memory:,.0f} MB")
    return seconds, memory


def _timed(
    work: Callable[[Path], None], path: Path, queue: multiprocessing.Queue[tuple[float, float]]
) -> None:
    began = time.perf_counter()
    work(path)
    seconds = time.perf_counter() - began
    queue.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _duckdb(path: Path) -> None:
    import duckdb

    target = path.with_name("theirs.parquet")
    duckdb.execute(f"COPY (FROM read_csv('{path}')) TO '{target}' (FORMAT parquet)")


def _ours(path: Path) -> None:
    from canvas_app.data.engine import Engine
    from canvas_app.data.engine_errors import UnfitRows
    from canvas_app.data.sources.csv_file import CsvFile

    source = CsvFile(path=str(path))
    with Engine() as engine:
        target = path.with_name("ours.parquet")
        try:
            engine.write_parquet(source.scan(engine, quick=True).table, target)
        except UnfitRows:
            print("not quick")
            engine.write_parquet(source.scan(engine).table, target)


def _pandas(path: Path) -> None:
    import pandas

    pandas.read_csv(path).to_parquet(path.with_name("pandas.parquet"))


if __name__ == "__main__":
    sys.exit(main())
