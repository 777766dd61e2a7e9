"""Cycles wait for the window's thread, and are collected there."""

from __future__ import annotations

import gc
import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject

from canvas_app.ui.collector import Collector


@pytest.fixture
def parent(qapp):
    parent = QObject()
    yield parent
    if shiboken6.isValid(parent):
        shiboken6.delete(parent)


@pytest.fixture
def switched_on():
    gc.enable()
    yield
    gc.disable()  # as all tests have it


class Cycle:
    """Something that only the collector can take apart."""

    ended: list[str] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.ended.append(threading.current_thread().name)


def test_a_worker_thread_takes_nothing_apart(parent):
    collector = Collector(parent)

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


def test_python_collects_again_after_it(parent, switched_on):
    Collector(parent)
    assert not gc.isenabled()

    shiboken6.delete(parent)
    assert gc.isenabled()


def test_what_was_off_before_stays_off(parent):
    Collector(parent)
    shiboken6.delete(parent)

    assert not gc.isenabled()
