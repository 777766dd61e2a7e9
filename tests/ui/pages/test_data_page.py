from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSplitter

from canvas_app.data.engine import Engine
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.change import Change
from canvas_app.project.project import Project
from canvas_app.project.session import Session
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.page import Page
from canvas_app.ui.pages.data_page import DataPage


class Surroundings:
    """A frame without a window: it remembers where a page wanted to go."""

    def __init__(self, session: Session, runner: UiPool, lane: PreviewLane) -> None:
        self.session = session
        self.runner = runner
        self.lane = lane
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.remembered: dict[str, Any] = {}

    def go(self, kind: str, **arguments: Any) -> None:
        self.went.append((kind, arguments))

    def keep_sizes(self, name: str, splitter: QSplitter) -> None:
        splitter.setObjectName(name)

    def recall(self, name: str) -> Any:
        return self.remembered.get(name, {})

    def remember(self, name: str, state: Any) -> None:
        self.remembered[name] = state


@pytest.fixture
def page(qtbot: Any, tmp_path: Path) -> Iterator[DataPage]:
    """The page of a new project."""
    runner = UiPool(InlinePool())
    lane = PreviewLane(lambda: Engine(scratch=tmp_path / "lane", memory="500MB", threads=2))
    session = Session.create(tmp_path / "project", "Study", runner)
    page = DataPage(Surroundings(session, runner, lane))  # type: ignore[arg-type]  # what this page asks
    qtbot.addWidget(page)
    page.build_up()
    page.refresh(Change(Project(), session.project, models=True))
    leave = session.changed(page.refresh)
    page.resize(1200, 800)
    page.show()
    yield page
    leave()
    lane.close()
    runner.close()
    session.close()


@pytest.fixture
def imported(qtbot: Any, page: DataPage, samples: Path) -> Callable[..., None]:
    """Imports files of the samples, or others, and waits for them."""

    def bring(*names: str | Path) -> None:
        there = len(page.session.project.datasets)
        page.bring([samples / name for name in names])
        qtbot.waitUntil(lambda: len(page.session.project.datasets) == there + len(names), timeout=20_000)

    return bring


def facts(page: DataPage, row: int) -> list[str]:
    model = page.datasets.tables
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def dropping(*paths: Path) -> tuple[QMimeData, QDropEvent]:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return data, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)


def test_an_empty_project_says_what_to_do(page: DataPage) -> None:
    assert page.empty.isVisible()
    assert not page.list_card.isVisible()
    assert not page.panel.isVisible()


def test_an_imported_table_is_listed_and_chosen(page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv")

    assert not page.empty.isVisible()
    assert facts(page, 0)[:3] == ["titanic", "891", "12"]
    assert facts(page, 0)[4:] == ["Version 1", "CSV", "today"]
    assert page.panel.title.text() == "titanic"
    assert page.panel.facts.text() == "891 rows · 12 columns · 7 numbers, 5 texts"


def test_the_same_file_again_is_the_next_version(page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv")
    imported("titanic.csv")

    assert [facts(page, row)[4] for row in range(2)] == ["Version 2", "Version 1"]
    assert page.datasets.current().key == "titanic/2"


def test_a_table_of_a_name_that_was_there_is_told_to_be_the_next_version(
    page: DataPage, imported: Callable[..., None], tmp_path: Path
) -> None:
    for rows in ("1,2\n", "1,2\n3,4\n"):
        (tmp_path / "jan.csv").write_text(f"day,sold\n{rows}")
        imported(tmp_path / "jan.csv")

    assert page.banner.text().startswith(
        "A table jan was there already, so this is its version 2. 1 row more: 2 instead of 1."
    )


def test_files_of_one_shape_can_become_one_table(qtbot: Any, page: DataPage, tmp_path: Path) -> None:
    for name in ("jan", "feb"):
        (tmp_path / f"{name}.csv").write_text("day,sold\n1,2\n")
    page.bringing.ask_together([tmp_path / "jan.csv", tmp_path / "feb.csv"])
    page.bringing.question.one.click()
    qtbot.waitUntil(lambda: len(page.session.project.datasets) == 1)

    (dataset,) = page.session.project.datasets
    assert (dataset.rows, dataset.schema.names) == (2, ("file", "day", "sold"))


def test_dropped_files_are_imported(qtbot: Any, page: DataPage, samples: Path) -> None:
    data, drop = dropping(samples / "titanic.csv", samples / "airline_passengers.csv")
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with pytest.deprecated_call():  # the only way to make one from Python
        enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    page.drop_area.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert page.drop_area.property("over") == "true"

    page.drop_area.dropEvent(drop)
    page.bringing.question.each.click()
    qtbot.waitUntil(lambda: len(page.session.project.datasets) == 2)
    assert page.drop_area.property("over") == "false"


def test_files_are_browsed_for_without_waiting(qtbot: Any, page: DataPage, samples: Path) -> None:
    action = page.primary()
    assert action is not None
    action.trigger()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert "*.parquet" in dialog.nameFilters()[0]
    dialog.filesSelected.emit([str(samples / "titanic.csv")])
    dialog.close()

    qtbot.waitUntil(lambda: len(page.session.project.datasets) == 1)


def test_a_sample_is_imported_under_its_name(qtbot: Any, page: DataPage) -> None:
    page.drop_area.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: len(page.session.project.datasets) == 1)

    assert page.session.project.datasets[0].key == "wine_quality/1"


def test_a_table_on_the_clipboard_is_imported(qtbot: Any, page: DataPage) -> None:
    QGuiApplication.clipboard().setText("city\tsold\nRome\t1\nOslo\t2\n")
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.session.project.datasets) == 1)

    dataset = page.session.project.datasets[0]
    assert (dataset.key, dataset.rows, dataset.schema.names) == ("pasted table/1", 2, ("city", "sold"))


