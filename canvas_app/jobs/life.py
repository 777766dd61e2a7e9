"""A worker lives no longer than the application that started it, and neither do its own children."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

_PR_SET_PDEATHSIG = 1
_SACRIFICE = "800"
"""Out of memory, Linux ends this process long before the window."""
_NICE = 10


def settle(parent: int) -> tuple[BinaryIO, BinaryIO]:
    """Tie this process to its parent and give its two pipes, which nothing else here can reach.

    Whatever a library prints goes to the log, and what it starts inherits neither pipe.
    """
    _die_with(parent)
    orders = os.dup(sys.stdin.fileno())
    answers = os.dup(sys.stdout.fileno())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    _post_guard(orders)
    _step_back()
    return os.fdopen(orders, "rb"), os.fdopen(answers, "wb")


def end_group() -> NoReturn:
    """End this process and all that it started, at once."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    elif os.name == "nt":
        _end_children()
    os._exit(1)


def _die_with(parent: int) -> None:
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _post_guard(orders: int) -> None:
    """Leave a small process that waits for the parent's end of the pipe to close, then ends the group.

    The kernel's signal above reaches this process alone: what it had started would live on. The guard
    is forked before anything is loaded or any thread started, and only ever waits.
    """
    if not hasattr(os, "fork") or os.fork():
        return
    for handle in (1, 2):
        os.close(handle)
    os.closerange(3, orders)
    os.closerange(orders + 1, orders + 64)
    watch = select.poll()
    watch.register(orders, 0)
    while not any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in watch.poll()):
        pass
    os.killpg(0, signal.SIGKILL)


def _step_back() -> None:
    """Let the window go first: for the processor, and for memory."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICE)
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        with suppress(OSError):
            score.write_text(_SACRIFICE)


def _end_children() -> None:
    import psutil

    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            child.kill()
