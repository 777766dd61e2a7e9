"""One figure of every kind of marks."""

import pytest

from canvas_app.base.figure import (
    Axis,
    Bars,
    Blocks,
    Boxes,
    Curves,
    Density,
    Dots,
    Figure,
    Heat,
    Matrix,
    Panel,
    Plot,
    Points,
    Waterfall,
)

FIGURES = {
    "bars": Figure(
        "What the model looks at",
        "Share of all column impact",
        Bars(("age", "a $b$ {c} 😀"), (0.7, 0.3), ("70.0 %", "30.0 %")),
        ("column", "share"),
        (("age", 0.7), ("a $b$ {c} 😀", 0.3)),
        "age carries 70.0 % of all impact.",
    ),
    "points": Figure(
        "How age moves the prediction",
        "Each dot is a row",
        Points((1.0, 2.0, 3.0), (-1.0, 0.0, 1.0), "age", "effect", (1.0, 3.0), (-1.0, 1.0)),
        ("age", "effect"),
        ((1.0, -1.0), (2.0, 0.0), (3.0, 1.0)),
    ),
    "names": Figure(
        "How sex moves the prediction",
        "Each dot is a row",
        Points((0.0, 1.0), (-1.0, 1.0), "sex", "effect", (0.0, 1.0), (-1.0, 1.0), x_ticks=("male", "female")),
        ("sex", "effect"),
        (("male", -1.0), ("female", 1.0)),
    ),
    "diagonal": Figure(
        "Actual against predicted",
        "2 rows",
        Points((1.0, 2.0), (1.5, 1.8), "predicted", "actual", diagonal=True),
        ("predicted", "actual"),
        ((1.0, 1.5), (2.0, 1.8)),
    ),
    "no rows": Figure("Nothing", "0 rows", Points((), (), "x", "y"), ("x", "y"), ()),
    "matrix": Figure(
        "Right and wrong",
        "10 rows",
        Matrix(("no", "yes"), ("no", "yes"), ((5, 1), (0, 4))),
        ("was", "said no", "said yes"),
        (("no", 5, 1), ("yes", 0, 4)),
    ),
    "waterfall": Figure(
        "One row, explained",
        "Row 1",
        Waterfall("average row", -1.0, ("age = 46", "gain = 0"), (2.0, -0.5), "this row: 62 %", 0.5),
        ("column", "effect"),
        (("age", 2.0), ("gain", -0.5)),
    ),
}


NAME = "$\\unknowncmd$ <img src=x>"


def plot(layer, *, names=(), series=(), panels=("",), time=False):
    axes = Axis(NAME, time=time), Axis("rows", names=names)
    marks = Plot(*axes, tuple(Panel(name, layer) for name in panels), series, "town" if series else "")
    return Figure("A plot", "4 rows", marks, (NAME, "rows"), ((1.0, 3.0), (2.0, 4.0)), "It rises.")


TWO = ("Ulm", NAME)
FIGURES |= {
    "heat": Figure(
        "How the columns hang together",
        "10 rows",
        Heat(("age", NAME, "pay"), ((), (0.5,), (-0.9, None))),
        ("column", "other column", "value"),
        (("age", NAME, 0.5), ("age", "pay", -0.9)),
    ),
    "blocks": plot(Blocks((0, 1), ((0, 1), (1, 2)), ((0, 3), (0, 4))), series=TWO, panels=TWO),
    "lying blocks": plot(
        Blocks((0, 0), ((0, 3), (0, -4)), ((-0.4, 0.4), (0.6, 1.4)), ("3", "−4")), names=TWO
    ),
    "boxes": plot(Boxes((0, 1), (0.0, 1.0), ((1, 2, 3, 4, 5), (2, 2, 2, 2, 2))), names=TWO, series=TWO),
    "dots": plot(Dots((0, 1), (1.0, 2.0), (3.0, 4.0)), series=TWO),
    "curves": plot(Curves((0, 1), ((0, 1e9), (5e8,)), ((1, 2), (3,))), series=TWO, panels=TWO * 2, time=True),
    "density": plot(Density((0, 1, 2), (0, 1), ((0, 5),))),
    "no marks": plot(Dots((), (), ())),
}


@pytest.fixture(params=FIGURES, ids=lambda name: name.replace(" ", "-"))
def figure(request):
    return FIGURES[request.param]


@pytest.fixture
def bars():
    return FIGURES["bars"]
