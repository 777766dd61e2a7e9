"""What the help says follows from what a kind declares."""

import pytest

from canvas_app.base.spec import FieldSpec
from canvas_app.flow.step import NODES
from canvas_app.flow.unit_help import help_of, in_words


def field(kind, name):
    return next(field for field in help_of(NODES[kind]).fields if field.name == name)


def test_a_step_says_what_it_does_to_rows_and_whether_it_learns():
    assert help_of(NODES["fill_missing"]).facts == (
        "Every row stays, and each is computed by itself.",
        "Before a model it learns from the training rows alone, and treats all rows alike.",
    )
    assert help_of(NODES["filter_rows"]).facts[0].startswith("It leaves rows out")


def test_the_ends_of_a_flow_say_so():
    assert help_of(NODES["dataset"]).facts == ("A flow begins with it.",)
    assert help_of(NODES["write_file"]).facts == ("A flow ends with it.",)


def test_several_tables_are_named():
    assert help_of(NODES["join_tables"]).facts[0] == "2 tables come in: first table and second table."


@pytest.mark.parametrize(
    ("kind", "name", "takes"),
    [
        ("fill_missing", "columns", "One or more columns. Needed."),
        ("date_parts", "columns", "One or more columns of dates or times. Needed."),
        ("filter_rows", "rule", "One of: Keep · Leave out. At first Keep."),
        ("date_parts", "week", "On or off. At first off."),
        (
            "predict_column",
            "seconds",
            "A whole number from 10 to 86,400 s. At first 120 s. Only where Search by is Time.",
        ),
    ],
)
def test_a_field_says_what_it_takes_and_begins_with(kind, name, takes):
    assert field(kind, name).takes == takes


def test_the_example_is_told_by_labels_and_words():
    assert help_of(NODES["filter_rows"]).example == (("Conditions", "age ≥ 18"),)
    assert help_of(NODES["group_summarise"]).example == (
        ("Group by", "town"),
        ("Summaries", "mean of price, called mean_price"),
    )


def test_a_value_is_told_with_its_unit():
    share = FieldSpec("share", "Share", "number", unit="%")

    assert in_words(share, 2_000) == "2,000 %"
