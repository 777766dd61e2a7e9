"""Who listens is told, in order, until it leaves."""

from __future__ import annotations

from canvas_app.base.watch import Watch


def test_listeners_are_told_in_the_order_in_which_they_came() -> None:
    watch, told = Watch[int](), []
    watch(lambda value: told.append(("first", value)))
    watch(lambda value: told.append(("second", value)))
    watch.tell(7)

    assert told == [("first", 7), ("second", 7)]


def test_who_leaves_is_told_no_more_and_may_leave_twice() -> None:
    watch, told = Watch[int](), []
    leave = watch(told.append)
    leave()
    leave()
    watch.tell(7)

    assert told == []


def test_a_listener_may_leave_while_it_is_told() -> None:
    watch, told = Watch[int](), []

    def once(value: int) -> None:
        told.append(value)
        leave()

    leave = watch(once)
    watch(told.append)
    watch.tell(1)
    watch.tell(2)

    assert told == [1, 1, 2]
