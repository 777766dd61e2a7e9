from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from canvas_app.ui.grid.save_dialog import SaveDialog


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def test_the_ending_follows_the_format(parent: QWidget, tmp_path: Path) -> None:
    dialog = SaveDialog(parent, tmp_path / "trips", 10, 3)
    assert dialog.path() == tmp_path / "trips.csv"

    dialog.format.setCurrentIndex(1)
    assert dialog.path() == tmp_path / "trips.xlsx"
    dialog.file.setText(str(tmp_path / "my.trips"))
    assert dialog.path() == tmp_path / "my.trips.xlsx"


def test_the_guard_is_on_and_offered_where_it_matters(parent: QWidget, tmp_path: Path) -> None:
    dialog = SaveDialog(parent, tmp_path / "trips", 10, 3)
    assert dialog.guard.isChecked()
    assert not dialog.guard.isHidden()

    dialog.format.setCurrentIndex(2)
    assert dialog.guard.isHidden()


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [(2_000_000, 3, "1\u00a0048\u00a0575 rows"), (5, 20_000, "16\u00a0384 columns")],
)
def test_what_a_worksheet_can_not_hold_is_said_before(
    parent: QWidget, tmp_path: Path, rows: int, columns: int, words: str
) -> None:
    dialog = SaveDialog(parent, tmp_path / "trips", rows, columns)
    assert dialog.save.isEnabled()

    dialog.format.setCurrentIndex(1)
    assert words in dialog.words.text()
    assert not dialog.save.isEnabled()


def test_a_file_that_would_be_replaced_is_said(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "trips.csv").touch()
    dialog = SaveDialog(parent, tmp_path / "trips", 10, 3)

    assert "replaced" in dialog.words.text()
    for nameless in (" ", "/", "."):
        dialog.file.setText(nameless)
        assert (dialog.words.text(), dialog.save.isEnabled()) == ("Give the file a name.", False)
