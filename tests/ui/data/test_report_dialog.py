"""The whole report can be read, and saved as one file."""

import pytest
from PySide6.QtWidgets import QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.data.dataset import Dataset
from canvas_app.data.finding import Fix, Found
from canvas_app.data.health import ColumnPower, HealthReport
from canvas_app.data.quick_model import QuickModel
from canvas_app.data.schema import Schema
from canvas_app.ui.data.report_dialog import ReportDialog, facts_of

FOUND = tuple(
    Found("blanks", f"c{at}", "low", f"blanks in c{at}", "1 row", {}, Fix("Fill missing", "fill_missing", {}))
    for at in range(9)
)
REPORT = HealthReport(
    rows=48_842,
    columns=3,
    looked_at=48_842,
    missing=0.01,
    duplicates=29,
    target="won",
    target_shares=(("no", 0.7), ("yes", 0.3)),
    found=FOUND,
    metric="AUC",
    powers=(ColumnPower("age", 0.75), ColumnPower("town", 0.5)),
    sampled=10_000,
    quick=QuickModel("AUC", 0.86, 10_000, 3, 2, "two categories"),
)


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dataset = Dataset("adult", 2, "abc", Schema(), 48_842, 1)
    made = ReportDialog(parent, dataset, REPORT, lambda found: False)
    made.show()
    yield made
    parent.close()


def test_it_lists_everything(dialog):
    assert len(dialog.found.lines) == len(FOUND)
    assert "models on 10" in facts_of(REPORT)


def test_it_is_saved_as_one_file(dialog, tmp_path):
    dialog.save_to(tmp_path / "report.html")

    assert "<svg" in (tmp_path / "report.html").read_text()


def test_a_place_that_cannot_be_written_is_told(dialog, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CanvasError):
        dialog.save_to(tmp_path / "file" / "report.html")


def test_a_fix_closes_it(dialog):
    wanted: list[Found] = []
    dialog.found.fix_wanted.connect(wanted.append)
    dialog.accepted.connect(lambda: wanted.append(FOUND[1]))
    dialog.found.lines[0].button.click()

    assert sorted(item.column for item in wanted) == ["c0", "c1"]
