"""What a person's hands bring forth in a form."""

import pytest

from canvas_app.base.spec import Spec
from canvas_app.ui.forms.form import Form


@pytest.fixture
def edits(form: Form) -> list[Spec]:
    """Every unit that the form tells of, in order."""
    seen: list[Spec] = []
    form.edited.connect(seen.append)
    return seen
