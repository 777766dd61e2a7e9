"""Blanks are counted and the way to fill them fits the column."""

import datetime

import pytest

from canvas_app.data.findings.blanks import Blanks
from tests.any_values import is_blank


@pytest.mark.parametrize(
    ("column", "step"),
    [
        ([1, None, 3], "fill_missing"),
        (["a", "", "b"], "fill_missing"),
        ([1.0, float("nan"), 2.0], "fill_missing"),
        ([datetime.date(2024, 1, 1), None, datetime.date(2024, 1, 2)], "filter_rows"),
        ([None, None, 3], "choose_columns"),
    ],
)
def test_the_fix_fits_the_column(looked, column, step):
    (found,) = looked(Blanks(), x=column)

    assert found.fix.step == step
    assert found.evidence["blanks"] == sum(map(is_blank, column))


def test_the_emptiest_come_first_and_full_columns_not_at_all(looked):
    found = looked(Blanks(), a=[1, 2, 3, None], b=[None, None, None, 1], c=[1, 2, 3, 4])

    assert [(item.column, item.severity) for item in found] == [("b", "high"), ("a", "medium")]
    assert found[0].words == "75 % blanks in b"


def test_the_target_is_another_findings_matter(looked):
    assert looked(Blanks(), "a", a=[1, None]) == []
