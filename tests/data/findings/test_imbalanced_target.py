"""One answer that outweighs another is found."""

from canvas_app.data.findings.imbalanced_target import ImbalancedTarget


def test_two_categories_of_unequal_weight(looked):
    (found,) = looked(ImbalancedTarget(), "won", won=["no"] * 970 + ["yes"] * 30)

    assert found.words == "“yes” is only 3 % of won"
    assert found.severity == "medium"


def test_equal_weights_are_fine_of_several_categories_too(looked):
    assert looked(ImbalancedTarget(), "won", won=["no"] * 80 + ["yes"] * 20) == []
    assert looked(ImbalancedTarget(), "kind", kind=["a", "b", "c", "d"] * 50) == []
