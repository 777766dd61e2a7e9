"""A figure leaves the window with the same numbers in every form, whatever its names and its theme."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from canvas_app.base.figure import Bars, Figure, Matrix, Points, Waterfall
from canvas_app.base.words import counted
from canvas_app.ui.charts.chart import Chart, described
from canvas_app.ui.charts.paint import paint
from canvas_app.ui.charts.palette import DARK, LIGHT
from canvas_app.ui.charts.save import numbers_as_text, save_figure
from canvas_app.ui.charts.sheet import pixels
from tests.ui.charts.conftest import FIGURES

SUFFIXES = (".png", ".svg", ".pdf", ".csv")
odd_texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)
cells = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9) | odd_texts
each_theme = pytest.mark.parametrize("theme", ["light", "dark"])


@settings(max_examples=60, deadline=None, database=None)
@given(
    header=st.lists(odd_texts, min_size=2, max_size=4),
    rows=st.lists(st.lists(cells, min_size=4, max_size=4), max_size=6),
    delimiter=st.sampled_from([",", "\t"]),
)
def test_any_numbers_come_back_as_they_were(header, rows, delimiter):
    kept = tuple(tuple(row[: len(header)]) for row in rows)
    figure = Figure("", "", Bars((), ()), tuple(header), kept)
    read = list(csv.reader(io.StringIO(numbers_as_text(figure, delimiter)), delimiter=delimiter))

    assert read[0] == header
    assert read[1:] == [["" if cell is None else str(cell) for cell in row] for row in kept]


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".Svg"])
def test_every_figure_is_saved_in_every_form_also_in_the_dark(figure, suffix, tmp_path):
    path = tmp_path / f"some chart 😀{suffix}"
    save_figure(figure, path, "dark")
    data = path.read_bytes()
    begins = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml", ".csv": figure.header[0].encode()}

    assert data.startswith(begins[suffix.lower()])
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@each_theme
def test_a_saved_picture_has_the_ground_of_its_theme(figure, theme, tmp_path):
    save_figure(figure, tmp_path / "a.png", theme)
    image = QImage(str(tmp_path / "a.png"))

    assert image.width() == 1520
    assert (image.pixelColor(2, 2).lightness() < 128) == (theme == "dark")


def test_a_file_that_was_there_stays_whole_where_saving_fails(bars, qtbot, tmp_path):
    (tmp_path / "a.png").mkdir()
    (tmp_path / "a.png" / "letter.txt").write_text("Dear Ada")
    chart = Chart("Impact")
    qtbot.addWidget(chart)
    chart.show_figure(bars)
    told: list[str] = []
    chart.failed.connect(told.append)
    chart.save_to(tmp_path / "a.png")

    assert len(told) == 1
    assert "a.png" in told[0]
    assert (tmp_path / "a.png" / "letter.txt").read_text() == "Dear Ada"


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_copied_saved_and_read_aloud_are_the_same_numbers(name, qtbot, tmp_path):
    chart, figure = Chart("Card"), FIGURES[name]
    qtbot.addWidget(chart)
    chart.show_figure(figure)
    chart.copy_numbers()
    chart.save_to(tmp_path / "numbers.csv")
    with (tmp_path / "numbers.csv").open(encoding="utf-8", newline="") as file:
        saved = list(csv.reader(file))
    copied = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))

    assert saved == copied
    assert len(saved) == 1 + len(figure.rows)
    spoken = chart.picture.accessibleDescription()
    told = (f"{cell:.4g}" if isinstance(cell, float) else str(cell) for row in figure.rows for cell in row)
    assert all(words in spoken for words in told)


def test_long_numbers_are_read_aloud_in_part_and_the_rest_is_counted():
    rows = tuple((float(at), float(-at)) for at in range(5_000))
    marks = Points(tuple(row[0] for row in rows), tuple(row[1] for row in rows), "x", "y")
    words = described(Figure("", "", marks, ("x", "y"), rows, "It falls."))

    assert words.startswith("It falls.")
    told = len(re.findall(r"\by ", words))
    assert 0 < told < 100
    assert words.endswith(f"and {counted(5_000 - told, 'more row')}")


def test_before_there_is_a_figure_nothing_is_copied_or_saved(qtbot, tmp_path):
    chart = Chart("Impact")
    qtbot.addWidget(chart)
    QGuiApplication.clipboard().setText("mine")
    chart.copy_numbers()
    chart.copy_picture()
    chart.save_to(tmp_path / "a.png")

    assert QGuiApplication.clipboard().text() == "mine"
    assert not list(tmp_path.iterdir())


ODD_NAMES = ("$x_1^2$", "\\frac{1}{2}", "100 %", "<b>&amp;</b>", "[a] {b}", "ü" * 60, "", "日本語", "a\nb")
ODD = {
    "bars": Bars(ODD_NAMES, tuple(1 / (at + 1) for at in range(len(ODD_NAMES)))),
    "no bars": Bars((), ()),
    "bars of nothing": Bars(("a", "b"), (0.0, 0.0)),
    "one dot": Points((1.0,), (1.0,), "x", "y"),
    "dots in one place": Points((1.0,) * 50, (2.0,) * 50, "x", "y", (1.0,), (2.0,)),
    "huge dots": Points((1e30, -1e30), (1e-30, 1e30), "x", "y"),
    "names": Points(
        tuple(map(float, range(len(ODD_NAMES)))), (0.0,) * len(ODD_NAMES), "$", "$$", x_ticks=ODD_NAMES
    ),
    "a matrix of many": Matrix(ODD_NAMES, ODD_NAMES, ((7,) * len(ODD_NAMES),) * len(ODD_NAMES)),
    "an empty matrix": Matrix(("a", "b"), ("a", "b"), ((0, 0), (0, 0))),
    "a huge matrix": Matrix(("a", "b"), ("a", "b"), ((10**12, 1), (0, 10**9))),
    "a level waterfall": Waterfall("start", 0.0, ("a",), (0.0,), "end", 0.0),
    "a steep waterfall": Waterfall("start", -1e9, ODD_NAMES, (1e8,) * len(ODD_NAMES), "end", -1e8),
}


@pytest.mark.parametrize(("colours", "width"), [(LIGHT, 900), (DARK, 120)], ids=["wide", "narrow"])
@pytest.mark.parametrize("marks", ODD.values(), ids=list(ODD))
def test_odd_marks_are_painted_without_a_stumble(marks, colours, width):
    figure = Figure("$title$", "100 % of {rows}", marks, (), ())
    data, painted, height = pixels(paint(figure, colours, width=width).sheet)

    assert len(data) == painted * height * 4


def test_keys_walk_over_all_bars_and_stop_at_the_ends(qtbot):
    names = tuple(f"column {at}" for at in range(4))
    figure = Figure("Impact", "", Bars(names, (0.4, 0.3, 0.2, 0.1)), ("column",), ())
    chart, picked = Chart("Impact"), []
    qtbot.addWidget(chart)
    chart.resize(420, 320)
    chart.show_figure(figure)
    chart.grab()
    chart.picked.connect(picked.append)
    for key in [Qt.Key.Key_Down] * 6 + [Qt.Key.Key_Up] * 6:
        qtbot.keyClick(chart.picture, key)

    assert list(dict.fromkeys(picked)) == list(names)
    assert picked[-1] == names[0]


def test_an_svg_bears_the_title_for_those_who_hear_it(bars, tmp_path):
    save_figure(bars, tmp_path / "a.svg")

    assert f"<dc:title>{bars.title}</dc:title>" in (tmp_path / "a.svg").read_text("utf-8")
