from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from canvas_app.ui.data.together import Together, are_alike


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (["a.csv"], False),
        (["a.csv", "b.CSV"], True),
        (["a.csv", "b.xlsx"], False),
        (["a.csv", "a.csv.gz"], False),
    ],
)
def test_files_are_alike_by_the_endings_of_their_names(names: list[str], alike: bool) -> None:
    assert are_alike([Path(name) for name in names]) is alike


@pytest.mark.parametrize(("choice", "together"), [("one", True), ("each", False)])
def test_the_answer_is_told(qtbot: Any, choice: str, together: bool) -> None:
    said: list[bool] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    question = Together(parent, [Path(f"{at}.csv") for at in range(6)], said.append)
    question.open()
    assert "0.csv, 1.csv, 2.csv, 3.csv and 2 more" in question.text()
    getattr(question, choice).click()

    assert said == [together]
