"""Takes a number, with its unit."""

from __future__ import annotations

from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.spin import NumberSpin
from canvas_app.ui.forms.spin_editor import SpinEditor

_WIDEST = 1e15


class NumberEditor(SpinEditor):
    """A spin box for any real number between the field's bounds."""

    spec = EditorSpec(kind="number", title="Number")

    def make_spin(self) -> NumberSpin:
        """One that takes fractions."""
        low, high = self.field.ge, self.field.le
        spin = NumberSpin()
        spin.setRange(-_WIDEST if low is None else low, _WIDEST if high is None else high)
        spin.setSingleStep(self.field.step or 0.1)
        return spin
