"""Tells whether memory ran out, as far as the system says."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_COUNTS = (
    "/proc/vmstat",
    "/sys/fs/cgroup/memory.events",
    "/sys/fs/cgroup/memory/memory.oom_control",
)
"""Of the machine, and of the container in either way that Linux counts for one."""
_NEARLY = 0.03
"""Less than this share of memory left is next to nothing."""


def kills() -> int:
    """How many processes the system has ended for want of memory; 0 where it doesn't count them."""
    return sum(_count(path) for path in _COUNTS)


def nearly_full() -> bool:
    """Whether next to no memory is left now."""
    import psutil

    memory = psutil.virtual_memory()
    return bool(memory.available < memory.total * _NEARLY)


def _count(path: str) -> int:
    with suppress(OSError, ValueError):
        for line in Path(path).read_text("utf-8").splitlines():
            name, _, number = line.partition(" ")
            if name == "oom_kill":
                return int(number)
    return 0
