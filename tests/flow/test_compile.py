"""A flow becomes queries; what is learned comes from the rows that may be learned from."""

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.flow import edits
from canvas_app.flow.compile import Compiler
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES, UnknownUnit


def unit(kind, **values):
    return NODES[kind](**values)


def flow_of(*units, dataset="people/1") -> Flow:
    flow = edits.add_node(Flow(), DatasetNode(dataset=dataset))
    for item in units:
        flow = edits.add_after(flow, flow.nodes[-1].id, item)
    return flow


@pytest.fixture
def people(rows):
    return rows(age=[10, 20, 90, None], town=["a", "b", "b", "c"], rich=[False, True, True, False])


@pytest.fixture
def compiler(people):
    def make(flow: Flow, **more) -> Compiler:
        return Compiler(flow, {"people/1": people}.__getitem__, **more)

    return make


def young(table, model):
    """Stands for the split: rows of those up to 20 are training rows."""
    assert isinstance(model, PredictColumn)
    return table.filter(table.age <= 20)


def test_a_chain_is_one_query(compiler, cells):
    flow = flow_of(
        unit("fill_missing", columns=["age"], using="mean"),
        unit("filter_rows", conditions=[{"column": "age", "operator": "at least", "value": "20"}]),
        unit("formula", name="old", formula="age * 2"),
        unit("choose_columns", columns=["old"]),
    )

    assert cells(compiler(flow).table("choose_columns-1")) == {"old": [40.0, 180.0, 80.0]}


def test_two_tables_meet_in_the_right_order(rows, cells):
    flow = edits.add_node(flow_of(dataset="left/1"), DatasetNode(dataset="right/1"))
    flow = edits.add_node(flow, unit("join_tables", pairs=[{"left": "k", "right": "k"}]))
    flow = edits.connect(flow, "dataset-2", "join_tables-1", 1)
    flow = edits.connect(flow, "dataset-1", "join_tables-1", 0)
    tables = {"left/1": rows(k=[1], l=["left"]), "right/1": rows(k=[1], r=["right"])}

    assert cells(Compiler(flow, tables.__getitem__).table("join_tables-1")) == {
        "k": [1],
        "l": ["left"],
        "r": ["right"],
    }


def test_skipped_and_unknown_steps_are_passed_over(compiler, cells):
    flow = flow_of(unit("choose_columns", columns=["age"]), UnknownUnit(saved="{}"), unit("filter_rows"))
    flow = edits.set_skipped(flow, "filter_rows-1", True)

    assert list(cells(compiler(flow).table("filter_rows-1"))) == ["age"]


def test_an_end_shows_what_comes_in(compiler, cells, people):
    assert cells(compiler(flow_of(PredictColumn(target="rich"))).table("predict_column-1")) == cells(people)


@pytest.mark.parametrize(
    ("units", "node", "field"),
    [
        ([unit("formula", name="x", formula="1 +")], "formula-1", "formula"),
        ([unit("choose_columns", columns=["gone"])], "choose_columns-1", "columns"),
        ([unit("join_tables", pairs=[{"left": "age", "right": "age"}])], "join_tables-1", None),
    ],
)
def test_what_can_not_be_compiled_names_its_node(compiler, units, node, field):
    with pytest.raises(CanvasError) as caught:
        compiler(flow_of(*units)).table(node)

    assert (caught.value.where.node, caught.value.where.field) == (node, field)
    assert caught.value.hint or caught.value.message.endswith("Link the second table to input 2.")


@pytest.mark.parametrize("dataset", ["gone/1", ""])
def test_a_missing_dataset_is_told_at_its_node(compiler, dataset):
    with pytest.raises(CanvasError) as caught:
        compiler(flow_of(dataset=dataset)).table("dataset-1")

    assert caught.value.where.node == "dataset-1"


def test_what_is_given_is_not_learned_again(compiler, cells):
    flow = flow_of(unit("fill_missing", columns=["age"]))
    given = compiler(flow, learned={"fill_missing-1": {"age": 7}})

    assert cells(given.table("fill_missing-1"))["age"] == [10, 20, 90, 7]


def test_recipes_learn_from_training_rows_alone(compiler):
    flow = flow_of(unit("fill_missing", columns=["age"], using="mean"), PredictColumn(target="rich"))

    assert compiler(flow).learned("fill_missing-1") == {"age": 40.0}
    assert compiler(flow, training_rows=young).learned("fill_missing-1") == {"age": 15.0}


def test_a_recipe_step_learns_on_what_the_steps_before_it_make_of_the_training_rows(compiler):
    flow = flow_of(
        unit("formula", name="double", formula="age * 2"),
        unit("filter_rows", conditions=[{"column": "age", "operator": "more than", "value": "10"}]),
        unit("fill_missing", columns=["double"], using="mean"),
        PredictColumn(target="rich"),
    )

    assert compiler(flow, training_rows=young).learned("fill_missing-1") == {"double": 40.0}


def test_steps_above_the_border_learn_from_all_rows(compiler):
    flow = flow_of(
        unit("fill_missing", columns=["age"], using="mean"),
        unit("group_summarise", keys=["rich", "age"], measures=[{"function": "count"}]),
        PredictColumn(target="rich"),
    )

    assert compiler(flow, training_rows=young).learned("fill_missing-1") == {"age": 40.0}


def test_what_was_learned_is_remembered_by_its_content(compiler):
    flow = flow_of(unit("fill_missing", columns=["age"], using="mean"), PredictColumn(target="rich"))
    kept: dict = {}
    first = compiler(flow, kept=kept).learned("fill_missing-1")
    moved = edits.move_nodes(flow, {"fill_missing-1": (9, 9)})

    assert compiler(moved, kept=kept).learned("fill_missing-1") is first
    assert compiler(flow, kept=kept, training_rows=young).learned("fill_missing-1") != first
    assert len(kept) == 2


def test_content_keys_follow_what_decides_the_rows(compiler):
    flow = flow_of(unit("fill_missing", columns=["age"]), unit("filter_rows"))
    same = edits.rename_node(edits.move_nodes(flow, {"dataset-1": (5, 5)}), "filter_rows-1", "Mine")
    other = edits.set_unit(flow, "fill_missing-1", unit("fill_missing", columns=["age"], using="mean"))
    skipped = edits.set_skipped(flow, "fill_missing-1", True)
    keys = [compiler(item).content_key("filter_rows-1") for item in (flow, same, other, skipped)]

    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_the_sql_reads_well_and_runs_as_it_stands(compiler, people, cells):
    import duckdb

    flow = flow_of(
        unit("fill_missing", columns=["age"], using="mean"), unit("choose_columns", columns=["age"])
    )
    sql = compiler(flow).sql("choose_columns-1")
    connection = duckdb.connect()
    connection.register("people", people.to_pyarrow())

    assert 'FROM "people"' in sql
    assert "40.0" in sql
    assert connection.sql(sql).to_arrow_table().to_pydict() == {"age": [10.0, 20.0, 90.0, 40.0]}


def test_a_long_chain_compiles(compiler, engine):
    flow = flow_of(*(unit("formula", name=f"c{at % 7}", formula="age + 1") for at in range(60)))

    assert engine.count(compiler(flow).table("formula-60")) == 4
