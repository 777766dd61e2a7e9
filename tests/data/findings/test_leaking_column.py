"""Columns that give the target away are found."""

import random

from canvas_app.data.findings.leaking_column import LeakingColumn

ROWS = 600
CHANCE = random.Random(1)
NOISE = [CHANCE.random() for _ in range(ROWS)]
WON = [CHANCE.random() < 0.5 for _ in range(ROWS)]
PAY = [CHANCE.gauss(100, 20) for _ in range(ROWS)]


def test_a_column_that_tells_two_categories_apart_alone(looked):
    (found,) = looked(
        LeakingColumn(),
        "won",
        won=WON,
        noise=NOISE,
        prize=[float(won) + noise / 4 for won, noise in zip(WON, NOISE, strict=True)],
    )

    assert (found.column, found.severity) == ("prize", "high")
    assert found.detail == "Its AUC alone is 0.998"
    assert found.fix.values["columns"] == ["prize"]


def test_a_text_that_says_the_answer(looked):
    found = looked(LeakingColumn(), "won", won=WON, said=["yes" if won else "no" for won in WON])

    assert [item.column for item in found] == ["said"]


def test_a_number_from_which_the_target_follows(looked):
    (found,) = looked(LeakingColumn(), "pay", pay=PAY, tax=[pay * 0.4 for pay in PAY], noise=NOISE)

    assert found.column == "tax"
    assert found.evidence["score"] == "R²"


def test_names_of_rows_and_noise_leak_nothing(looked):
    assert looked(LeakingColumn(), "won", won=WON, noise=NOISE, id=[f"r{at}" for at in range(ROWS)]) == []


def test_without_a_target_there_is_nothing_to_leak(looked):
    assert looked(LeakingColumn(), "", won=WON) == []
