"""Measures what is promised: every ``bench_*.py`` here, or those named, one after the other.

.venv/bin/python -m tests.bench                the short runs (some minutes)
.venv/bin/python -m tests.bench --full         as long as the promises say (about an hour)
.venv/bin/python -m tests.bench window predict
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the benchmarks as programs of their own, so that none warms another's caches."""
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(names)}")
    parser.add_argument("--full", action="store_true")
    wanted = parser.parse_args()
    failed = 0
    for name in wanted.names or names:
        print(f"== {name}", flush=True)
        command = [sys.executable, str(HERE / f"bench_{name}.py"), *(["--full"] if wanted.full else [])]
        failed += subprocess.run(command, cwd=HERE.parents[1], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
