"""Observers without a toolkit: who wants to know is told, and can stop listening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Watch(Generic[T]):
    """A list of listeners that are told one value at a time, in the order they came."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def __call__(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Listen from now on; the answer ends it."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def tell(self, value: T) -> None:
        """Tell everyone who listens now."""
        for listener in tuple(self._listeners):
            listener(value)
