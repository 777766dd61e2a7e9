"""What a built model is told in, in words and as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canvas_app.base.words import counted

if TYPE_CHECKING:
    from canvas_app.training.model import BuiltModel


def built_words(model: BuiltModel) -> str:
    """What was built, how good it is, and what a person should know."""
    width = max((len(metric.title) for metric in model.metrics), default=0)
    measured = [
        f"  {metric.title:<{width}}  {metric.value:<6.4g}  ({metric.low:.4g} to {metric.high:.4g})"
        for metric in model.metrics
    ]
    head = f"Built a model that predicts {model.target}: {model.title}."
    rows = f"On {counted(model.rows.test, 'test row')}, with the 95 % interval of each measure:"
    notes = ["To know about it:", *(f"  {note}" for note in model.notes)] if model.notes else []
    return "\n".join([head, rows, *measured, *notes])


def built_facts(model: BuiltModel) -> dict[str, Any]:
    """The same for a script."""
    return {
        "target": model.target,
        "problem": model.problem,
        "model_type": model.model_type,
        "title": model.title,
        "metrics": {
            item.kind: {"value": item.value, "low": item.low, "high": item.high} for item in model.metrics
        },
        "leaderboard": [
            {"model_type": item.model_type, "score": item.score, "trials": item.trials, "chosen": item.chosen}
            for item in model.leaderboard
        ],
        "trials": len(model.trials),
        "seconds": model.seconds,
        "seed": model.seed,
        "notes": list(model.notes),
    }
