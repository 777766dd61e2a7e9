"""Pools that leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from canvas_app.jobs.pool import Pool


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(1)
    yield made
    made.close()
