"""Five calm steps through a finished flow; each says what one sees and where to go on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from canvas_app.ui.controls import button, icon_button, label, row
from canvas_app.ui.page import Frame
from canvas_app.ui.rail import WIDTH


@dataclass(frozen=True)
class Stop:
    """One step of the tour: the page it is about, and its words."""

    page: str
    title: str
    words: str


STOPS = (
    Stop(
        "data",
        "The table",
        "Every table that you bring in is listed here with its rows and columns. Open it to see each "
        "column's values, how many are blank, and to sort or filter all rows.",
    ),
    Stop(
        "flow",
        "The flow",
        "The table goes through steps from left to right. Choose a step to change it at the right; the "
        "preview below follows at once. Drag more steps from the list at the left.",
    ),
    Stop(
        "flow",
        "The model",
        "The last node says which column to predict. Press Build model: the search runs beside your work, "
        "and you can finish it early or stop it.",
    ),
    Stop(
        "models",
        "What it learned",
        "A built model is listed here: how good it is on rows it never saw, which columns it looks at, "
        "and why it answers as it does for one row.",
    ),
    Stop(
        "predict",
        "Put it to use",
        "Fill in one row and watch the answer, or drop a whole file. Export bundle, on the page of the "
        "model, writes a folder that answers anywhere, without this application.",
    ),
)


class Tour(QFrame):
    """A panel in the lower left corner of the window, where few pages have something to press."""

    def __init__(self, frame: Frame, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("floating")
        self.setAccessibleName("Guided tour")
        self._frame = frame
        self._over = over
        self._at = 0
        self._ended = False
        self._count = label("", "caption")
        self._title = label("", "panel-title")
        self._words = label("", "muted", wrap=True)
        self._back = button("Back", self.go_back)
        self._next = button("Next", self.go_on, look="primary")
        self._skip = button("Skip the tour", self.end, look="link")
        close = icon_button("End the tour", "ph.x", self.end)
        close.setProperty("dense", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 14)
        column.setSpacing(8)
        column.addLayout(row(self._count, 1, close))
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(4)
        column.addLayout(row(self._skip, 1, self._back, self._next))
        self.setFixedWidth(360)
        over.installEventFilter(self)
        self._show()

    def end(self) -> None:
        """Put it away; again changes nothing."""
        if self._ended:
            return
        self._ended = True
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def go_on(self) -> None:
        """To the next stop, or the end."""
        if self._at == len(STOPS) - 1:
            self.end()
            return
        self._at += 1
        self._show()

    def go_back(self) -> None:
        """To the stop before."""
        self._at = max(0, self._at - 1)
        self._show()

    def follow(self, page: str) -> None:
        """Speak of the page where the person has gone; of a page without a stop it says nothing."""
        places = [at for at, stop in enumerate(STOPS) if stop.page == page]
        if self._ended or not places or STOPS[self._at].page == page:
            return
        self._at = places[0]
        self._say()

    def _show(self) -> None:
        self._frame.go(STOPS[self._at].page)
        self._say()
        self.show()
        self.raise_()
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        stop = STOPS[self._at]
        last = self._at == len(STOPS) - 1
        self._count.setText(f"Step {self._at + 1} of {len(STOPS)}")
        self._title.setText(stop.title)
        self._words.setText(stop.words)
        self._back.setEnabled(self._at > 0)
        self._skip.setVisible(not last)
        self._next.setText("Done" if last else "Next")
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(WIDTH + 24, self._over.height() - self.height() - 52)
