"""Promises that every finding keeps, present and future."""

import math
import random

import pytest

from canvas_app.data.engine import schema_of
from canvas_app.data.examined import examined
from canvas_app.data.finding import FINDINGS, SEVERITIES
from canvas_app.flow.step import STEPS

pytestmark = pytest.mark.parametrize("finding", list(FINDINGS), ids=lambda finding: finding.spec.kind)

CHANCE = random.Random(7)
ROWS = 300
STRANGE = 'it\'s "a" [name]; DROP TABLE t; -- <b>'
SICK = {
    STRANGE: [CHANCE.choice(["Ulm", "ulm ", "Bonn", "?", None]) for _ in range(ROWS)],
    "id": [f"r{at}" for at in range(ROWS)],
    "constant": ["x"] * ROWS,
    "numbers": [str(at) for at in range(ROWS)],
    "tail": [math.exp(at / 20) for at in range(ROWS)],
    "far": [*[float(at % 40) for at in range(ROWS - 2)], -999.0, 1e6],
    "won": [CHANCE.random() < 0.4 for _ in range(ROWS)],
    "many": [[1, 2]] * ROWS,
    "empty": [None] * ROWS,
}


def look(finding, table, target, before=None):
    with examined(table, before=before) as seen:
        return list(finding().look(seen, target))


def test_its_kind_is_the_name_of_its_file_and_class(finding):
    assert finding.__module__.endswith(f".{finding.spec.kind}")
    assert finding.__name__ == finding.spec.kind.title().replace("_", "")


def test_its_help_is_one_sentence_and_what_is_fine_is_said(finding, icons):
    assert finding.__doc__.endswith(".")
    assert len(finding.__doc__) <= 90
    assert finding.spec.clear.startswith("no ")
    assert finding.spec.icon in icons


def test_its_example_survives_a_save(finding):
    assert FINDINGS.load(FINDINGS.dump(finding.example())) == finding.example()


def test_its_thresholds_have_labels(finding):
    assert finding.fields()
    assert all(field.label and field.label != field.name for field in finding.fields())


@pytest.mark.parametrize("target", ["", "won", "far", STRANGE, "many", "gone"])
def test_whatever_it_finds_is_said_and_can_be_put_right(finding, target, engine):
    table = engine.from_rows(SICK)
    schema = schema_of(table)
    for found in look(finding, table, target, before=table.limit(40)):
        assert found.kind == finding.spec.kind
        assert found.severity in SEVERITIES
        assert found.words
        assert "\n" not in found.words
        assert found.detail
        assert found.column == "" or found.column in SICK
        if found.fix is not None:
            step = STEPS[found.fix.step].read(found.fix.values)
            assert step.check(schema) == ()
            assert engine.count(step.apply(table, step.learn(table))) <= ROWS


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_it_looks_at_hardly_any_rows(finding, rows, engine):
    table = engine.from_rows(SICK).limit(rows)

    assert isinstance(look(finding, table, "won", before=table), list)


def test_it_says_the_same_every_time(finding, engine):
    table = engine.from_rows(SICK)

    assert look(finding, table, "won") == look(finding, table, "won")
