"""Promises that the help keeps for every kind of node, present and future."""

import pytest

from canvas_app.flow.step import NODES, STEPS
from canvas_app.flow.unit_help import help_of
from canvas_app.flow.worked_example import worked_example

of_every_kind = pytest.mark.parametrize("unit", list(NODES), ids=lambda unit: unit.spec.kind)
of_every_step = pytest.mark.parametrize("step", list(STEPS), ids=lambda step: step.spec.kind)


@of_every_kind
def test_it_says_what_the_kind_does_in_a_sentence_and_how_it_treats_rows(unit):
    told = help_of(unit)

    assert told.sentence.endswith(".")
    assert told.facts
    assert all(fact.endswith(".") for fact in told.facts)


@of_every_kind
def test_it_says_of_every_parameter_what_it_takes(unit):
    told = help_of(unit)

    assert [field.name for field in told.fields] == [field.name for field in unit.fields()]
    assert all(field.takes.endswith(".") and field.takes[0].isupper() for field in told.fields)


@of_every_kind
def test_it_shows_the_parameters_of_the_example_in_words(unit):
    told = help_of(unit)

    assert len(told.example) == len(unit.spec.example)
    assert all(label and words and "[{" not in words for label, words in told.example)


@of_every_step
def test_its_worked_example_changes_something(step, engine):
    worked = worked_example(step, engine)

    assert len(worked.before) == len(step.spec.inputs)
    assert (worked.after.schema, worked.after.rows) != (worked.before[0].schema, worked.before[0].rows)
    assert worked.after.rows.num_rows


@of_every_step
def test_its_worked_example_fits_a_page(step, engine):
    worked = worked_example(step, engine)

    assert all(len(table.schema) <= 8 for table in (*worked.before, worked.after))


@of_every_step
def test_its_worked_example_is_the_same_every_time(step, engine):
    assert worked_example(step, engine) == worked_example(step, engine)
