"""The menu of what is pointed at: a node, a link, or the ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from canvas_app.flow.clipboard import holds_nodes
from canvas_app.flow.flow import NodeId
from canvas_app.ui.canvas.gestures.gesture import Search
from canvas_app.ui.canvas.scene import Hit
from canvas_app.ui.canvas.view import FlowView


def menu_for(view: FlowView, hit: Hit, rename: Callable[[NodeId], None]) -> QMenu:
    """The menu; what it does is what the keys do."""
    menu = QMenu(view)
    if hit.node is not None and hit.node in view.desk.flow:
        _node_menu(menu, view, hit.node, rename)
    elif hit.link is not None:
        _link_menu(menu, view, hit)
    else:
        _ground_menu(menu, view)
    return menu


def _node_menu(menu: QMenu, view: FlowView, node: NodeId, rename: Callable[[NodeId], None]) -> None:
    desk = view.desk
    found = desk.flow[node]
    menu.addAction("Rename\tF2", lambda: rename(node))
    menu.addAction("Copy\tCtrl+C", lambda: QGuiApplication.clipboard().setText(desk.copied()))
    menu.addAction("Duplicate\tCtrl+D", desk.duplicate)
    if found.unit.spec.inputs:
        words = "Run again" if found.skipped else "Skip"
        menu.addAction(words, lambda: desk.set_skipped(node, not found.skipped))
    if found.unit.spec.output:
        menu.addSeparator()
        item = view.graph.nodes[node]
        menu.addAction(
            "Add a step after…",
            lambda: view.search(Search(item.output_at(), side="out", node=node)),
        )
    menu.addSeparator()
    menu.addAction("Remove\tDel", desk.remove)


def _link_menu(menu: QMenu, view: FlowView, hit: Hit) -> None:
    link = hit.link
    assert link is not None
    menu.addAction("Insert step…", lambda: view.search(Search(view.graph.links[link].middle(), link=link)))
    menu.addAction("Remove link\tDel", view.desk.remove)


def _ground_menu(menu: QMenu, view: FlowView) -> None:
    desk = view.desk
    menu.addAction("Add a step…\tTab", lambda: view.search(Search(view.free_spot())))
    paste = menu.addAction("Paste\tCtrl+V", lambda: desk.paste(QGuiApplication.clipboard().text()))
    paste.setEnabled(holds_nodes(QGuiApplication.clipboard().text()))
    menu.addAction("Select all\tCtrl+A", lambda: desk.select([node.id for node in desk.flow]))
    menu.addSeparator()
    menu.addAction("Fit the flow\tCtrl+1", view.fit)
    menu.addAction("Tidy up\tCtrl+Shift+L", lambda: view.graph.glide(lambda: desk.tidy()))
