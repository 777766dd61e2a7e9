"""Columns with too many categories are found."""

from canvas_app.data.findings.high_cardinality import HighCardinality


def test_many_rare_values_are_grouped(looked):
    (found,) = looked(HighCardinality(), town=["Ulm"] * 5000 + [f"t{at}" for at in range(40)] * 2)

    assert found.words == "town has 41 values"
    assert found.evidence["rare"] == 40
    assert found.fix.step == "group_rare"


def test_a_column_of_rare_values_alone_is_left_out(looked):
    (found,) = looked(HighCardinality(), town=[f"t{at}" for at in range(1000)] * 2)

    assert found.fix.step == "choose_columns"


def test_few_values_numbers_as_text_and_sentences_are_fine(looked):
    assert (
        looked(
            HighCardinality(),
            few=["a", "b"] * 500,
            numbers=[str(at // 2) for at in range(1000)],
            prose=[f"{'many words ' * 6}{at // 2}" for at in range(1000)],
        )
        == []
    )
