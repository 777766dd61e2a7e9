"""The strip below names the job that its button stops."""

from PySide6.QtWidgets import QPushButton

from canvas_app.data.import_job import ImportJob
from canvas_app.data.source import source_for
from canvas_app.ui.bridge import UiPool
from canvas_app.ui.status import Status


class Waiting:
    """A runner whose jobs do not end."""

    def submit(self, job, *, progress=None, outcome=None):
        del job, progress, outcome
        return self

    def stop(self):
        """End nothing."""

    def close(self):
        """There is nothing to end."""


def test_the_button_that_stops_is_named_after_the_job(qtbot, tmp_path):
    runner = UiPool(Waiting())
    status = Status(runner)
    qtbot.addWidget(status)
    job = ImportJob.of(source_for(tmp_path / "sales.csv"), tmp_path)
    runner.submit(job)
    stop = next(item for item in status.findChildren(QPushButton) if item.text() == "Stop")

    assert not stop.isHidden()
    assert stop.accessibleName() == f"Stop job: {runner.works()[0].title}"
    runner.close()
