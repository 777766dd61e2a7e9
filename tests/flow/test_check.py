"""Problems and columns of a whole flow are known before anything runs."""

import time

import pytest

from canvas_app.data.engine import schema_of
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow import edits
from canvas_app.flow.check import check_flow
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES, UnknownUnit

PEOPLE = Schema(
    (
        ColumnInfo("age", "whole", "int64"),
        ColumnInfo("town", "text", "string"),
        ColumnInfo("rich", "switch", "boolean"),
    )
)
DATASETS = {"people/1": PEOPLE}


def flow_of(*units) -> Flow:
    flow = edits.add_node(Flow(), DatasetNode(dataset="people/1"))
    for unit in units:
        flow = edits.add_after(flow, flow.nodes[-1].id, unit)
    return flow


def unit(kind, **values):
    return NODES[kind](**values)


def test_columns_are_known_after_every_node():
    flow = flow_of(
        unit("formula", name="x", formula="age + 1"), unit("choose_columns", columns=["x", "town"])
    )
    check = check_flow(flow, DATASETS)

    assert check.problems == ()
    assert check.schemas["formula-1"].names == ("age", "town", "rich", "x")
    assert check.schemas["choose_columns-1"].names == ("town", "x")
    assert check.inputs["choose_columns-1"] == (check.schemas["formula-1"],)
    assert check.inputs["dataset-1"] == ()


def test_the_columns_are_those_of_the_real_table(rows):
    table = rows(age=[1], town=["a"], rich=[True])
    check = check_flow(flow_of(unit("fill_missing", columns=["age"])), {"people/1": schema_of(table)})

    assert check.schemas["fill_missing-1"] == schema_of(
        unit("fill_missing", columns=["age"]).apply(table, {})
    )


def test_a_problem_stands_at_its_node_and_field_and_stays_alone():
    flow = flow_of(unit("formula", name="x", formula="nothing + 1"), unit("choose_columns", columns=["x"]))
    check = check_flow(flow, DATASETS)

    assert [(problem.node, problem.field) for problem in check.problems] == [("formula-1", "formula")]
    assert check.of("formula-1") == check.problems
    assert check.blocks("choose_columns-1", flow) == check.problems[0]
    assert check.blocks("dataset-1", flow) is None
    assert "choose_columns-1" not in check.schemas


def test_a_missing_table_is_told_at_the_dataset():
    check = check_flow(flow_of(unit("filter_rows")), {})

    assert check.problems[0].node == "dataset-1"
    assert "people/1" in check.problems[0].message


def test_an_input_without_a_link_is_told_by_its_name():
    flow = edits.add_node(Flow(), unit("formula", name="x", formula="1"))
    flow = edits.add_after(
        edits.add_node(flow, DatasetNode(dataset="people/1")), "dataset-1", unit("join_tables")
    )
    messages = {problem.node: problem.message for problem in reversed(check_flow(flow, DATASETS).problems)}

    assert messages["formula-1"] == "Link a table to the input."
    assert messages["join_tables-1"] == "Link the second table to input 2."


def test_a_form_knows_the_columns_of_the_linked_input_of_two():
    flow = edits.add_after(flow_of(), "dataset-1", unit("join_tables"))

    assert check_flow(flow, DATASETS).inputs["join_tables-1"] == (PEOPLE, Schema())


def test_a_skipped_step_hands_its_input_on_and_has_no_problems():
    flow = edits.set_skipped(flow_of(unit("choose_columns", columns=["gone"])), "choose_columns-1", True)
    check = check_flow(flow, DATASETS)

    assert check.problems == ()
    assert check.schemas["choose_columns-1"] == PEOPLE


def test_an_unknown_step_is_told_and_passed_over():
    check = check_flow(flow_of(UnknownUnit(saved='{"kind": "x"}'), unit("filter_rows")), DATASETS)

    assert "another version" in check.of("unknown-1")[0].message
    assert check.schemas["unknown-1"] == PEOPLE


@pytest.mark.parametrize(("target", "field"), [("gone", "target"), ("", "target")])
def test_a_model_needs_its_column(target, field):
    check = check_flow(flow_of(PredictColumn(target=target)), DATASETS)

    assert [(problem.node, problem.field) for problem in check.problems] == [("predict_column-1", field)]


def test_learning_before_the_split_is_a_warning_with_the_way_out():
    flow = flow_of(
        unit("fill_missing", columns=["age"]),
        unit("group_summarise", keys=["town", "rich"], measures=[{"function": "count"}]),
        PredictColumn(target="rich"),
    )
    warning = check_flow(flow, DATASETS).of("fill_missing-1")[0]

    assert warning.severity == "warning"
    assert "Group and summarise" in warning.hint


def test_learning_in_the_recipe_is_right():
    assert (
        check_flow(
            flow_of(unit("fill_missing", columns=["age"]), PredictColumn(target="rich")), DATASETS
        ).problems
        == ()
    )


def test_filling_with_zero_before_the_split_is_right():
    flow = flow_of(
        unit("fill_missing", columns=["age"], using="zero"),
        unit("group_summarise", keys=["town", "rich"], measures=[{"function": "count"}]),
        PredictColumn(target="rich"),
    )

    assert check_flow(flow, DATASETS).problems == ()


def test_a_column_computed_from_the_target_is_a_problem():
    flow = flow_of(unit("formula", name="leak", formula="if(rich, 1, 0)"), PredictColumn(target="rich"))
    problem = check_flow(flow, DATASETS).problems[0]

    assert (problem.node, problem.severity) == ("formula-1", "problem")
    assert "rich" in problem.message


def test_a_leak_that_is_left_out_again_is_none():
    flow = flow_of(
        unit("formula", name="leak", formula="if(rich, 1, 0)"),
        unit("choose_columns", columns=["leak"], rule="leave out"),
        PredictColumn(target="rich"),
    )

    assert check_flow(flow, DATASETS).problems == ()


def test_filtering_by_the_target_is_right():
    flow = flow_of(
        unit("filter_rows", conditions=[{"column": "rich", "operator": "is not blank"}]),
        PredictColumn(target="rich"),
    )

    assert check_flow(flow, DATASETS).problems == ()


def test_an_edit_in_a_flow_of_500_nodes_is_checked_at_once():
    flow = flow_of(*(unit("formula", name=f"c{at % 20}", formula="age + 1") for at in range(500)))
    check_flow(flow, DATASETS)
    edited = edits.set_unit(flow, "formula-490", unit("formula", name="c1", formula="age + 2"))
    start = time.perf_counter()
    check = check_flow(edited, DATASETS)

    assert time.perf_counter() - start < 1.0
    assert len(check.schemas) == 501
