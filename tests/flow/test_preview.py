"""What the window shows of a node."""

from canvas_app.flow import edits
from canvas_app.flow.compile import Compiler
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.flow.preview import preview
from canvas_app.flow.step import NODES


def flow_of(*units) -> Flow:
    flow = edits.add_node(Flow(), DatasetNode(dataset="people/1"))
    for item in units:
        flow = edits.add_after(flow, flow.nodes[-1].id, item)
    return flow


FILL = NODES["fill_missing"](columns=["age"], using="mean")


def test_a_step_shows_its_columns_its_changes_what_it_learned_and_its_sql(rows, engine):
    table = rows(age=[10, None, 30], rich=[True, False, None])
    flow = flow_of(FILL, PredictColumn(target="rich"))
    shown = preview(Compiler(flow, {"people/1": table}.__getitem__), "fill_missing-1", engine)

    assert shown.rows == 3
    assert shown.schema["age"].type == "number"
    assert shown.changed.blanks == (("age", 1, 0),)
    assert shown.learned == {"age": 20.0}
    assert shown.learned_for == ""
    assert shown.sql.startswith("SELECT")


def test_it_says_on_which_rows_it_learned(rows, engine):
    table = rows(age=[10, None, 30], rich=[True, False, None])
    flow = edits.rename_node(flow_of(FILL, PredictColumn(target="rich")), "predict_column-1", "Riches")
    compiler = Compiler(
        flow,
        {"people/1": table}.__getitem__,
        training_rows=lambda rows, model: rows.filter(rows[model.target]),
    )

    assert preview(compiler, "fill_missing-1", engine).learned_for == "Riches"
    assert preview(compiler, "fill_missing-1", engine).learned == {"age": 10.0}


def test_a_dataset_an_end_and_a_skipped_step_show_rows_and_no_changes(rows, engine):
    table = rows(age=[10, None], rich=[True, False])
    flow = edits.set_skipped(flow_of(FILL, PredictColumn(target="rich")), "fill_missing-1", True)
    compiler = Compiler(flow, {"people/1": table}.__getitem__)

    for node in ("dataset-1", "fill_missing-1", "predict_column-1"):
        shown = preview(compiler, node, engine)
        assert (shown.rows, shown.changed, shown.learned) == (2, None, {})
