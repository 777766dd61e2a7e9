"""Which columns an expression is computed from; never too few."""

import ibis
import pytest

from canvas_app.flow.lineage import sources_by_column, sources_of

TABLE = ibis.table({"a": "int64", "b": "float64", "c": "string"}, name="input")


@pytest.mark.parametrize(
    ("made", "sources"),
    [
        (TABLE.select("a"), {"a"}),
        (TABLE.mutate(x=TABLE.a + 1).select("x"), {"a"}),
        (TABLE.filter(TABLE.b > 1).select("a"), {"a", "b"}),
        (TABLE.drop("c"), {"a", "b"}),
        (TABLE.mutate(a=TABLE.b).drop("b", "c"), {"b"}),
        (TABLE.mutate(x=TABLE.a, y=TABLE.b).mutate(z=ibis._.x).select("z"), {"a"}),
        (TABLE.select(x=ibis.literal(1)), set()),
        (TABLE.group_by("a").aggregate(n=TABLE.count()), {"a", "b", "c"}),
        (TABLE.select(x=TABLE.a - TABLE.b.mean()), {"a", "b"}),
    ],
)
def test_sources_are_found_through_every_step(made, sources):
    assert sources_of(made) == sources


def test_each_column_has_sources_of_its_own():
    made = TABLE.mutate(x=TABLE.a + TABLE.b, c=TABLE.c.upper())

    assert sources_by_column(made, ["x", "c"]) == {"x": {"a", "b"}, "c": {"c"}}
