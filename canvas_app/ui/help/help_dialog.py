"""F1: what the pages are for, what each step does, which keys there are; made from the catalogs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from canvas_app.ui import theme
from canvas_app.ui.page import pages


class HelpDialog(QDialog):
    """A list that can be searched, opened at the page of the thing that one is working on."""

    def __init__(self, parent: QWidget, actions: Iterable[QAction], at: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.resize(640, 620)
        self._topics = [*_page_topics(), *_key_topics(actions), *_step_topics()]
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find in the help")
        self._find.setAccessibleName("Find in the help")
        self._find.textChanged.connect(self._show)
        self._text = QTextBrowser()
        self._text.setAccessibleName("Help text")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self._find)
        column.addWidget(self._text)
        self._show("")
        self._text.scrollToAnchor(at)

    def _show(self, wanted: str) -> None:
        tokens = theme.current()
        html, group = [], ""
        for topic in self._topics:
            if wanted.lower() not in f"{topic[1]} {topic[2]}".lower():
                continue
            if topic[0] != group:
                group = topic[0]
                html.append(f"<h3>{escape(group)}</h3>")
            html.append(
                f'<p><a name="{escape(topic[1])}"></a><b>{escape(topic[1])}</b><br>'
                f'<span style="color:{tokens.muted}">{escape(topic[2])}</span></p>'
            )
        self._text.setHtml("".join(html) or "<p>Nothing about this. Try another word.</p>")


Topic = tuple[str, str, str]
"""Its group, its title, its words."""


def _page_topics() -> list[Topic]:
    return [("Pages", page.spec.title, page.spec.help or (page.__doc__ or "").strip()) for page in pages()]


def _key_topics(actions: Iterable[QAction]) -> list[Topic]:
    style = QKeySequence.SequenceFormat.NativeText
    return [
        ("Keys", action.text().rstrip("…"), ", ".join(keys.toString(style) for keys in action.shortcuts()))
        for action in actions
        if action.shortcuts()
    ]


def _step_topics() -> list[Topic]:
    from canvas_app.flow.step import NODES

    units = sorted(NODES, key=lambda unit: (unit.spec.group, unit.spec.title))
    return [(unit.spec.group, unit.spec.title, (unit.__doc__ or "").strip()) for unit in units]
