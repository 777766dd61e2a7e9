"""Bars say in words what they show."""

from canvas_app.ui.data.share_bars import ShareBars


def test_its_shares_can_be_heard_and_it_is_as_high_as_its_lines(qtbot):
    bars = ShareBars("How won is spread")
    qtbot.addWidget(bars)
    bars.show_lines([(0.7, "no  70 %"), (0.3, "yes  30 %")])
    high = bars.sizeHint().height()
    bars.show_lines([(0.7, "no  70 %")])

    assert bars.accessibleName() == "How won is spread"
    assert bars.accessibleDescription() == "no  70 %"
    assert bars.sizeHint().height() * 2 == high


def test_shares_beyond_their_range_are_painted_as_whole_bars(qtbot):
    bars = ShareBars("Shares")
    qtbot.addWidget(bars)
    bars.show_lines([(-1.0, "below"), (2.0, "above")])
    picture = bars.grab()

    assert not picture.isNull()
