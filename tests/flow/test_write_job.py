"""Rows go to files, which a spreadsheet opens without running anything."""

import csv
import pickle

import pyarrow.parquet
import pytest

from canvas_app.flow import edits
from canvas_app.flow.codec import dump_flow
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow
from canvas_app.flow.run_flow import RunFlowJob
from canvas_app.flow.step import NODES
from canvas_app.flow.write_job import WriteFileJob, WrittenFile
from canvas_app.jobs.job import Done, Failed, run_inline

TEXTS = ["=1+1", "+x", "-2", "@a", "\tx", "\rx", "plain", None, "a=b", 'it\'s, "quoted"']


@pytest.fixture
def datasets(rows, engine, tmp_path) -> dict[str, str]:
    table = rows({"s": TEXTS, "n": list(range(-5, 5)), "=cmd()": [1.5] * 10})
    engine.write_parquet(table, tmp_path / "data.parquet")
    return {"data/1": str(tmp_path / "data.parquet")}


def flow_of(*paths: str) -> Flow:
    flow = edits.add_node(Flow(), DatasetNode(dataset="data/1"))
    for path in paths:
        flow = edits.add_after(flow, "dataset-1", WriteFile(path=path))
    return flow


def test_a_csv_file_disarms_what_a_spreadsheet_would_run(datasets, tmp_path):
    job = WriteFileJob(dump_flow(flow_of("out.csv")), "write_file-1", datasets, str(tmp_path))
    outcome = run_inline(job)
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        header, *lines = csv.reader(file)

    assert outcome == Done(WrittenFile(str(tmp_path / "out.csv"), 10))
    assert header == ["s", "n", "'=cmd()"]
    assert [line[0] for line in lines] == [
        "'=1+1",
        "'+x",
        "'-2",
        "'@a",
        "'\tx",
        "'\rx",
        "plain",
        "",
        "a=b",
        'it\'s, "quoted"',
    ]
    assert [int(line[1]) for line in lines] == list(range(-5, 5))


def test_a_parquet_file_holds_the_values_as_they_are(datasets, tmp_path):
    run_inline(WriteFileJob(dump_flow(flow_of("out.parquet")), "write_file-1", datasets, str(tmp_path)))

    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pydict()["s"] == TEXTS


def test_a_path_with_a_folder_is_taken_as_it_is(datasets, tmp_path):
    target = tmp_path / "deep" / "er" / "x.parquet"
    outcome = run_inline(WriteFileJob(dump_flow(flow_of(str(target))), "write_file-1", datasets, "elsewhere"))

    assert outcome == Done(WrittenFile(str(target), 10))
    assert target.is_file()


def test_its_result_comes_back_as_json():
    written = WrittenFile("a.csv", 3)

    assert WriteFileJob.load_result(WriteFileJob.dump_result(written)) == written
    assert RunFlowJob.load_result(RunFlowJob.dump_result((written,))) == (written,)


def test_it_travels_to_another_process(datasets):
    job = WriteFileJob(dump_flow(flow_of("x.csv")), "write_file-1", datasets)

    assert pickle.loads(pickle.dumps(job)) == job  # (noqa: house) as the pool does


@pytest.mark.parametrize(
    ("path", "node", "where"),
    [
        ("x.xlsx", "write_file-1", "write_file-1"),
        ("", "write_file-1", "write_file-1"),
        ("x.csv", "dataset-1", "dataset-1"),
    ],
)
def test_what_can_not_be_written_is_told_at_the_node(datasets, tmp_path, path, node, where):
    outcome = run_inline(WriteFileJob(dump_flow(flow_of(path)), node, datasets, str(tmp_path)))

    assert isinstance(outcome, Failed)
    assert outcome.where.node == where
    assert outcome.hint or outcome.message == "Choose a file."


def test_a_run_writes_every_file_but_skipped_ones_and_says_how_far_it_is(datasets, tmp_path):
    flow = edits.set_skipped(flow_of("a.csv", "b.parquet", "c.csv"), "write_file-3", True)
    told: list[float] = []

    class Listening:
        enough = False

        def __call__(self, done, note="", found=None):
            told.append(done)

    outcome = run_inline(RunFlowJob(dump_flow(flow), datasets, str(tmp_path)), Listening())

    assert [written.rows for written in outcome.value] == [10, 10]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.parquet", "data.parquet"]
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


def test_a_run_that_can_not_finish_writes_nothing(datasets, tmp_path):
    flow = flow_of("a.csv", "b.csv")
    flow = edits.add_on_link(
        flow, next(iter(flow.inputs("write_file-2"))), NODES["choose_columns"](columns=["gone"])
    )
    outcome = run_inline(RunFlowJob(dump_flow(flow), datasets, str(tmp_path)))

    assert outcome.where.node == "choose_columns-1"
    assert [path.name for path in tmp_path.iterdir()] == ["data.parquet"]


def test_a_flow_without_files_says_what_to_do(datasets):
    outcome = run_inline(RunFlowJob(dump_flow(flow_of()), datasets))

    assert outcome == Failed("This flow writes no file.", "Add a Write file node at its end.")
