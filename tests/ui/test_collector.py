"""Cycles wait for the window's thread, and are collected there."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from canvas_app.ui.collector import Collector


@pytest.fixture
def collector(qapp):
    parent = QObject()
    yield Collector(parent)
    gc.disable()  # as all tests have it, whenever Qt takes the parent apart


class Cycle:
    """Something that only the collector can take apart."""

    ended: list[str] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.ended.append(threading.current_thread().name)


def test_a_worker_thread_takes_nothing_apart(collector):
    def work() -> None:
        Cycle()
        kept = [[number] for number in range(100_000)]
        assert kept

    Cycle.ended.clear()
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert Cycle.ended == []

    collector.collect()
    gc.collect()
    assert Cycle.ended == [threading.main_thread().name]
