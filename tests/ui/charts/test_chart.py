"""The card shows the figure's words and picture, and gives both away."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from canvas_app.ui.charts.chart import Chart, theme_of


@pytest.fixture
def chart(qtbot):
    made = Chart("Impact")
    qtbot.addWidget(made)
    made.resize(420, 320)
    return made


def test_every_kind_of_figure_is_shown_with_its_words(chart, figure):
    chart.show_figure(figure)

    assert chart.title.text() == figure.title
    assert chart.subtitle.text() == figure.subtitle
    assert chart.reading.text() == figure.reading
    assert not chart.grab().isNull()


def test_before_there_is_a_figure_it_says_why(chart):
    chart.wait("Impact", "Explaining 100 of 2,000 rows")

    assert chart.subtitle.text() == "Explaining 100 of 2,000 rows"
    assert not chart.menu_button.isEnabled()


def test_numbers_can_be_heard(chart, bars):
    chart.show_figure(bars)

    assert chart.picture.accessibleName() == bars.title
    assert "column age, share 0.7" in chart.picture.accessibleDescription()


def test_the_menu_copies_and_saves(chart, bars):
    chart.show_figure(bars)
    words = [action.text() for action in chart.menu_button.menu().actions() if action.text()]

    assert words == [
        "Copy picture",
        "Save as PNG…",
        "Save as SVG…",
        "Save as PDF…",
        "Copy numbers",
        "Save numbers as CSV…",
    ]
    assert chart.menu_button.accessibleName() == f"Copy or save: {bars.title}"


def test_copying_puts_picture_and_numbers_on_the_clipboard(chart, bars):
    chart.show_figure(bars)
    chart.copy_numbers()
    assert QGuiApplication.clipboard().text().startswith("column\tshare\nage\t0.7")

    chart.copy_picture()
    assert QGuiApplication.clipboard().image().width() > 1000


def test_saving_writes_the_file_or_says_why_not(chart, bars, tmp_path, qtbot):
    chart.show_figure(bars)
    chart.save_to(tmp_path / "impact.png")
    assert (tmp_path / "impact.png").stat().st_size > 1000

    with qtbot.waitSignal(chart.failed) as said:
        chart.save_to(tmp_path / "impact.docx")
    assert ".png" in said.args[0]


def test_bars_are_chosen_by_keys(chart, bars, qtbot):
    chart.show_figure(bars)
    chart.grab()

    with qtbot.waitSignal(chart.picked) as said:
        qtbot.keyClick(chart.picture, Qt.Key.Key_Down)
    assert said.args == ["age"]
    with qtbot.waitSignal(chart.picked) as said:
        qtbot.keyClick(chart.picture, Qt.Key.Key_Down)
    assert said.args == ["a $b$ {c} 😀"]


def test_bars_are_chosen_by_mouse(chart, bars, qtbot):
    chart.show_figure(bars)
    chart.grab()

    with qtbot.waitSignal(chart.picked) as said:
        qtbot.mouseClick(chart.picture, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert said.args == ["age"]


def test_a_dark_ground_makes_a_dark_picture(chart, bars):
    chart.show_figure(bars)
    before = chart.grab().toImage()
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.black)
    chart.setPalette(dark)

    assert theme_of(chart) == "dark"
    assert chart.grab().toImage() != before


def test_close_together_a_picture_is_lower_and_takes_its_usual_height_where_there_is_room(chart, bars):
    chart.show_figure(bars)
    usual = chart.picture.sizeHint().height()
    chart.picture.tight = True
    chart.show_figure(bars)
    chart.show()

    assert chart.picture.sizeHint().height() < usual
    chart.resize(420, 600)
    assert chart.picture.height() == usual
