"""How the table keeps up: scrolling ten million rows of 20 columns, and 1,000 rows of 10,000 columns.

A frame: from moving the scroll bar until the table has been painted for it, on a window of full size that
lies on no screen unless ``QT_QPA_PLATFORM`` names one. A jump: from asking for a row far away until its cells
are there and painted. Promised: every frame at most 16 ms, the first rows of a far jump within 100 ms, also
sorted and filtered; what it costs to sort once is told. Of wide tables only what is on the screen
may be read, the pictures in the header too. Processor time is told too, since a busy machine makes all late.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from canvas_app.base.spec import Condition
from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable

FRAME, JUMP = 16.0, 100.0
"""Milliseconds."""
SIZE = (1920, 1000)
TALL, WIDE = 10_000_000, 10_000
PATIENCE = 120.0
"""Seconds after which the benchmark gives up."""


class Painted(QObject):
    """Counts how often a table has been painted."""

    def __init__(self, grid: TableGrid) -> None:
        super().__init__(grid)
        self.times = 0
        grid.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is about to be painted; nothing is kept from it."""
        self.times += event.type() == QEvent.Type.Paint
        return False


class Counted(ParquetTable):
    """A file that remembers the columns whose profiles were asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.profiled: list[str] = []

    def profiles(self, engine: Engine, columns: Sequence[str]) -> Any:
        """What is in some of the columns."""
        self.profiled += columns
        return super().profiles(engine, columns)


class Hand:
    """Operates a table and takes the times."""

    def __init__(self, grid: TableGrid) -> None:
        self.grid = grid
        self.missed = 0
        self.processor: list[float] = []
        """Milliseconds of this thread's processor time, frame by frame."""
        self._painted = Painted(grid)

    def until(self, done: Callable[[], bool]) -> float:
        """Milliseconds until something is so."""
        began = time.perf_counter()
        while not done():
            QCoreApplication.processEvents()  # (noqa: house) a program without an event loop
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError("The table did not get there.")
        return (time.perf_counter() - began) * 1000

    def frame(self, deed: Callable[[], object]) -> float:
        """Milliseconds until the table has been painted for something."""
        before = self._painted.times
        began, used = time.perf_counter(), time.thread_time()
        deed()
        self.until(lambda: self._painted.times > before)
        self.processor.append((time.thread_time() - used) * 1000)
        return (time.perf_counter() - began) * 1000

    def scroll(self, what: str, bar: Any, places: Sequence[int]) -> None:
        """Move a scroll bar from place to place as a hand does, 60 times a second."""
        taken, self.processor = [], []
        for place in places:
            began = time.perf_counter()
            taken.append(self.frame(lambda place=place: bar.setValue(place)))  # type: ignore[misc]  # mypy: a default
            self.until(lambda began=began: time.perf_counter() - began >= FRAME / 1000)  # type: ignore[misc]
        self.tell(what, taken, FRAME)

    def jumps(self, what: str, rows: Sequence[int], section: int = 0) -> None:
        """Go to rows far away, and wait until they are painted."""
        taken, self.processor = [], []
        for row in rows:
            began = time.perf_counter()
            self.grid.jump(row + 1)
            self.until(lambda row=row: self.is_here(row, section))  # type: ignore[misc]  # mypy: a default
            self.frame(self.grid.view.viewport().update)
            taken.append((time.perf_counter() - began) * 1000)
            self.until(lambda: not self.grid.questions.busy())
        self.tell(what, taken, JUMP)

    def is_here(self, row: int, section: int) -> bool:
        """Whether a cell has come."""
        return self.grid.model.data(self.grid.model.index(row, section)) is not None

    def tell(self, what: str, taken: list[float], promised: float) -> None:
        """Say how long things took, and whether the longest is within what is promised."""
        kept = max(taken) <= promised
        self.missed += not kept
        middle, high = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
        print(
            f"{what}: p50 {middle:.1f} ms, p99 {high:.1f} ms, longest {max(taken):.1f} ms "
            f"(at most {promised:g}: {'kept' if kept else 'missed'}); "
            f"processor p50 {statistics.median(self.processor):.1f}, longest {max(self.processor):.1f} ms",
            flush=True,
        )


