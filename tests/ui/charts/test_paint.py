"""Every kind of marks is painted, in light and dark, at any size and sharpness."""

import subprocess
import sys

import pytest

from canvas_app.base.figure import Bars, Figure, Waterfall
from canvas_app.ui.charts.paint import natural_height, paint
from canvas_app.ui.charts.palette import DARK, LIGHT
from canvas_app.ui.charts.sheet import pixels


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_leave_ink_on_the_ground(figure, colours):
    data, width, height = pixels(paint(figure, colours, width=400).sheet)
    ground = bytes(int(colours.panel[at : at + 2], 16) for at in (1, 3, 5)) + b"\xff"

    assert len(data) == width * height * 4
    assert data != ground * (width * height)


def test_sharper_screens_get_more_pixels(figure):
    _, width, height = pixels(paint(figure, LIGHT, width=300, height=200, ratio=2).sheet)

    assert (width, height) == (600, 400)


def test_bars_can_be_pointed_at(bars):
    first, second = paint(bars, LIGHT, width=300).regions

    assert first.name == "age"
    assert first.holds(150, 10)
    assert not first.holds(150, second.box[1] + 1)


def test_the_chosen_bar_looks_different(bars):
    plain, chosen = paint(bars, LIGHT, width=300), paint(bars, LIGHT, width=300, selected="age")

    assert pixels(plain.sheet) != pixels(chosen.sheet)


def test_more_bars_want_more_room():
    few, many = (Figure("", "", Bars(("a",) * n, (1.0,) * n), (), ()) for n in (2, 9))

    assert natural_height(many) > natural_height(few)


def test_painting_needs_no_screen():
    assert not loaded("PySide6", by="import canvas_app.ui.charts.paint, canvas_app.ui.charts.save")


def test_the_widget_does_not_load_matplotlib_before_there_is_a_figure():
    assert not loaded("matplotlib", by="import canvas_app.ui.charts.chart")


def loaded(module: str, *, by: str) -> bool:
    code = f"import sys; {by}; print({module!r} in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return said.stdout.strip() == "True"


@pytest.mark.parametrize("kind", ["bars", "waterfall"])
def test_on_a_low_sheet_rows_move_closer_and_all_are_there(kind):
    names = tuple(f"column {number}" for number in range(9))
    marks = (
        Bars(names, (1.0,) * 9)
        if kind == "bars"
        else Waterfall("average", 0.0, names, (1.0,) * 9, "this row", 9.0)
    )
    figure = Figure("", "", marks, (), ())
    low = 0.76 * natural_height(figure)
    whole, squeezed = (
        pixels(paint(figure, LIGHT, width=400, height=height).sheet)[0] for height in (None, low)
    )
    ground = bytes(int(LIGHT.panel[at : at + 2], 16) for at in (1, 3, 5)) + b"\xff"
    last_row = 4 * 400 * 18

    assert squeezed != whole[: len(squeezed)]
    assert squeezed[-last_row:].count(ground) < last_row // 4 - 100
