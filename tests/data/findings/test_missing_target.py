"""Blanks in the target are found."""

from canvas_app.data.findings.missing_target import MissingTarget


def test_rows_without_an_answer_can_be_left_out(looked):
    (found,) = looked(MissingTarget(), "won", won=["yes", "", None, "no"])

    assert found.words == "won is blank in 2 rows"
    assert found.severity == "high"
    assert found.fix.values["conditions"][0]["operator"] == "is not blank"


def test_a_target_without_blanks_is_fine(looked):
    assert looked(MissingTarget(), "won", won=["yes", "no"], other=[None, None]) == []
