"""Numbers far from all others are found."""

from canvas_app.data.findings.outliers import Outliers

USUAL = [float(at % 50) for at in range(500)]


def test_a_few_far_numbers(looked):
    (found,) = looked(Outliers(), x=[*USUAL, 5000.0, None])

    assert found.words == "1 outlier in x"
    assert found.evidence["farthest"] == 5000.0
    assert found.fix.step == "clip_outliers"


def test_many_far_numbers_are_a_long_tail_and_no_outliers(looked):
    assert looked(Outliers(), x=[*USUAL, *[5000.0] * 100]) == []


def test_usual_numbers_are_fine(looked):
    assert looked(Outliers(), x=USUAL, same=[1.0] * 500) == []
