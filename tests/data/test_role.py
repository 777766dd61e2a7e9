from __future__ import annotations

import pytest

from canvas_app.data.role import guessed_role


@pytest.mark.parametrize(
    ("name", "kind", "values", "role"),
    [
        ("customer_id", "whole", ["1", "2", "3"], "identifier"),
        ("customerId", "text", ["a1", "a2"], "identifier"),
        ("paid", "whole", ["1", "2", "3"], "number"),
        ("customer_id", "whole", ["1", "1", "3"], "number"),
        ("born", "time", ["2020-01-01"], "date"),
        ("member", "switch", ["True", "False"], "category"),
        ("colour", "text", ["red", "blue"] * 10, "category"),
        ("remark", "text", ["a remark of some length, which says more than a name"], "text"),
        ("name", "text", [f"person {number}" for number in range(20)], "text"),
        ("empty", "text", [None, None], "ignore"),
    ],
)
def test_the_role_follows_name_type_and_values(name, kind, values, role):
    assert guessed_role(name, kind, values) == role
