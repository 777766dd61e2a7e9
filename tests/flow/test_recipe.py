"""The recipe of a model: where it begins, what it learns, and its replay on new rows."""

import datetime

import duckdb
import pyarrow
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import schema_of
from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, Node
from canvas_app.flow.lineage import sources_of
from canvas_app.flow.recipe import apply_steps, learn_steps, recipe_of, recipe_sql, replayed
from canvas_app.flow.step import NODES, UnknownUnit


def unit(kind, **values):
    return NODES[kind](**values)


def flow_of(*units) -> Flow:
    flow = edits.add_node(Flow(), DatasetNode(dataset="people/1"))
    for item in units:
        flow = edits.add_after(flow, flow.nodes[-1].id, item)
    return flow


def steps_of(*units) -> tuple[Node, ...]:
    return tuple(Node(f"step-{at}", item) for at, item in enumerate(units))


STRANGE = 'a "b" ]c; DROP 😀'
ADULT = {"column": STRANGE, "operator": "at least", "value": "18"}


@pytest.fixture
def people(rows):
    day = datetime.date(2024, 1, 1)
    return rows({STRANGE: [10, 20, 60, None], "born": [day, day, None, day], "rich": [0, 1, 1, None]})


@pytest.fixture
def steps() -> tuple[Node, ...]:
    return steps_of(
        unit("fill_missing", columns=[STRANGE], using="mean"),
        unit("filter_rows", conditions=[ADULT]),
        unit("formula", name="double", formula=f"[{STRANGE.replace(']', ']]')}] * 2"),
        unit("change_type", columns=["double"], to="whole", misfits="stop"),
        unit("choose_columns", columns=["double", "rich"]),
    )


def test_the_recipe_is_the_longest_run_of_steps_that_keep_or_drop_rows():
    flow = flow_of(
        unit("filter_rows"),
        unit("group_summarise", measures=[{"function": "count"}]),
        unit("filter_rows"),
        unit("formula"),
        PredictColumn(),
    )
    recipe = recipe_of(flow, "predict_column-1")

    assert recipe.border == "group_summarise-1"
    assert [step.id for step in recipe.steps] == ["filter_rows-2", "formula-1"]


def test_skipped_and_unknown_steps_are_passed_over_in_a_recipe():
    flow = flow_of(unit("formula"), UnknownUnit(saved="{}"), unit("filter_rows"), PredictColumn())
    recipe = recipe_of(edits.set_skipped(flow, "filter_rows-1", True), "predict_column-1")

    assert recipe.border == "dataset-1"
    assert [step.id for step in recipe.steps] == ["formula-1"]


def test_a_model_right_after_its_data_has_an_empty_recipe():
    recipe = recipe_of(flow_of(PredictColumn()), "predict_column-1")

    assert (recipe.border, recipe.steps) == ("dataset-1", ())


def test_a_model_without_data_has_none():
    with pytest.raises(CanvasError, match="Nothing comes in"):
        recipe_of(edits.add_node(Flow(), PredictColumn()), "predict_column-1")


def test_steps_learn_one_after_the_other(people, steps):
    learned = learn_steps(people, steps)

    assert learned["step-0"] == {STRANGE: 30.0}
    assert all(learned[step.id] == {} for step in steps[1:])


def test_in_training_filters_drop_rows_and_in_a_replay_they_do_not(people, steps, cells):
    learned = learn_steps(people, steps)

    assert cells(apply_steps(people, steps, learned, replay=False))["double"] == [40, 120, 60]
    assert cells(apply_steps(people, steps, learned, replay=True))["double"] == [20, 40, 120, 60]


def test_a_replay_never_learns_from_the_rows_that_are_asked_about(rows, people, steps, cells):
    learned = learn_steps(people, steps)
    asked = rows({STRANGE: [None, 1000], "born": [None, None], "rich": [0, 0]}, {"born": "date"})

    assert cells(apply_steps(asked, steps, learned, replay=True))["double"] == [60, 2000]


def test_the_sql_is_one_select_that_gives_the_same_elsewhere(people, steps, cells):
    learned = learn_steps(people, steps)
    sql = recipe_sql(steps, learned, schema_of(people))
    connection = duckdb.connect()
    connection.register("input", people.to_pyarrow())

    assert sql.startswith("SELECT")
    assert connection.sql(sql).to_arrow_table().to_pydict() == cells(
        apply_steps(people, steps, learned, replay=True)
    )


def needed(steps, learned, schema, target):
    """The columns that what comes out is computed from."""
    used = sources_of(replayed(steps, learned, schema, target=target))
    return tuple(name for name in schema.names if name in used and name != target)


def test_new_rows_bring_only_what_is_needed(people, steps):
    learned = learn_steps(people, steps)
    schema = schema_of(people)
    brought = needed(steps, learned, schema, "rich")
    sql = recipe_sql(steps, learned, schema, target="rich", brings=brought)
    connection = duckdb.connect()
    connection.register("input", pyarrow.table({STRANGE: pyarrow.array([5, None], "int64")}))

    assert brought == (STRANGE,)
    assert connection.sql(sql).to_arrow_table().to_pydict() == {"double": [10, 60]}


def test_without_steps_every_column_but_the_target_is_needed(people):
    schema = schema_of(people)

    assert needed((), {}, schema, "rich") == (STRANGE, "born")
    assert '"input"' in recipe_sql((), {}, schema, target="rich")


def test_a_column_used_only_by_a_filter_is_not_needed_for_answers(people):
    steps = steps_of(
        unit("filter_rows", conditions=[ADULT]), unit("choose_columns", columns=["born", "rich"])
    )

    assert needed(steps, {}, schema_of(people), "rich") == ("born",)


def test_a_value_of_text_can_not_break_out_of_the_sql(rows):
    nasty = "'); DROP TABLE input; --"
    table = rows(s=[nasty, nasty, None], y=[1, 2, 3])
    steps = steps_of(unit("fill_missing", columns=["s"], using="most frequent"))
    sql = recipe_sql(steps, learn_steps(table, steps), schema_of(table), target="y")
    connection = duckdb.connect()
    connection.register("input", pyarrow.table({"s": ["x", None]}))

    assert len(duckdb.extract_statements(sql)) == 1
    assert connection.sql(sql).fetchall() == [("x",), (nasty,)]
