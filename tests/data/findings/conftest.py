from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from canvas_app.data.engine import Engine
from canvas_app.data.examined import examined
from canvas_app.data.finding import Finding, Found

Looked = Callable[..., list[Found]]


@pytest.fixture
def looked(engine: Engine) -> Looked:
    """Let a finding look at a table: ``looked(Blanks(), age=[1, None])``, with ``target`` and ``before``."""

    def look(
        finding: Finding, target: str = "", before: dict[str, list[Any]] | None = None, **columns: list[Any]
    ) -> list[Found]:
        earlier = engine.from_rows(before) if before is not None else None
        with examined(engine.from_rows(columns), before=earlier) as table:
            return list(finding.look(table, target))

    return look
