"""The time axis of a build reaches to now, whatever the last trial was."""

from __future__ import annotations

from canvas_app.training.model import Trial
from canvas_app.ui.models.build_curve import BuildCurve


def test_the_axis_reaches_to_now_and_never_ends_before_the_last_trial(qtbot):
    curve = BuildCurve()
    qtbot.addWidget(curve)
    curve.show_trials([Trial(number=0, model_type="lightgbm", score=0.7, best=0.7, seconds=12.0)])
    ends = [curve.until]
    for seconds in (25.0, 5.0):
        curve.reach(seconds)
        ends.append(curve.until)

    assert ends == [12.0, 25.0, 12.0]
    assert not curve.grab().isNull()
