"""The menu of what is pointed at: a node, a link, or the ground."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from canvas_app.flow.clipboard import holds_nodes
from canvas_app.flow.flow import Link, NodeId
from canvas_app.ui.canvas.gestures.gesture import Search
from canvas_app.ui.canvas.scene import Hit
from canvas_app.ui.canvas.view import FlowView
from canvas_app.ui.look_only import hold_back


def menu_for(view: FlowView, hit: Hit) -> QMenu:
    """The menu; what it does is what the keys do."""
    menu = QMenu(view)
    menu.setToolTipsVisible(bool(view.desk.locked))
    if hit.node is not None and hit.node in view.desk.flow:
        _node_menu(menu, view, hit.node)
    elif hit.link is not None:
        _link_menu(menu, view, hit.link)
    else:
        _ground_menu(menu, view)
    return menu


def _node_menu(menu: QMenu, view: FlowView, node: NodeId) -> None:
    desk = view.desk
    found = desk.flow[node]
    edit = partial(_edit, menu, view)
    edit("Rename\tF2", lambda: view.rename(node))
    menu.addAction("Copy\tCtrl+C", lambda: QGuiApplication.clipboard().setText(desk.copied()))
    edit("Duplicate\tCtrl+D", desk.duplicate)
    if found.unit.spec.inputs:
        words = "Run again" if found.skipped else "Skip"
        edit(words, lambda: desk.set_skipped(node, not found.skipped))
    if found.unit.spec.output:
        menu.addSeparator()
        item = view.graph.nodes[node]
        edit("Add a step after…", lambda: view.search(Search(item.output_at(), side="out", node=node)))
    menu.addSeparator()
    edit("Remove\tDel", desk.remove)


def _link_menu(menu: QMenu, view: FlowView, link: Link) -> None:
    edit = partial(_edit, menu, view)
    edit("Insert step…", lambda: view.search(Search(view.graph.links[link].middle(), link=link)))
    edit("Remove link\tDel", view.desk.remove)


def _ground_menu(menu: QMenu, view: FlowView) -> None:
    desk = view.desk
    copied = QGuiApplication.clipboard().text()
    edit = partial(_edit, menu, view)
    edit("Add a step…\tTab", lambda: view.search(Search(view.free_spot())))
    edit("Paste\tCtrl+V", lambda: desk.paste(copied), fits=holds_nodes(copied))
    menu.addAction("Select all\tCtrl+A", lambda: desk.select([node.id for node in desk.flow]))
    menu.addSeparator()
    menu.addAction("Fit the flow\tCtrl+1", view.fit)
    edit("Tidy up\tCtrl+Shift+L", lambda: view.graph.glide(lambda: desk.tidy()))


def _edit(menu: QMenu, view: FlowView, text: str, act: Callable[[], object], *, fits: bool = True) -> None:
    """Offer an edit; where one may only look it says why it can't be chosen."""
    action = menu.addAction(text, act)
    action.setEnabled(fits)
    hold_back(view.desk.locked, action)
