"""Promises that every transform keeps, present and future."""

import pytest

from canvas_app.data.engine import schema_of
from canvas_app.data.schema import Schema
from canvas_app.flow.blank_table import blank_table
from canvas_app.flow.step import STEPS

pytestmark = pytest.mark.parametrize("step", list(STEPS), ids=lambda step: step.spec.kind)


def inputs(step, table):
    """The example table for every input; a second input gets columns of the same names."""
    return [table for _ in step.spec.inputs]


def test_its_example_survives_a_save(step):
    example = step.example()

    assert STEPS.load(STEPS.dump(example)) == example


def test_its_kind_is_the_name_of_its_file_and_class(step):
    assert step.__module__.endswith(f".{step.spec.kind}")
    assert step.__name__ == step.spec.kind.title().replace("_", "")


def test_its_help_is_one_sentence(step):
    assert step.__doc__.endswith(".")
    assert len(step.__doc__) <= 90


def test_it_has_a_group_of_the_palette_and_an_icon_that_exists(step, icons):
    assert step.spec.group in ("Clean", "Shape", "Combine")
    assert step.spec.icon in icons


def test_its_fields_have_labels_and_as_many_words_as_choices(step):
    for field in step.fields():
        assert field.label != field.name
        assert not field.labels or len(field.labels) == len(field.choices)


def test_fresh_from_the_palette_it_says_what_is_missing(step, example_rows):
    schema = schema_of(example_rows)
    problems = step().check(*(schema for _ in step.spec.inputs))

    assert problems
    assert all(problem.hint or problem.open for problem in problems)
    assert isinstance(step().summary(), str)


def test_its_example_is_sound_and_said_in_words(step, example_rows):
    schema = schema_of(example_rows)

    assert step.example().check(*(schema for _ in step.spec.inputs)) == ()
    assert step.example().summary()


def test_missing_columns_are_problems_at_a_field(step):
    names = {field.name for field in step.fields()}
    problems = step.example().check(*(Schema() for _ in step.spec.inputs))

    assert problems
    assert all(problem.field in names for problem in problems)


def test_its_columns_are_known_without_learning(step, example_rows):
    example = step.example()
    tables = inputs(step, example_rows)
    learned = example.learn(*tables)
    blank = [blank_table(schema_of(table), f"t{at}") for at, table in enumerate(tables)]

    assert schema_of(example.apply(*blank, {})) == schema_of(example.apply(*tables, learned))


def test_what_it_announces_is_what_comes_out(step, example_rows, engine):
    example = step.example()
    tables = inputs(step, example_rows)
    after = example.apply(*tables, example.learn(*tables))

    assert engine.fetch(after).schema.names == list(schema_of(after).names)


def test_it_says_whether_it_learns(step, example_rows):
    example = step.example()

    assert bool(example.learn(*inputs(step, example_rows))) == step.spec.learns == example.learning


def test_it_works_without_rows(step, example_rows, engine):
    example = step.example()
    tables = inputs(step, example_rows.limit(0))
    after = example.apply(*tables, example.learn(*tables))

    assert engine.count(after) == 0


def test_rows_are_kept_or_dropped_as_it_declares(step, example_rows, engine):
    example = step.example()
    tables = inputs(step, example_rows)
    count = engine.count(example.apply(*tables, example.learn(*tables)))
    before = engine.count(example_rows)

    assert step.spec.rows == "makes" or count == before or (step.spec.rows == "drops" and count < before)


def test_a_step_that_keeps_rows_answers_each_by_itself(step, example_rows, engine):
    if step.spec.rows != "keeps":
        assert step.spec.rows in ("drops", "makes")
        return
    example = step.example()
    learned = example.learn(example_rows)
    together = engine.fetch(example.apply(example_rows, learned)).to_pylist()
    alone = [
        engine.fetch(example.apply(engine.from_arrow(engine.page(example_rows, at, 1)), learned)).to_pylist()[
            0
        ]
        for at in range(engine.count(example_rows))
    ]

    assert repr(alone) == repr(together)


def test_its_replay_is_the_same_step_over_the_same_columns(step, example_rows):
    tables = inputs(step, example_rows)
    replayed = step.example().on_replay()

    assert type(replayed) is step
    assert schema_of(replayed.apply(*tables, {})) == schema_of(step.example().apply(*tables, {}))
