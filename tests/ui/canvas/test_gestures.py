"""What hands do on the canvas, and what the flow is afterwards."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt


def test_a_step_dropped_on_the_ground_stands_there_alone(board):
    board.drop("filter_rows", QPointF(300, 200))

    (node,) = board.flow
    assert (node.x + 98, node.y + 25) == (300, 200)
    assert not board.flow.links
    assert board.desk.selected == (node.id,)


def test_a_step_dropped_on_a_link_goes_between(board):
    first, last = board.chain("dataset", "filter_rows")
    board.drop("formula", board.link_middle(first, last))

    new = board.desk.current
    assert board.links == {(first, new), (new, last)}


def test_a_link_that_takes_the_step_shows_it(board):
    first, last = board.chain("dataset", "filter_rows")
    board.hover("formula", board.link_middle(first, last))
    (item,) = board.canvas.view.graph.links.values()
    looks = [item.look]
    board.canvas.view.cancel()

    assert [*looks, item.look] == ["welcome", "plain"]


def test_a_table_dropped_on_a_link_stands_beside_it(board):
    first, last = board.chain("dataset", "filter_rows")
    board.drop("write_file", board.link_middle(first, last))

    assert board.links == {(first, last)}


def test_a_step_dropped_on_a_node_is_linked_behind_it(board):
    (table,) = board.chain("dataset")
    board.drop("filter_rows", board.output(table))

    assert board.links == {(table, board.desk.current)}


def test_a_file_dropped_on_the_canvas_becomes_a_table_there(board, samples):
    board.drop_file(samples / "titanic.csv", QPointF(300, 200))

    (node,) = board.flow
    assert node.unit.dataset == "titanic/1"
    assert node.title == "titanic"
    assert [dataset.rows for dataset in board.session.project.datasets] == [891]


def test_a_file_that_is_no_table_is_refused_in_words(board, tmp_path):
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"\xff\xd8")
    board.drop_file(path, QPointF(300, 200))

    assert not board.flow.nodes
    assert len(board.said) == 1


def test_a_drag_moves_all_selected_nodes_and_undoes_as_one(board):
    first, second = board.chain("dataset", "filter_rows")
    before = [(node.x, node.y) for node in board.flow]
    board.desk.select((first, second))
    board.drag(board.middle(first), board.middle(first) + QPointF(30, 70))

    assert [(node.x, node.y) for node in board.flow] == [(x + 30, y + 70) for x, y in before]
    board.session.undo()
    assert [(node.x, node.y) for node in board.flow] == before


def test_the_links_follow_while_a_node_is_dragged(board):
    first, second = board.chain("dataset", "filter_rows")
    board.press(board.middle(second))
    board.move(board.middle(second) + QPointF(0, 90))
    (item,) = board.canvas.view.graph.links.values()

    assert item.path().currentPosition() == board.input(second)
    board.key(Qt.Key.Key_Escape)
    assert board.middle(second).y() == board.middle(first).y()


def test_escape_leaves_a_drag_without_an_edit(board):
    (table,) = board.chain("dataset")
    label = board.session.undo_label
    start = board.middle(table)
    board.press(start)
    board.move(start + QPointF(0, 90))
    board.key(Qt.Key.Key_Escape)
    board.release(start + QPointF(0, 90))

    assert board.middle(table) == start
    assert board.session.undo_label == label


def test_a_shaking_click_moves_nothing(board):
    (table,) = board.chain("dataset")
    start = board.middle(table)
    board.drag(start, start + QPointF(1, 1))

    assert board.middle(table) == start
    assert board.desk.selected == (table,)


def test_an_unlinked_node_dragged_onto_a_link_goes_between_and_undoes_as_one(board):
    first, last = board.chain("dataset", "filter_rows")
    board.session.edit_flow("Move", "flow", lambda flow: flow)
    loose = board.put("formula", 240, 220)
    before = board.flow
    board.drag(board.middle(loose), board.link_middle(first, last))

    assert board.links == {(first, loose), (loose, last)}
    board.session.undo()
    assert board.flow == before


def test_the_rubber_band_selects_what_it_touches_and_shift_adds(board):
    first, second, third = board.chain("dataset", "filter_rows", "formula")
    board.drag(QPointF(-130, -60), board.middle(second))
    assert board.desk.selected == (first, second)

    board.click(board.middle(third), Qt.KeyboardModifier.ShiftModifier)
    assert board.desk.selected == (first, second, third)


def test_a_port_dragged_to_a_node_links_it(board):
    table, step = board.put("dataset", 0), board.put("filter_rows", 300)
    board.drag(board.output(table), board.middle(step))

    assert board.links == {(table, step)}


def test_a_link_can_be_drawn_backwards_from_an_input(board):
    table, join = board.put("dataset", 0), board.put("join_tables", 300)
    board.drag(board.input(join, 1), board.middle(table))

    (link,) = board.flow.links
    assert (link.source, link.target, link.port) == (table, join, 1)


def test_a_second_table_takes_the_free_input(board):
    left, right = board.put("dataset", 0), board.put("dataset", 0, 150)
    join = board.put("join_tables", 300)
    board.drag(board.output(left), board.middle(join))
    board.drag(board.output(right), board.middle(join))

    assert [link.source for link in board.flow.inputs(join)] == [left, right]


def test_what_can_not_take_a_link_fades_while_it_is_drawn(board):
    table, other, step = board.put("dataset", 0), board.put("dataset", 0, 150), board.put("filter_rows", 300)
    nodes = board.canvas.view.graph.nodes
    board.press(board.output(table))
    board.move(QPointF(150, 60))
    faded = {node for node, item in nodes.items() if item.faded}
    board.key(Qt.Key.Key_Escape)

    assert faded == {other}
    assert not any(item.faded for item in nodes.values())
    assert step in nodes


def test_a_link_that_would_make_a_loop_is_refused_in_words(board):
    first, second = board.chain("filter_rows", "formula")
    board.drag(board.output(second), board.middle(first))

    assert board.links == {(first, second)}
    assert board.said == ["That link would make a loop. Link to a node further on."]


def test_a_link_dropped_on_the_ground_offers_what_fits_and_links_it(board):
    (table,) = board.chain("dataset")
    board.drag(board.output(table), QPointF(300, 200))
    search = board.canvas.quick_add
    offered = [search.list.item(row).text() for row in range(search.list.count())]

    assert not search.isHidden()
    assert "Filter rows" in offered
    assert "Dataset" not in offered
    search.line.setText("filter")
    search.list.itemClicked.emit(search.list.item(0))
    assert board.links == {(table, board.desk.current)}
    assert board.flow[board.desk.current].unit.spec.kind == "filter_rows"


def test_adding_by_a_dropped_link_undoes_as_one(board):
    (table,) = board.chain("dataset")
    before = board.flow
    board.drag(board.output(table), QPointF(300, 200))
    board.canvas.quick_add.list.itemClicked.emit(board.canvas.quick_add.list.item(0))
    board.session.undo()

    assert board.flow == before


def test_space_and_drag_move_the_ground_and_no_node(board):
    (table,) = board.chain("dataset")
    board.canvas.view.hold_space(True)
    centre = board.canvas.view.centre()
    place = board.middle(table)
    board.press(place)
    board.move(place + QPointF(50, 20))
    board.release(place)

    assert board.canvas.view.centre() == centre - QPointF(50, 20)
    assert board.middle(table) == place
