"""Rare categories of the target are found."""

from canvas_app.data.findings.rare_classes import RareClasses

COMMON = ["a"] * 60 + ["b"] * 60


def test_categories_of_few_rows(looked):
    (found,) = looked(RareClasses(), "kind", kind=[*COMMON, "c", "d", "d"])

    assert found.words == "kind has 2 rare categories"
    assert found.fix.values["rule"] == "leave out"
    assert [item["value"] for item in found.fix.values["conditions"]] == ["d", "c"]


def test_common_categories_and_numbers_are_fine(looked):
    assert looked(RareClasses(), "kind", kind=COMMON) == []
    assert looked(RareClasses(), "pay", pay=[at / 7 for at in range(200)]) == []
