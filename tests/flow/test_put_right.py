"""A step comes right behind the table that it puts right."""

from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow
from canvas_app.flow.put_right import put_already, put_right
from canvas_app.flow.steps.choose_columns import ChooseColumns
from canvas_app.flow.steps.drop_duplicates import DropDuplicates

DROP = DropDuplicates(by="all")


def kinds(flow, node):
    """The kinds from a node on, along the first link of each."""
    found = [flow[node].unit.spec.kind]
    while flow.outputs(node):
        node = flow.outputs(node)[0].target
        found.append(flow[node].unit.spec.kind)
    return found


def test_a_table_that_is_not_there_is_brought_in():
    flow = put_right(Flow(), "titanic/1", DROP)

    assert kinds(flow, flow.nodes[0].id) == ["dataset", "drop_duplicates"]
    assert flow.nodes[-1].unit == DROP


def test_what_came_out_of_the_table_comes_out_of_the_step():
    flow = edits.add_node(Flow(), DatasetNode(dataset="titanic/1"))
    table = flow.nodes[0].id
    flow = edits.add_after(flow, table, ChooseColumns(columns=["a"]))
    flow = put_right(flow, "titanic/1", DROP)
    places = [(node.x, node.y) for node in flow]

    assert kinds(flow, table) == ["dataset", "drop_duplicates", "choose_columns"]
    assert len(set(places)) == 3


def test_a_step_that_is_there_already_is_found():
    flow = put_right(Flow(), "titanic/1", DROP)

    assert put_already(flow, "titanic/1", DROP) == flow.nodes[-1].id
    assert put_already(flow, "titanic/2", DROP) is None
    assert put_already(flow, "titanic/1", DropDuplicates(columns=["a"])) is None
