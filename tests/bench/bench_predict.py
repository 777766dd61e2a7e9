"""A bundle's answer to one row, in-process: below 3 ms at the median."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

PROMISED = 3.0
"""Milliseconds."""
_FORMATS = ("lightgbm", "xgboost", "forest", "linear")


def main() -> int:
    """Export small models of every format, ask each a thousand times, and say the median and the p99."""
    from canvas_app.bundle.export_job import ExportJob
    from canvas_app.bundle.read import load_bundle
    from canvas_app.jobs.job import Quiet
    from tests.small_model import small_rows, write_small_model

    times = 5_000 if "--full" in sys.argv else 1_000
    rows = small_rows(times, seed=5).to_pylist()
    missed = 0
    with tempfile.TemporaryDirectory() as place:
        os.environ["CANVAS_APP_HOME"] = place
        for held in _FORMATS:
            model = write_small_model(Path(place) / held, format=held)
            exported = ExportJob(str(model), f"{place}/bundle-{held}").run(Quiet())
            predictor = load_bundle(Path(exported.path))
            spans = []
            for row in rows:
                began = time.perf_counter()
                predictor.answer_row(row)
                spans.append((time.perf_counter() - began) * 1000)
            median, p99 = statistics.median(spans), statistics.quantiles(spans, n=100)[98]
            missed += median > PROMISED
            print(f"one row, {held} held as {exported.format}: median {median:.2f} ms, p99 {p99:.2f} ms")
    print(f"promised: median at most {PROMISED:g} ms: {'missed' if missed else 'kept'}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
