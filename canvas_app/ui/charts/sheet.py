"""A sheet of paper in pixels on matplotlib: rounded bars and texts at exact places, in our own type."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Literal

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

OTHER_SCRIPTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Zen Hei",
    "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Nirmala UI", "Leelawadee UI",
    "PingFang SC", "Hiragino Sans", "Apple SD Gothic Neo", "Arial Unicode MS",
)  # fmt: skip
"""Typefaces of the three systems for what ours have no signs for; those that are there are used."""
FONTS = Path(__file__).parents[3] / "resources" / "fonts"
POINTS_PER_INCH = 72
"""At this resolution a point is a pixel, so that sizes are those of the screen."""

Box = tuple[float, float, float, float]
"""x, y, width, height in pixels, from the top left."""
Boxes = dict[str, Box]
"""Where each named thing stands."""
Align = Literal["left", "center", "right"]


@lru_cache(maxsize=1)
def families() -> list[str]:
    """The type to set texts in: Inter where it came with us, with fallbacks for other scripts."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # weights that a fallback lacks
    found = []
    for path in sorted(FONTS.glob("Inter-*.otf")):
        font_manager.fontManager.addfont(str(path))
        found = ["Inter"]
    there = {font.name for font in font_manager.fontManager.ttflist}
    return [*found, "DejaVu Sans", *(name for name in OTHER_SCRIPTS if name in there)]


@contextmanager
def boxes_for_unknown_signs() -> Iterator[None]:
    """While something is drawn: a sign that no typeface here has becomes a box, without a word about it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        yield


class Sheet:
    """A drawing area of ``width`` by ``height`` pixels, the origin at the top left."""

    def __init__(self, width: float, height: float, *, ground: str, ratio: float = 1.0) -> None:
        self.width, self.height = width, height
        size = (width / POINTS_PER_INCH, height / POINTS_PER_INCH)
        self.picture = Picture(figsize=size, dpi=POINTS_PER_INCH * ratio, facecolor=ground)
        self.canvas = FigureCanvasAgg(self.picture)
        self._paper = self.picture.add_axes((0.0, 0.0, 1.0, 1.0))
        self._paper.set_xlim(0, width)
        self._paper.set_ylim(height, 0)
        self._paper.axis("off")
        self._x, self._y, self._whole = 0.0, 0.0, (width, height)

    def inner(self, box: Box) -> Sheet:
        """A part of this sheet, with its own origin and size."""
        part = Sheet.__new__(Sheet)
        part.picture, part.canvas, part._paper = self.picture, self.canvas, self._paper
        part._x, part._y, part._whole = self._x + box[0], self._y + box[1], self._whole
        part.width, part.height = box[2], box[3]
        return part

    def text(  # noqa: PLR0913 - a text has a place, a look and an alignment
        self,
        x: float,
        y: float,
        words: str,
        *,
        colour: str,
        size: float = 13,
        weight: int = 400,
        align: Align = "left",
        room: float | None = None,
    ) -> None:
        """Write on one line, centred on ``y``; what is wider than ``room`` ends in an ellipsis."""
        written = self._write(words, size=size, weight=weight)
        written.set(x=self._x + x, y=self._y + y - size / 13, color=colour, ha=align)
        if room is not None:
            self._shorten(written, words, room)

    def measure(self, words: str, *, size: float = 13, weight: int = 400) -> float:
        """How wide a text would be, in pixels."""
        written = self._write(words, size=size, weight=weight)
        width = self._width(written)
        written.remove()
        return width

    def bar(self, box: Box, *, colour: str, radius: float = 4) -> None:
        """A filled rounded rectangle."""
        x, y, width, height = box
        style = f"round,pad=0,rounding_size={min(radius, width / 2, height / 2)}"
        place = (self._x + x, self._y + y)
        patch = FancyBboxPatch(place, width, height, boxstyle=style, facecolor=colour, linewidth=0)
        self._paper.add_patch(patch)

    def rule(self, start: tuple[float, float], end: tuple[float, float], *, colour: str) -> None:
        """A hairline, under everything else."""
        xs, ys = [self._x + start[0], self._x + end[0]], [self._y + start[1], self._y + end[1]]
        self._paper.plot(xs, ys, color=colour, linewidth=1, zorder=0.5)

    def axes(self, box: Box) -> Axes:
        """An area with axes of its own."""
        whole_width, whole_height = self._whole
        below = whole_height - (self._y + box[1] + box[3])
        area = (
            (self._x + box[0]) / whole_width,
            below / whole_height,
            box[2] / whole_width,
            box[3] / whole_height,
        )
        return self.picture.add_axes(area)

    def save(self, file: BinaryIO, **look: Any) -> None:
        """Write the whole sheet as a picture; ``look`` is matplotlib's."""
        with boxes_for_unknown_signs():
            self.picture.savefig(file, dpi="figure", **look)

    def _write(self, words: str, *, size: float, weight: int) -> Text:
        look: dict[str, Any] = {"fontsize": size, "fontweight": weight, "fontfamily": families()}
        return self._paper.text(0, 0, words, va="center_baseline", parse_math=False, **look)

    def _width(self, written: Text) -> float:
        renderer = self.canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib types it not
        with boxes_for_unknown_signs():
            extent = written.get_window_extent(renderer)
        return float(extent.width * POINTS_PER_INCH / self.picture.dpi)

    def _shorten(self, written: Text, words: str, room: float) -> None:
        while len(words) > 1 and self._width(written) > room:
            words = words[: max(1, int(len(words) * 0.92) - 1)]
            written.set_text(f"{words.rstrip()}…")


def pixels(sheet: Sheet) -> tuple[bytes, int, int]:
    """The sheet as RGBA bytes with its width and height in device pixels."""
    with boxes_for_unknown_signs():
        sheet.canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib types it not
    data = sheet.canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    height, width = data.shape[:2]
    return bytes(data), width, height
