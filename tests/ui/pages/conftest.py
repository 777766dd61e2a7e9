"""A project on a stage, and pages on it with models to show."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from canvas_app.ui.page import Page
from tests.ui.stage import Stage, kept_model


@pytest.fixture
def stage(qtbot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage.raised(tmp_path / "study")
    yield made
    made.close()


@pytest.fixture
def shown_with(stage: Stage, tmp_path: Path, qtbot) -> Callable[..., Page]:
    """Shows a page of a project with models of some kinds."""

    def show(page: type[Page], *kinds: str) -> Page:
        for kind in kinds:
            kept_model(stage.session, kind, tmp_path)
        made = stage.show(page)
        qtbot.addWidget(made)
        return made

    return show
