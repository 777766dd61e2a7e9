"""How wide columns are at first: as their names and first cells need, within bounds."""

from __future__ import annotations

from canvas_app.ui.grid.model import RowsPage
from canvas_app.ui.grid.view import TableView

_WIDEST = 240
_NARROWEST = (124, 164)
"""Pixels that a picture of numbers needs, and one of words."""
_BESIDE_NAME = 64
_MEASURED = 30
"""Rows that are measured."""


def fit_columns(view: TableView, first: RowsPage) -> None:
    """Give each column a width; of those whose cells are not here yet, the name alone counts."""
    metrics = view.fontMetrics()
    usual: dict[int, int] = {}
    for section, info in enumerate(view.table().schema):
        texts = first.texts[section][:_MEASURED] if section < len(first.texts) else []
        cells = max((metrics.horizontalAdvance(text[:60]) for text in texts if text), default=0) + 24
        letters = info.name[:40]
        name = usual.get(len(letters)) if section >= len(first.texts) else None
        if name is None:
            name = usual[len(letters)] = metrics.horizontalAdvance(letters) + _BESIDE_NAME
        view.arrangement.fit(section, min(max(name, cells, _NARROWEST[info.type == "text"]), _WIDEST))
