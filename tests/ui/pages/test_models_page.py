"""Models are seen, opened, explained and exported; builds are watched and ended."""

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from canvas_app.flow.codec import dump_flow
from canvas_app.flow.edits import add_node
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.jobs.job import Done, Progress, Stopped
from canvas_app.training.train_job import TrainJob
from canvas_app.ui.pages.models_page import ModelsPage
from tests.ui.stage import kept_model


@pytest.fixture
def page_with(shown_with):
    """The page of a project with models of some kinds."""
    return partial(shown_with, ModelsPage)


def test_without_models_it_says_what_to_do_and_leads_there(page_with, stage):
    page = page_with()
    page.empty.go.click()

    assert page.views.currentWidget() is page.empty
    assert stage.gone == [("flow", {})]
    assert page.primary() is None


def test_cards_tell_the_headline_with_its_interval(page_with):
    page = page_with("lightgbm-two", "lightgbm-number")
    newest, oldest = page.gallery.cards

    assert newest.accessibleName() == "Outcome, version 1"
    assert "RMSE 0.510" in newest.accessibleDescription()
    assert "AUC 0.928" in oldest.accessibleDescription()


@pytest.mark.parametrize("kind", ["lightgbm-two", "lightgbm-number", "forest-many"])
def test_an_opened_model_is_explained_in_four_cards(page_with, stage, qtbot, kind):
    page = page_with(kind)
    page.gallery.cards[0].click()
    charts = page.view.explain.charts
    qtbot.waitUntil(lambda: all(chart.figure is not None for chart in charts.values()), timeout=20_000)

    assert len(charts) == 4
    assert charts["dependence"].title.text() == "How decades moves the prediction"
    assert page.view.overview.impact.figure is charts["column_impact"].figure
    assert page.primary() is page.export_action
    assert page.view.leaderboard.item(0, 0).text() == "LightGBM · chosen"
    assert "on the 240 validation rows" in page.view.measured.text()


def test_choosing_a_bar_follows_that_column(page_with, qtbot):
    page = page_with("lightgbm-two")
    page.gallery.cards[0].click()
    charts = page.view.explain.charts
    charts["column_impact"].picked.emit("sex")

    qtbot.waitUntil(
        lambda: charts["dependence"].title.text() == "How sex moves the prediction", timeout=20_000
    )
    assert charts["column_impact"].figure is not None


def test_choosing_a_row_explains_it(page_with, qtbot):
    page = page_with("lightgbm-two")
    page.gallery.cards[0].click()
    page.view.explain.row.setValue(7)
    chart = page.view.explain.charts["one_row"]

    qtbot.waitUntil(lambda: chart.subtitle.text().startswith("Row 7 ·"), timeout=20_000)
    assert chart.figure.marks.kind == "waterfall"


def test_what_can_not_be_explained_says_so_in_its_card(page_with, stage, qtbot):
    page = page_with("lightgbm-two")
    record = stage.session.models[0]
    (stage.session.model_folder(record.id) / "test.parquet").unlink()
    page.gallery.cards[0].click()
    chart = page.view.explain.charts["column_impact"]

    qtbot.waitUntil(lambda: "Build the model again" in chart.subtitle.text(), timeout=20_000)
    assert chart.figure is None


def test_predicting_goes_to_the_page_for_it(page_with, stage):
    page = page_with("constant-two")
    page.gallery.cards[0].click()
    page.predict_action.trigger()

    assert stage.gone == [("predict", {"model": stage.session.models[0].id})]


def test_exporting_says_where_and_that_it_was_verified(page_with, tmp_path, qtbot):
    page = page_with("lightgbm-two")
    page.gallery.cards[0].click()
    page.export_to(tmp_path / "out")
    qtbot.waitUntil(
        lambda: "Verified" in page.banner.text() or page.export_action.isEnabled(), timeout=60_000
    )

    assert page.banner.text().startswith(
        f"The bundle is in {tmp_path / 'out' / 'Outcome-1.bundle'}. Held as "
    )
    assert "Verified: " in page.banner.text()
    assert "answered as expected" in page.banner.text()
    assert (tmp_path / "out" / "Outcome-1.bundle").is_dir()


def test_exporting_proposes_a_name_in_a_folder_that_is_there(page_with, stage, monkeypatch):
    proposed = []
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getSaveFileName",
        lambda parent, title, start, kinds: (proposed.append(Path(start)) or "", ""),
    )
    page = page_with("constant-two")
    page.gallery.cards[0].click()
    page.export_action.trigger()
    stage.session.exports.mkdir()
    page.export_action.trigger()

    (stage.session.exports / "Outcome-1.bundle").mkdir()
    page.export_action.trigger()

    assert proposed[0].parent.is_dir()
    assert proposed[1] == stage.session.exports / "Outcome-1.bundle"
    assert proposed[2] == stage.session.exports / "Outcome-1 (2).bundle"


