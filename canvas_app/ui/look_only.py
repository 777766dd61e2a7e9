"""A window that may only look: why, and how it holds back what would edit before anybody tries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from canvas_app.ui.controls import folded

if TYPE_CHECKING:
    from canvas_app.project.session import Session


def why_locked(session: Session | None) -> str:
    """Why nothing can be edited here, and who has the project; empty where it can, or where none is open."""
    if session is None or not session.look_only:
        return ""
    return f"You can look, but not edit. {session.why_look_only}"


def hold_back(why: str, *parts: QWidget | QAction) -> None:
    """Let parts not be used, with the reason as their tooltip; without a reason they stay as they are."""
    for part in parts if why else ():
        part.setEnabled(False)
        part.setToolTip(folded(why))
