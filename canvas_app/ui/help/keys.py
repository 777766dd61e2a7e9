"""By what the topics of the help are named."""

from __future__ import annotations

KEYS = "keys"


def page_key(kind: str) -> str:
    """The key of a page's topic."""
    return f"page:{kind}"


def node_key(kind: str) -> str:
    """The key of the topic of a kind of node."""
    return f"node:{kind}"
