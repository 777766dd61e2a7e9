"""Facts about models as a person reads them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QDateTime, QLocale

from canvas_app.base.words import duration
from canvas_app.training.model import BuiltModel, Metric, ProblemType
from canvas_app.ui.grid.cell_text import spaced

PROBLEMS: Mapping[ProblemType, str] = MappingProxyType(
    {"two-categories": "2 categories", "many-categories": "3+ categories", "number": "Number"}
)
TERMS: Mapping[ProblemType, str] = MappingProxyType(
    {
        "two-categories": "Binary classification",
        "many-categories": "Multi-class classification",
        "number": "Regression",
    }
)
_SHARES = ("accuracy", "balanced_accuracy", "precision", "recall")


def whole(value: int) -> str:
    """A whole number, thousands spaced by the locale."""
    return spaced(f"{value:,}")


def moment(iso: str) -> str:
    """A moment in the person's own time and order of day and month."""
    try:
        there = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    local = QDateTime.fromMSecsSinceEpoch(round(there.timestamp() * 1000))
    return QLocale().toString(local, "d MMM yyyy HH:mm")


def score(kind: str, value: float) -> str:
    """The value of a metric: shares in per cent, sizes with what matters of their digits."""
    if not math.isfinite(value):
        return "–"
    if kind in _SHARES:
        return f"{100 * value:.1f} %"
    size = abs(value)
    if size >= 1000:
        return spaced(f"{value:,.0f}")
    if 0 < size < 0.01:
        return f"{value:.3g}"
    return f"{value:.3f}" if size < 10 else f"{value:.1f}"


def interval(metric: Metric) -> str:
    """The 95 % interval of a metric: ``0.924 to 0.932``."""
    low, high = score(metric.kind, metric.low), score(metric.kind, metric.high)
    return f"{low.removesuffix(' %')} to {high}"


def headline(model: BuiltModel) -> Metric | None:
    """The metric that the search improved, else the first."""
    wanted = (metric for metric in model.metrics if metric.kind == model.metric)
    return next(wanted, model.metrics[0] if model.metrics else None)


def compared_on(model: BuiltModel) -> str:
    """On which rows the scores of the leaderboard were measured, and on which others those of the model."""
    return (
        f"These scores were measured on the {whole(model.rows.validation)} validation rows, by which the "
        f"search compared what it tried. The model's own, above, were measured once, on the "
        f"{whole(model.rows.test)} test rows that took no part in the search."
    )


def meaning(model: BuiltModel, metric: Metric) -> str:
    """What a metric says about new rows, in a sentence that needs no statistics.

    Log loss is the mean of -ln(probability), so its exponential is the probabilities' geometric mean.
    """
    if not math.isfinite(metric.value):
        return f"{metric.title} can't be told from these test rows: they are too few, or too much alike."
    value = f"{metric.title} {score(metric.kind, metric.value)} on the test rows"
    match metric.kind:
        case "auc" if len(model.classes) > 1:
            pairs, second = f"{100 * metric.value:.0f} of 100", model.classes[1]
            return (
                f"{value}: of two new rows, one whose {model.target} is {second} and one whose isn't, "
                f"the first gets the higher chance in {pairs} cases."
            )
        case "log_loss":
            given = score("accuracy", math.exp(-metric.value))
            return f"{value}: what turned out true was typically given a chance of {given}."
        case "rmse":
            distance = score(metric.kind, metric.value)
            return f"{value}: answers are typically off by {distance}; large errors weigh more."
        case _:
            return f"{value}: {metric.help[:1].lower()}{metric.help[1:]}" if metric.help else value


def subtitle(model: BuiltModel) -> str:
    """What it predicts, with what, and on how much it was measured."""
    return (
        f"Predicts {model.target} · {model.title} · built in {duration(model.seconds)} · "
        f"{whole(model.rows.test)} {'row' if model.rows.test == 1 else 'rows'} kept apart"
    )
