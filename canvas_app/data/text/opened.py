"""The bytes of a file, unpacked on the way where it is compressed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow


def opened(path: Path) -> pyarrow.NativeFile:
    """The bytes of the file, unpacked if its name ends in .gz or .zst; raises ``OSError``."""
    import pyarrow

    if not path.exists():
        raise FileNotFoundError(path)
    with path.open("rb"):
        pass  # Arrow's own errors lack the number by which the system tells folders from locked files
    return pyarrow.input_stream(str(path), compression="detect")