def test_the_next_export_begins_where_the_last_went(page_with, tmp_path, qtbot, monkeypatch):
    answers = [str(tmp_path / "mine"), ""]
    proposed = []
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getSaveFileName",
        lambda parent, title, start, kinds: (proposed.append(Path(start)), (answers.pop(0), ""))[1],
    )
    page = page_with("constant-two")
    page.gallery.cards[0].click()
    page.export_action.trigger()
    qtbot.waitUntil(page.export_action.isEnabled, timeout=60_000)
    page.export_action.trigger()

    assert (tmp_path / "mine.bundle").is_dir()
    assert proposed[1] == tmp_path / "Outcome-1.bundle"


def test_the_words_of_the_empty_page_are_all_to_be_seen(page_with, stage, qtbot):
    page = page_with()
    page.resize(1000, 600)
    with qtbot.waitExposed(page):
        page.setVisible(True)
    words = max(page.empty.findChildren(QLabel), key=lambda item: len(item.text()))

    assert words.height() >= words.heightForWidth(words.width())


class Waiting:
    """A runner whose jobs neither start nor end by themselves."""

    def __init__(self) -> None:
        self.tell = lambda progress: None
        self.end = lambda outcome: None
        self.asked: list[str] = []

    def submit(self, job, *, progress=None, outcome=None):
        self.tell, self.end = progress, outcome
        return self

    def stop(self) -> None:
        self.asked.append("stop")
        self.end(Stopped())

    def finish(self) -> None:
        self.asked.append("finish")


@pytest.fixture
def building(page_with, stage, qtbot):
    """A page that watches a build which says what it is told to."""
    from canvas_app.ui.bridge import UiPool

    slow = Waiting()
    stage.runner = UiPool(slow)
    page = page_with()
    stage.runner.submit(TrainJob(flow={}, node="n1", datasets={}, folder="nowhere"))
    stage.settle()
    page.gallery.builds[0][1].click()
    return page, slow


def test_a_running_build_is_watched_live(building, stage):
    page, slow = building
    for number, score in enumerate((0.7, 0.9, 0.8)):
        best = max(0.7, score, 0.9 if number else 0.7)
        trial = {
            "number": number,
            "model_type": "lightgbm",
            "score": score,
            "best": best,
            "seconds": number + 1.0,
        }
        slow.tell(Progress(0.1 * number, f"Trial {number}", {"trial": json.loads(json.dumps(trial))}))
    candidate = {"model_type": "lightgbm", "title": "LightGBM", "score": 0.9, "seconds": 3.0, "trials": 3}
    slow.tell(Progress(0.4, "Trying more", {"candidate": candidate}))
    stage.settle()

    assert page.building.doing.text() == "Trying more"
    assert page.building.curve.accessibleDescription() == "3 trials, best score so far 0.9"
    assert page.building.leaderboard.item(0, 0).text() == "LightGBM"
    assert not page.building.grab().isNull()


def test_finish_now_and_stop_reach_the_build(building, stage):
    page, slow = building
    page.building.finish.click()
    page.building.stop.click()
    stage.settle()

    assert slow.asked == ["finish", "stop"]
    assert page.views.currentWidget() is page.empty
    assert page.banner.text() == "Build stopped; nothing was kept."


def test_a_build_with_a_budget_tells_what_is_left_of_it(page_with, stage):
    from canvas_app.ui.bridge import UiPool

    stage.runner = UiPool(Waiting())
    page = page_with()
    flow = dump_flow(add_node(Flow(), PredictColumn(target="Outcome", seconds=60)))
    stage.runner.submit(TrainJob(flow=flow, node="predict_column-1", datasets={}, folder="nowhere"))
    stage.settle()
    page.gallery.builds[0][1].click()

    assert "about" in page.building.times.text()
    assert page.building.curve.until == 60.0


def test_a_note_goes_when_another_view_is_opened(building):
    page, _ = building
    page.say("Exported to a folder", "good")
    page.show_all()

    assert page.banner.text() == ""


def test_a_build_that_ends_leads_to_its_model(building, stage, tmp_path):
    page, slow = building
    slow.end(Done(None))
    stage.settle()
    kept_model(stage.session, "constant-two", tmp_path)

    assert page.views.currentWidget() is page.view
    assert page.crumb() == "Outcome, version 1"


def test_every_control_has_a_name_of_its_own(page_with, qtbot):
    from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox

    page = page_with("constant-two")
    page.gallery.cards[0].click()
    controls = page.findChildren(QAbstractButton) + page.findChildren(QAbstractSpinBox)
    shown = [control for control in controls if control.isVisibleTo(page)]
    names = [control.accessibleName() or getattr(control, "text", str)() for control in shown]

    assert all(names)
    assert len(names) == len(set(names))
