"""None, True and False last as long as the process, whatever the Qt binding does with them.

WORKAROUND: PySide6 6.12.0 gives up a reference to None with every call that returns nothing. From Python
3.12 on that is harmless, because None can't die (https://peps.python.org/pep-0683/); on 3.11 the window
would abort with "deallocating None" after some ten thousand calls, seconds of drawing. Drop this with
Python 3.11.
"""

from __future__ import annotations

import ctypes
import sys

ENOUGH = 1 << 60
"""More references than can be given up in a lifetime, and few enough that adding some can't overflow."""


def keep_singletons() -> None:
    """Add so many references to the singletons that they can't run out; nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12) or hasattr(sys, "gettotalrefcount"):
        return
    for one in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(one))
        if count.value < ENOUGH:
            count.value += ENOUGH
