"""Every measure is that of scipy, of scikit-learn, or of its formula by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import mutual_info_score

from canvas_app.data import association

RANDOM = np.random.default_rng(7)
ONE = RANDOM.normal(size=500)
OTHER = 0.6 * ONE + RANDOM.normal(size=500)
CODES = RANDOM.integers(0, 4, 500).astype(float)
OTHER_CODES = np.where(RANDOM.random(500) < 0.5, CODES, RANDOM.integers(0, 4, 500)).astype(float)


def test_correlations_are_those_of_scipy() -> None:
    assert association.pearson(ONE, OTHER) == pytest.approx(stats.pearsonr(ONE, OTHER).statistic)
    assert association.spearman(ONE, OTHER) == pytest.approx(stats.spearmanr(ONE, OTHER).statistic)
    assert association.spearman(CODES, OTHER) == pytest.approx(stats.spearmanr(CODES, OTHER).statistic)


def test_ranks_see_what_bends() -> None:
    assert association.spearman(ONE, np.exp(3 * ONE)) == pytest.approx(1)
    assert association.pearson(ONE, np.exp(3 * ONE)) < 0.7


def test_cramers_v_is_that_of_scipy_less_its_bias() -> None:
    table = association.contingency(CODES, OTHER_CODES)
    plain = stats.contingency.association(table.astype(int), method="cramer")

    assert association.cramers_v(CODES, OTHER_CODES) == pytest.approx(plain, abs=0.02)
    assert association.cramers_v(CODES, OTHER_CODES) < plain
    assert association.cramers_v(CODES, 3 - CODES) == pytest.approx(1)


def test_what_has_nothing_to_do_with_each_other_is_near_zero() -> None:
    many = RANDOM.integers(0, 60, 500).astype(float)
    noise = RANDOM.permutation(ONE)

    assert association.cramers_v(many, CODES) < 0.15
    assert association.correlation_ratio(many, noise) < 0.3
    assert association.mutual_information(association.parts(noise), many) < 0.1


def test_the_correlation_ratio_is_the_share_of_variance_between_the_categories() -> None:
    numbers = CODES * 2 + RANDOM.normal(size=500)
    groups = [numbers[code == CODES] for code in range(4)]
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    total = float(((numbers - numbers.mean()) ** 2).sum())

    plain = (1 - within / total) ** 0.5
    assert association.correlation_ratio(CODES, numbers) == pytest.approx(plain, abs=0.01)
    assert association.correlation_ratio(CODES, CODES * 9) == pytest.approx(1)


def test_mutual_information_is_that_of_scikit_learn_over_the_smaller_entropy() -> None:
    shared = mutual_info_score(CODES, OTHER_CODES) - 9 / 1000
    least = min(mutual_info_score(codes, codes) for codes in (CODES, OTHER_CODES))

    assert association.mutual_information(CODES, OTHER_CODES) == pytest.approx(shared / least)
    assert association.mutual_information(CODES, CODES % 2) == pytest.approx(1)


def test_mutual_information_sees_what_no_correlation_does() -> None:
    square = ONE**2

    assert abs(association.spearman(ONE, square)) < 0.2
    assert association.mutual_information(*map(association.parts, (ONE, square))) > 0.4


@pytest.mark.parametrize("measure", ["pearson", "spearman", "cramers_v", "mutual_information"])
def test_what_never_changes_tells_nothing(measure: str) -> None:
    alike = np.zeros(500)

    assert getattr(association, measure)(alike, CODES) == 0
    assert association.correlation_ratio(alike, ONE) == 0
    assert association.correlation_ratio(CODES, alike) == 0
