"""Figures are saved as pictures and as numbers, whole or not at all."""

import csv

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.ui.charts.save import numbers_as_text, save_figure

STARTS = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", STARTS)
def test_pictures_are_of_the_kind_that_was_asked_for(figure, suffix, tmp_path):
    path = tmp_path / f"chart{suffix}"
    save_figure(figure, path)

    assert path.read_bytes().startswith(STARTS[suffix])
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_dark_pictures_differ_from_light_ones(bars, tmp_path):
    save_figure(bars, tmp_path / "light.png")
    save_figure(bars, tmp_path / "dark.png", theme="dark")

    assert (tmp_path / "light.png").read_bytes() != (tmp_path / "dark.png").read_bytes()


def test_the_same_figure_gives_the_same_file(bars, tmp_path):
    save_figure(bars, tmp_path / "one.pdf")
    save_figure(bars, tmp_path / "two.pdf")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_numbers_are_the_header_and_the_rows(bars, tmp_path):
    save_figure(bars, tmp_path / "numbers.csv")
    with (tmp_path / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    assert rows == [["column", "share"], ["age", "0.7"], ["a $b$ {c} 😀", "0.3"]]
    assert numbers_as_text(bars, "\t").startswith("column\tshare\n")


def test_another_suffix_is_refused_in_words(bars, tmp_path):
    with pytest.raises(CanvasError, match=r"\.png, \.svg, \.pdf or \.csv"):
        save_figure(bars, tmp_path / "chart.docx")
