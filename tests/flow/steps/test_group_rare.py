"""Rare values share a name."""

from canvas_app.flow.steps.group_rare import GroupRare


def test_what_few_training_rows_have_gets_the_common_name(rows, cells):
    step = GroupRare(columns=["town"], least=30.0)
    learned = step.learn(rows(town=["Ulm", "Ulm", "Bonn", "Bonn", "Kiel", None, ""]))

    assert learned == {"town": ["Bonn", "Ulm"]}
    assert cells(step.apply(rows(town=["Ulm", "Kiel", "Mars", None, ""]), learned))["town"] == [
        "Ulm",
        "Other",
        "Other",
        None,
        "",
    ]


def test_at_most_so_many_stay(rows):
    step = GroupRare(columns=["town"], least=0.0, most=1)

    assert step.learn(rows(town=["b", "a", "b", "a", "c"])) == {"town": ["a"]}


def test_where_all_are_rare_all_share_the_name(rows, cells):
    step = GroupRare(columns=["town"], least=50.0, name="others")
    table = rows(town=["a", "b", "c"])

    assert cells(step.apply(table, step.learn(table)))["town"] == ["others"] * 3


def test_the_summary_says_from_when_on_a_value_is_rare():
    assert GroupRare(columns=["town"]).summary() == "town: below 1 % → Other"
