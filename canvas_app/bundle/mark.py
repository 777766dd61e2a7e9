"""Tells what was made by this installation: a mark that only its key can make."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from canvas_app.base.home import home
from canvas_app.data.files import file_errors

_BYTES = 32
_NAME = "installation.key"


def mark(content: bytes) -> str:
    """The mark of this installation on these bytes, in hexadecimal."""
    return hmac.new(_key(), content, hashlib.sha256).hexdigest()


def is_marked(content: bytes, found: str) -> bool:
    """Whether the mark that was found is this installation's own; one without a key has made none."""
    try:
        key = (home() / _NAME).read_bytes()
    except OSError:
        return False
    own = hmac.new(key, content, hashlib.sha256).hexdigest()
    return len(key) == _BYTES and hmac.compare_digest(own.encode(), found.encode())


def _key() -> bytes:
    """The key, drawn at random when first needed; nobody else can read its file."""
    with file_errors(Path(_NAME)):
        path = home() / _NAME
        if not path.exists():
            _draw(path)
        return path.read_bytes()


def _draw(path: Path) -> None:
    """Write the key under a name of its own first, so that two that start at once agree on one."""
    temp = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, secrets.token_bytes(_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(temp, path)
    except FileExistsError:
        pass
    except OSError:
        temp.replace(path)  # a file system without links
    finally:
        temp.unlink(missing_ok=True)
