"""Groups and their measures are those of pandas."""

import math

import pandas as pd
import pytest

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.group_summarise import GroupSummarise

STRANGE = 'k "e" ]y; DROP'
FRAME = pd.DataFrame(
    {
        STRANGE: ["a", "b", "a", None, "b"],
        "n": [1, 2, None, 4, 2],
        "x": [0.5, math.nan, 2.5, 1.0, None],
    }
)


@pytest.fixture
def table(rows):
    return rows(
        {STRANGE: ["a", "b", "a", None, "b"], "n": [1, 2, None, 4, 2], "x": [0.5, math.nan, 2.5, 1.0, None]}
    )


PANDAS = {"sum": "sum", "mean": "mean", "median": "median", "min": "min", "max": "max", "count": "count"}


@pytest.mark.parametrize("column", ["n", "x"])
@pytest.mark.parametrize("function", [*PANDAS, "distinct"])
def test_every_measure_is_that_of_pandas(table, cells, function, column):
    step = GroupSummarise(keys=[STRANGE], measures=[{"column": column, "function": function, "name": "m"}])
    grouped = FRAME.groupby(STRANGE, dropna=False)[column]
    expected = grouped.nunique() if function == "distinct" else grouped.agg(PANDAS[function])
    if function == "sum":
        expected = grouped.sum(min_count=1)
    after = cells(step.apply(table, {}))

    assert after[STRANGE] == ["a", "b", None]
    assert after["m"] == [None if pd.isna(value) else value for value in expected]


def test_without_a_key_all_rows_are_one_group(table, cells):
    step = GroupSummarise(measures=[{"function": "count"}, {"column": "n", "function": "sum"}])

    assert cells(step.apply(table, {})) == {"count": [5], "sum_n": [9]}
    assert cells(step.apply(table.limit(0), {})) == {"count": [0], "sum_n": [None]}


def test_no_rows_make_no_groups(table, cells):
    step = GroupSummarise(keys=[STRANGE], measures=[{"function": "count"}])

    assert cells(step.apply(table.limit(0), {})) == {STRANGE: [], "count": []}


def test_large_whole_sums_stay_exact_in_a_file(rows, engine, tmp_path):
    big = 2**60 + 1
    step = GroupSummarise(measures=[{"column": "n", "function": "sum", "name": "s"}])
    engine.write_parquet(step.apply(rows(n=[big, 2]), {}), tmp_path / "sum.parquet")

    assert engine.fetch(engine.read_parquet(tmp_path / "sum.parquet")).to_pydict() == {"s": [big + 2]}


def test_the_share_of_a_switch_is_its_mean(rows, cells):
    step = GroupSummarise(measures=[{"column": "b", "function": "mean"}, {"column": "b", "function": "sum"}])

    assert cells(step.apply(rows(b=[True, False, None, False]), {})) == {"mean_b": [1 / 3], "sum_b": [1]}


def test_what_does_not_fit_is_told_at_its_field(table):
    schema = schema_of(table)

    def fields(*measures, keys=(STRANGE,)):
        return [problem.field for problem in GroupSummarise(keys=keys, measures=measures).check(schema)]

    assert fields({"column": STRANGE, "function": "mean"}) == ["measures"]
    assert fields({"column": "gone", "function": "max"}) == ["measures"]
    assert fields({"column": "", "function": "max"}) == ["measures"]
    assert fields({"column": "n"}, {"column": "n"}) == ["measures"]
    assert fields({"column": "n", "name": STRANGE}) == ["measures"]
    assert fields({"column": "n"}, keys=["gone"]) == ["keys"]
    assert fields({"column": STRANGE, "function": "min"}) == []


def test_the_summary_says_what_is_measured_by_what():
    step = GroupSummarise(keys=["town"], measures=[{"column": "price", "function": "mean"}])

    assert step.summary() == "mean price by town"


def test_an_unfinished_summary_is_left_out_of_the_words() -> None:
    assert GroupSummarise(measures=[{}]).summary() == "No summary yet"
    assert GroupSummarise(measures=[{"function": "count"}, {}]).summary() == "count"
