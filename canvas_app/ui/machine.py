"""What the window and its workers take of the machine."""

from __future__ import annotations


def memory_in_use() -> int:
    """Bytes of memory held by this process and its children."""
    import psutil

    here = psutil.Process()
    total = int(here.memory_info().rss)
    for child in here.children(recursive=True):
        try:
            total += int(child.memory_info().rss)
        except psutil.Error:
            continue
    return total