def test_a_clipboard_without_a_table_says_what_to_do(qtbot: Any, page: DataPage) -> None:
    QGuiApplication.clipboard().setText("only words")
    page.drop_area.paste.click()

    assert page.banner.text().startswith("The clipboard holds no table. Copy cells")


def test_a_file_that_is_no_table_says_what_to_do(qtbot: Any, page: DataPage, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    page.bring([tmp_path / "empty.csv"])
    qtbot.waitUntil(lambda: page.banner.text() != "")

    assert page.banner.text() == "empty.csv is empty. Choose a file that holds a table."
    assert page.empty.isVisible()


def test_the_panel_shows_what_is_in_the_columns(
    qtbot: Any, page: DataPage, imported: Callable[..., None]
) -> None:
    imported("titanic.csv")
    columns = page.panel.column_list.columns
    qtbot.waitUntil(lambda: len(columns.profiles) == 12)

    words = columns.data(columns.index(4), Qt.ItemDataRole.AccessibleTextRole)
    assert words.splitlines()[0] == "Sex, text"
    assert "male: 65 %" in words
    assert not page.grab().isNull()


def test_what_the_import_noticed_is_told(
    page: DataPage, imported: Callable[..., None], tmp_path: Path
) -> None:
    (tmp_path / "odd.csv").write_text("a,a\n" + "1,2\n" * 50 + "1,2,3\n")
    imported(tmp_path / "odd.csv")

    assert page.panel.notes.count() == 2
    assert page.panel.notes_title.isVisible()
    assert page.panel.rejected.isVisible()


def test_a_table_opens_in_place_and_back(qtbot: Any, page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv")
    with qtbot.waitSignal(page.grid.shown), qtbot.waitSignal(page.bar_changed):
        page.panel.open.click()
    assert page.views.currentWidget() is page.table
    assert page.crumb() == "Data / titanic"

    page.back.click()
    assert page.views.currentWidget() is page.overview
    assert page.crumb() == "Data"


def test_the_list_is_used_by_keyboard(qtbot: Any, page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv", "airline_passengers.csv")
    page.datasets.setFocus()
    qtbot.keyClick(page.datasets, Qt.Key.Key_Down)
    assert page.panel.title.text() == "titanic"

    with qtbot.waitSignal(page.grid.shown):
        qtbot.keyClick(page.datasets, Qt.Key.Key_Return)
    assert page.crumb() == "Data / titanic"


def test_a_removed_table_comes_back_by_undo(
    qtbot: Any, page: DataPage, imported: Callable[..., None]
) -> None:
    imported("titanic.csv")
    qtbot.keyClick(page.datasets, Qt.Key.Key_Delete)
    assert page.session.project.datasets == ()
    assert page.banner.text() == "titanic was removed. Undo brings it back."
    assert page.empty.isVisible()

    page.session.undo()
    assert page.datasets.current().key == "titanic/1"


def test_an_open_table_that_is_removed_closes(page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv")
    page.open_table(page.datasets.current())
    page.session.undo()

    assert page.views.currentWidget() is page.overview


def test_a_table_is_taken_into_the_flow(page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv")
    page.panel.use.click()
    node = page.session.project.flows[0].nodes[-1]

    assert node.unit.dataset == "titanic/1"
    assert page.frame.went == [("flow", {"node": node.id})]


def test_the_page_can_be_asked_for_a_table(qtbot: Any, page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv", "airline_passengers.csv")
    with qtbot.waitSignal(page.grid.shown):
        page.arrive(dataset="titanic/1")

    assert page.crumb() == "Data / titanic"


def test_an_import_into_a_project_that_may_only_be_looked_at_is_refused_in_words(
    qtbot: Any, page: DataPage, imported: Callable[..., None], samples: Path
) -> None:
    imported("titanic.csv")
    other = Session.open(page.session.folder, UiPool(InlinePool()), look_only=True)
    page.frame.session = other
    page.refresh(Change(Project(), other.project))
    page.bring([samples / "titanic.csv"])

    assert page.banner.text().startswith("Nothing can be changed here")
    other.close()


def test_every_button_has_words_or_a_name(page: DataPage, imported: Callable[..., None]) -> None:
    imported("titanic.csv")

    assert all(
        item.text() or item.accessibleName()
        for item in page.findChildren(QAbstractButton)
        if item.isVisible()
    )
    assert page.datasets.accessibleName()
    assert page.panel.column_list.accessibleName()


def test_the_page_is_found_by_the_rail() -> None:
    assert issubclass(DataPage, Page)
    assert DataPage.spec.kind == "data"


def test_the_columns_of_a_table_stay_as_they_were_arranged(
    qtbot: Any, page: DataPage, imported: Callable[..., None]
) -> None:
    imported("titanic.csv")
    page.open_table(page.datasets.current())
    qtbot.waitUntil(lambda: page.grid.model.rowCount() > 0)
    page.grid.view.arrangement.pin(3, True)
    page.grid.view.arrangement.hide([1])
    page.show_list()
    page.open_table(page.datasets.current())
    qtbot.waitUntil(lambda: page.grid.model.rowCount() > 0 and bool(page.grid.view.columns.pinned))

    assert page.grid.view.arrangement.seen()[0] == 3
    assert page.grid.view.arrangement.hidden() == [1]


def test_the_view_is_saved_as_a_file_in_a_worker(
    qtbot: Any, page: DataPage, imported: Callable[..., None], tmp_path: Path
) -> None:
    imported("titanic.csv")
    page.open_table(page.datasets.current())
    qtbot.waitUntil(lambda: page.grid.model.rowCount() > 0)
    page.grid.bar.save.click()
    dialog = page.saving.dialog
    assert dialog is not None
    dialog.format.setCurrentIndex(1)
    dialog.file.setText(str(tmp_path / "view"))
    dialog.save.click()
    qtbot.waitUntil(
        lambda: (tmp_path / "view.xlsx").exists() and "Saved" in page.banner.text(), timeout=20_000
    )

    assert "891 rows" in page.banner.text()


def test_a_finding_is_put_right_in_the_flow_by_one_click(page, imported, qtbot):
    imported("titanic.csv")
    qtbot.waitUntil(lambda: bool(page.panel.found.lines), timeout=30_000)
    line = next(item for item in page.panel.found.lines if item.button is not None)
    line.button.click()
    flow = page.session.project.flows[0]
    kind, arguments = page.frame.went[-1]

    assert flow.nodes[0].unit.spec.kind == "dataset"
    assert (kind, arguments["node"]) == ("flow", flow.nodes[-1].id)
    assert page.panel.found.lines[0].button.text() == "In the flow"


def test_the_column_to_predict_gets_a_quick_score(page, imported, qtbot):
    imported("titanic.csv")
    qtbot.waitUntil(lambda: page.panel.report.isEnabled(), timeout=30_000)
    page.panel.target_chosen.emit("Survived")
    qtbot.waitUntil(lambda: page.panel.report.isEnabled(), timeout=60_000)

    assert page.panel.target.value() == "Survived"
    assert page.panel.shares.accessibleDescription().startswith("0")
    assert "3 folds" in page.panel.quick.toolTip().replace("\n", " ")
