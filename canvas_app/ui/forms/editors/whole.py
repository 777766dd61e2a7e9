"""Takes a whole number, with its unit."""

from __future__ import annotations

from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.spin import WholeSpin
from canvas_app.ui.forms.spin_editor import SpinEditor

_LOWEST, _HIGHEST = -(2**31), 2**31 - 1


class WholeEditor(SpinEditor):
    """A spin box for whole numbers between the field's bounds."""

    spec = EditorSpec(kind="whole", title="Whole number")

    def make_spin(self) -> WholeSpin:
        """One that takes no fractions."""
        low, high = self.field.ge, self.field.le
        spin = WholeSpin()
        spin.setRange(_LOWEST if low is None else int(low), _HIGHEST if high is None else int(high))
        spin.setSingleStep(int(self.field.step or 1))
        return spin
