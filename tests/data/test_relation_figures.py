"""The relations of columns become pictures and sentences."""

from __future__ import annotations

import pytest

from canvas_app.base.figure import Bars, Heat
from canvas_app.data.relation_figures import heat_figure, pair_words, target_figure
from canvas_app.data.relations import Relation, Relations

RISES = Relation("age", "pay", "Spearman", 0.81, 90)
FALLS = Relation("age", "debt", "Pearson", -0.45, 100)
NOTHING = Relation("pay", "debt", "Spearman", 0.02, 90)
FOUND = Relations(("age", "pay", "debt"), (RISES, FALLS, NOTHING), (FALLS, NOTHING), 100, 100)


def test_the_map_holds_every_pair_once() -> None:
    figure = heat_figure(FOUND)

    assert figure.marks == Heat(("age", "pay", "debt"), ((), (0.81,), (-0.45, 0.02)))
    assert figure.rows[0] == ("age", "pay", "Spearman", 0.81, 90)
    assert figure.reading == "pay strongly rises where age rises (Spearman 0.81)."


def test_the_target_has_a_bar_per_column() -> None:
    figure = target_figure(FOUND, "debt")
    assert isinstance(figure.marks, Bars)

    assert figure.marks.labels == ("age", "pay")
    assert figure.marks.texts == ("−0.45", "0.02")
    assert figure.marks.values == (0.45, 0.02)


def test_a_sample_is_told() -> None:
    assert heat_figure(Relations((), (), (), 90_000, 20_000)).subtitle.startswith(
        "a sample of 20,000 rows of 90,000"
    )


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (FALLS, "debt clearly falls where age rises (Pearson −0.45)."),
        (NOTHING, "pay and debt have next to nothing to do with each other (Spearman 0.02)."),
        (
            Relation("a", "b", "Cramér's V", 0.95, 9),
            "a and b almost completely go together (Cramér's V 0.95).",
        ),
    ],
)
def test_a_pair_is_told_as_a_sentence(pair: Relation, words: str) -> None:
    assert pair_words(pair) == words
