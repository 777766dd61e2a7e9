"""Memory is blamed for the end of a process only where the system gives a sign of it."""

from __future__ import annotations

import signal

import pytest

from canvas_app.jobs import shortage
from canvas_app.jobs.child import how_it_ended


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal there")
def test_a_kill_is_blamed_on_memory_only_with_a_sign_of_it():
    assert "ended from outside (signal 9)" in how_it_ended(-signal.SIGKILL)
    assert "most likely because memory ran out" in how_it_ended(-signal.SIGKILL, True)
    assert "SIGSEGV" in how_it_ended(-signal.SIGSEGV, True)


def test_the_kills_of_machine_and_container_are_counted(tmp_path, monkeypatch: pytest.MonkeyPatch):
    vmstat, events = tmp_path / "vmstat", tmp_path / "events"
    vmstat.write_text("nr_free_pages 12\noom_kill 3\n")
    events.write_text("oom 1\noom_kill 2\noom_group_kill 0\n")
    monkeypatch.setattr(shortage, "_COUNTS", (str(vmstat), str(events), str(tmp_path / "gone")))

    assert shortage.kills() == 5
