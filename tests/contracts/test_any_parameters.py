"""Whatever parameters a step has: it says what is wrong, or it runs and gives what it announced."""

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ibis.expr.types import Table

from canvas_app.base.spec import FieldSpec
from canvas_app.data.engine import Engine, schema_of
from canvas_app.flow.check import unit_check
from canvas_app.flow.step import STEPS

DAY, MOMENT = datetime.date, datetime.datetime
STRANGE = 's "]; DROP'
COLUMNS = ["i", "k", "u", "x", STRANGE, "d", "m", "b", "many", "t", "money", "zoned"]
NAMES = st.sampled_from([*COLUMNS, "", "gone"])
VALUES = st.sampled_from(
    [
        "1",
        "-2.5",
        "a",
        "",
        "2024-01-01",
        "2024-01-01 10:00",
        "10:30",
        "true",
        "no",
        "1e308",
        "9" * 20,
        "'; --",
        "٣",
    ]
)


@pytest.fixture(scope="session")
def extremes(engine: Engine) -> Table:
    """Columns of every type with blanks and the ends of their range."""
    table = engine.from_rows(
        {
            "i": [1, -(2**63), 2**31, None],
            "k": [100, -128, 127, None],
            "u": [0, 1, 2**64 - 1, None],
            "x": [0.0, float("nan"), float("inf"), 1e308],
            STRANGE: ["a", "", "2024-01-01", None],
            "d": [DAY(2024, 1, 1), DAY(1, 1, 1), DAY(9999, 12, 31), None],
            "m": [MOMENT(2024, 1, 1, 3), MOMENT(1, 1, 1), None, MOMENT(9999, 12, 31)],
            "b": [True, False, None, True],
            "many": [[1], [], None, [2]],
            "t": [datetime.time(3), None, None, None],
        },
        {"k": "int8", "u": "uint64"},
    )
    return table.mutate(money=table.k.cast("decimal(10, 2)"), zoned=table.m.cast("timestamp('UTC')"))


def values_of(field: FieldSpec) -> st.SearchStrategy[Any]:
    """Values that a form could give to a field."""
    lists: dict[str, st.SearchStrategy[Any]] = {
        "conditions": st.fixed_dictionaries(
            {
                "column": NAMES,
                "operator": st.sampled_from(
                    ["equals", "differs from", "less than", "at least", "contains", "ends with", "is blank"]
                ),
                "value": VALUES,
            }
        ),
        "measures": st.fixed_dictionaries(
            {
                "column": NAMES,
                "function": st.sampled_from(["count", "sum", "mean", "median", "min", "max", "distinct"]),
                "name": st.sampled_from(["", "n", "i"]),
            }
        ),
        "column_pairs": st.one_of(
            st.fixed_dictionaries({"left": NAMES, "right": NAMES}),
            st.sampled_from(COLUMNS).map(lambda name: {"left": name, "right": name}),
        ),
        "replacements": st.fixed_dictionaries({"value": VALUES, "by": VALUES}),
        "columns": NAMES,
        "files": VALUES,
    }
    if field.word in lists:
        return st.lists(lists[field.word], max_size=3).map(tuple)
    plain = {
        "choice": st.sampled_from(field.choices or ("",)),
        "switch": st.booleans(),
        "column": NAMES,
        "number": st.floats(-9 if field.ge is None else field.ge, 9 if field.le is None else field.le),
        "whole": st.integers(
            -9 if field.ge is None else int(field.ge), 9 if field.le is None else int(field.le)
        ),
        "formula": st.sampled_from(["1", "i + k", "upper(b)", "[x] / u", "text(t)"]),
    }
    return plain.get(field.word, VALUES)


@pytest.mark.parametrize("step", list(STEPS), ids=lambda step: step.spec.kind)
@given(data=st.data())
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_step_without_problems_runs(step, data, extremes, engine):
    values = {field.name: data.draw(values_of(field), label=field.name) for field in step.fields()}
    unit = step(**values).on_replay()
    tables = [extremes for _ in step.spec.inputs]
    problems, announced = unit_check(unit, tuple(schema_of(table) for table in tables))
    if problems:
        assert all(problem.message and (problem.hint or problem.open) for problem in problems)
        return
    after = unit.apply(*tables, unit.learn(*tables))

    assert schema_of(after) == announced
    assert engine.fetch(after).schema.names == list(announced.names)