def main() -> int:
    """Measure both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="600 frames each instead of 200")
    frames = 600 if parser.parse_args().full else 200
    from canvas_app.ui.app import start

    application = start()
    with tempfile.TemporaryDirectory() as place:
        os.environ["CANVAS_APP_HOME"] = str(Path(place) / "home")
        tall, wide = Path(place) / "tall.parquet", Path(place) / "wide.parquet"
        generate(tall, wide)
        missed = measured(tall, measure_tall, frames) + measured(wide, measure_wide, frames)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    del application
    return int(missed > 0)


def generate(tall: Path, wide: Path) -> None:
    """Numbers, texts, dates and blanks."""
    numbers = [f"(range * {7919 * at + 13}) % 1000003 AS whole_{at}" for at in range(8)]
    numbers += [f"random() * {at + 1} AS number_{at}" for at in range(5)]
    texts = [f"'t' || ((range * {at + 31}) % {10 ** (at + 1)}) AS text_{at}" for at in range(4)]
    rest = ["DATE '2000-01-01' + ((range % 9000)::INT) AS day", "range % 3 = 0 AS switch"]
    rest += ["CASE WHEN range % 7 > 0 THEN range END AS number"]
    columns = [f"((range * {at + 7}) % 997) / 7 AS c{at}" for at in range(WIDE)]
    with Engine() as engine:
        engine.run(copied(f"SELECT {', '.join(numbers + texts + rest)} FROM range({TALL})", tall))
        engine.run(copied(f"SELECT {', '.join(columns)} FROM range(1000)", wide))


def copied(query: str, path: Path) -> str:
    """SQL that writes a Parquet file."""
    return f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"


def measured(path: Path, measure: Callable[[Hand, Counted, int], None], frames: int) -> int:
    """Show a file in a table of its own and measure it; gives how many promises were missed."""
    lane = PreviewLane()
    grid = TableGrid(lane)
    grid.resize(*SIZE)
    grid.show()
    hand = Hand(grid)
    try:
        measure(hand, Counted(path), frames)
    finally:
        lane.close()
        grid.close()
    return hand.missed


def opened(hand: Hand, table: Counted, rows: int) -> None:
    """Open a table and say how long it takes."""
    grid = hand.grid
    grid.show_table(table)
    first = hand.until(lambda: grid.model.rowCount() > 0 and hand.is_here(0, 0))
    rest = hand.until(lambda: grid.model.rowCount() == rows and not grid.questions.busy())
    print(f"opened: first rows after {first:.0f} ms, all that is on the screen after {first + rest:.0f} ms")


def measure_tall(hand: Hand, table: Counted, frames: int) -> None:
    """Ten million rows: as they are, sorted, and filtered."""
    grid = hand.grid
    print(f"{TALL:,} rows x 20 columns")
    opened(hand, table, TALL)
    measure_arrangement(hand, "own order", frames)
    began = time.perf_counter()
    grid.sort(1, True)
    hand.until(lambda: hand.is_here(grid.view.visible_rows()[0], 0))
    first = time.perf_counter() - began
    hand.until(lambda: not grid.questions.busy())
    print(f"sorted once: first rows after {first:.1f} s, all rows in {time.perf_counter() - began:.1f} s")
    measure_arrangement(hand, "sorted", frames)
    grid.sort(1, None)
    began = time.perf_counter()
    grid.filter([Condition(column="whole_0", operator="less than", value="300000")])
    hand.until(lambda: grid.model.rowCount() < TALL and not grid.questions.busy())
    print(f"filtered once: {time.perf_counter() - began:.2f} s for {grid.model.rowCount():,} rows left")
    measure_arrangement(hand, "filtered", frames)


def measure_arrangement(hand: Hand, name: str, frames: int) -> None:
    """Scroll by the wheel, drag the bar, jump."""
    grid, chance = hand.grid, random.Random(1)
    bar, rows = grid.view.verticalScrollBar(), grid.model.rowCount()
    start = rows // 2
    hand.scroll(f"{name}, wheel", bar, [start + 3 * step for step in range(frames)])
    hand.scroll(f"{name}, bar dragged", bar, [rows * step // frames for step in range(frames)])
    hand.jumps(f"{name}, jump", [chance.randrange(rows) for _ in range(20)])


def measure_wide(hand: Hand, table: Counted, frames: int) -> None:
    """Ten thousand columns."""
    grid, chance = hand.grid, random.Random(1)
    print(f"1,000 rows x {WIDE:,} columns")
    opened(hand, table, 1000)
    print(f"profiles asked for when opened: {len(table.profiled)} of {WIDE:,}")
    aside, down = grid.view.horizontalScrollBar(), grid.view.verticalScrollBar()
    hand.scroll("sideways", aside, [40 * step for step in range(frames)])
    hand.scroll("bar dragged sideways", aside, [aside.maximum() * step // frames for step in range(frames)])
    hand.scroll("down", down, [3 * step % 900 for step in range(1, frames)])
    taken = []
    for section in [chance.randrange(WIDE) for _ in range(20)]:
        began = time.perf_counter()
        grid.jump_to_column(f"c{section}")
        row = grid.view.visible_rows()[0]
        hand.until(lambda row=row, section=section: hand.is_here(row, section))  # type: ignore[misc]
        taken.append((time.perf_counter() - began) * 1000)
        hand.until(lambda: not grid.questions.busy())
    hand.tell("jump to a column", taken, 2 * JUMP)
    print(f"profiles asked for in all: {len(set(table.profiled))} of {WIDE:,}")


if __name__ == "__main__":
    sys.exit(main())
