"""What was found is listed, and its buttons ask for the fix."""

import pytest
from PySide6.QtWidgets import QLabel

from canvas_app.data.finding import Fix, Found
from canvas_app.data.health import HealthReport
from canvas_app.ui.data.worth_a_look import WorthALook

DROP = Found(
    "leaking_column", "x", "high", "x leaks", "1,234 rows", {}, Fix("Drop column", "choose_columns", {})
)
TAIL = Found("skewed_column", "y", "low", "y has a long tail", "Its skewness is 3.0")


def report(*found, clear=()):
    return HealthReport(rows=1, columns=1, looked_at=1, missing=0.0, duplicates=0, found=found, clear=clear)


@pytest.fixture
def listed(qtbot):
    made = WorthALook(most=2)
    qtbot.addWidget(made)
    made.show()
    return made


def words(listed):
    return [label.text() for label in listed.findChildren(QLabel) if label.text()]


def test_a_button_asks_for_its_fix(listed, qtbot):
    listed.show_report(report(DROP), lambda found: False)
    with qtbot.waitSignal(listed.fix_wanted) as wanted:
        listed.lines[0].button.click()

    assert wanted.args == [DROP]


def test_what_no_step_knows_has_no_button(listed):
    listed.show_report(report(TAIL), lambda found: False)

    assert listed.lines[0].button is None


def test_what_a_flow_does_already_is_said(listed):
    listed.show_report(report(DROP), lambda found: True)

    assert listed.lines[0].button.text() == "In the flow"


def test_the_rest_is_counted_and_what_is_fine_is_said(listed):
    listed.show_report(report(DROP, TAIL, TAIL, clear=("no mixed types", "no outliers")), lambda found: False)
    shown = words(listed)

    assert len(listed.lines) == 2
    assert "1 more thing in the full report" in shown
    assert "No mixed types, no outliers" in shown


def test_severity_is_a_word_too(listed):
    listed.show_report(report(DROP), lambda found: False)

    assert "Serious" in [label.accessibleDescription() for label in listed.findChildren(QLabel)]


def test_buttons_are_held_back_with_the_reason(listed):
    listed.lock("You can look, but not edit.")
    listed.show_report(report(DROP), lambda found: False)

    assert not listed.lines[0].button.isEnabled()
    assert listed.lines[0].button.toolTip() == "You can look, but not edit."


def test_another_report_takes_its_place(listed):
    listed.show_report(report(DROP), lambda found: False)
    listed.show_report(report(), lambda found: False)

    assert listed.lines == []
