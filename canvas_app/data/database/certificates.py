"""Who is trusted to say that a database server is the one it claims to be."""

from __future__ import annotations

import ssl


def trusted() -> str:
    """The file of the authorities that this system trusts, or of those that came with the application."""
    import certifi

    return ssl.get_default_verify_paths().cafile or certifi.where()
