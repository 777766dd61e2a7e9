"""One thing written in several ways is found."""

from canvas_app.data.findings.inconsistent_spellings import InconsistentSpellings


def test_capitals_spaces_and_slips_give_way_to_the_usual_spelling(looked):
    towns = ["New York"] * 30 + ["new york", "New  York", "NEW-YORK", "New Yorrk"] + ["Bonn"] * 9
    (found,) = looked(InconsistentSpellings(), town=towns)

    assert found.evidence["pairs"] == {
        "NEW-YORK": "New York",
        "New  York": "New York",
        "new york": "New York",
        "New Yorrk": "New York",
    }
    assert found.fix.step == "replace_values"


def test_ranges_numbers_and_other_words_are_no_spellings(looked):
    assert (
        looked(
            InconsistentSpellings(),
            range=["<=50K", ">50K"] * 9,
            code=["1-2", "12"] * 9,
            place=["INLAND"] * 17 + ["ISLAND"],
        )
        == []
    )
