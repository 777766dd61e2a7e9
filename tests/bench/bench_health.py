"""How long the health report takes on each data set of a folder. Promised: below 10 s for 50,000 rows.

The folder is ``CANVAS_DATA`` or ``../shared/data``; its ``manifest.json`` names files and targets. Larger
tables are held to the same, since a sample of them is looked at.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from canvas_app.data.engine import Engine
from canvas_app.data.health_job import HealthJob
from canvas_app.data.source import source_for
from canvas_app.jobs.job import Done
from canvas_app.jobs.pool import Pool

FOLDER = Path(os.environ.get("CANVAS_DATA", Path(__file__).parents[3] / "shared" / "data"))
PROMISED = 10.0


def measure(pool: Pool, path: Path, target: str) -> tuple[float, Done]:
    """Seconds until the report is there, by a worker that has done nothing before."""
    outcomes: list[Done] = []
    before = time.monotonic()
    pool.submit(HealthJob(str(path), target), outcome=outcomes.append)
    while not outcomes:
        time.sleep(0.01)  # a benchmark waits for another process
    return time.monotonic() - before, outcomes[0]


def main() -> int:
    """Each data set in turn."""
    slow = 0
    listed = json.loads((FOLDER / "manifest.json").read_text())
    with tempfile.TemporaryDirectory() as scratch:
        pool = Pool(1)
        for item in listed["datasets"] if isinstance(listed, dict) else listed:
            path = Path(scratch) / f"{item['name']}.parquet"
            with Engine() as engine:
                engine.write_parquet(source_for(FOLDER / item["file"]).scan(engine).table, path)
            seconds, outcome = measure(pool, path, item["target"])
            found = outcome.value
            quick = f"{found.quick.metric} {found.quick.score:.3f}" if found.quick else found.why_not
            size = f"{item['name']:<20} {found.rows:>8,} rows"
            print(f"{size} {seconds:6.1f} s {len(found.found):>3} found {quick}")
            slow += seconds > PROMISED
        pool.close()
    print(f"{slow} of them took longer than {PROMISED:g} s")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
