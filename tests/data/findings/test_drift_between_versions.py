"""What changed since the version before is found."""

from canvas_app.data.findings.drift_between_versions import DriftBetweenVersions

BEFORE = {"pay": [float(at % 100) for at in range(500)], "town": ["Ulm", "Bonn"] * 250, "gone": [1] * 500}


def test_columns_spread_differently_and_columns_that_went(looked):
    found = looked(
        DriftBetweenVersions(),
        before=BEFORE,
        pay=[float(at % 100) + 60 for at in range(500)],
        town=["Ulm"] * 450 + ["Kiel"] * 50,
    )

    assert [item.column for item in found] == ["gone", "town", "pay"] or [item.column for item in found] == [
        "gone",
        "pay",
        "town",
    ]
    assert all(item.severity == "medium" for item in found)


def test_the_same_again_is_fine(looked):
    assert looked(DriftBetweenVersions(), before=BEFORE, **BEFORE) == []


def test_without_a_version_before_there_is_no_drift(looked):
    assert looked(DriftBetweenVersions(), **BEFORE) == []
