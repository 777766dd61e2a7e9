"""The model card of a bundle: what the model is for, how good it is, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from canvas_app.base.words import counted
from canvas_app.bundle.manifest import ModelEntry, held_words
from canvas_app.runtime.contract import Contract
from canvas_app.training.metrics import measure_of
from canvas_app.training.model import BuiltModel

_PROBLEMS = {
    "two-categories": "2 categories (binary classification)",
    "many-categories": "3 or more categories (multi-class classification)",
    "number": "a number (regression)",
}


def model_card(
    model: BuiltModel, contract: Contract, entry: ModelEntry, title: str, data: Sequence[str] = ()
) -> str:
    """The card as Markdown."""
    parts = [
        f"# {_plain(title)}",
        _about(model, contract),
        _quality(model),
        _leaderboard(model),
        _making(model, entry, data),
        _columns(contract),
        _limits(model, contract),
    ]
    return "\n\n".join(parts) + "\n"


def _about(model: BuiltModel, contract: Contract) -> str:
    answers = f" The answers: {', '.join(_plain(name) for name in model.classes)}." if model.classes else ""
    return (
        f"Predicts **{_plain(model.target)}**, {_PROBLEMS[model.problem]},"
        f" from {counted(len(contract.columns), 'column')}.{answers} The model: {_plain(model.title)}."
    )


def _quality(model: BuiltModel) -> str:
    rows = ([m.title, f"{m.value:.4g}", f"{m.low:.4g} to {m.high:.4g}"] for m in model.metrics)
    return (
        f"## How good it is\n\nMeasured once, on {model.rows.test:,} test rows that no search has seen."
        " The interval holds 95 % of the values that come out when the test rows are drawn again at random,"
        " many times (a bootstrap).\n\n" + _table(("Measure", "Value", "95 % interval"), rows)
    )


def _leaderboard(model: BuiltModel) -> str:
    rows = (
        [_plain(item.title), f"{item.score:.4g}", str(item.trials), "chosen" if item.chosen else ""]
        for item in model.leaderboard
    )
    measure = measure_of(model.metric).title
    return f"## What was compared\n\nOrdered by {measure} on the validation rows.\n\n" + _table(
        ("Family", measure, "Trials", ""), rows
    )


def _making(model: BuiltModel, entry: ModelEntry, data: Sequence[str]) -> str:
    rows = model.rows
    lines = [
        *(f"Data: {_plain(line)}." for line in data),
        f"Rows: {rows.train:,} training, {rows.validation:,} validation, {rows.test:,} test;"
        f" {rows.without_target:,} without a target and {rows.filtered:,} filtered were left out.",
        f"Search: {counted(len(model.trials), 'trial')} in {model.seconds:.0f} s, seed {model.seed}.",
        held_words(entry.format, entry.reason),
    ]
    return "## How it was made\n\n" + "\n".join(f"- {line}" for line in lines)


def _columns(contract: Contract) -> str:
    rows = ([_plain(item.name), item.type, _values(item.categories)] for item in contract.columns)
    return "## What a row must bring\n\n" + _table(("Column", "Type", "Values seen"), rows)


def _limits(model: BuiltModel, contract: Contract) -> str:
    lines = [
        "The answers hold for rows like those it learned from; check it again when the world changes.",
        "A value that it has not seen counts as unknown, a value of the wrong type as blank; both are told.",
        "What goes together is not cause and effect: a column's impact says what the model uses, not why.",
        *(_plain(note) for note in dict.fromkeys((*model.notes, *contract.notes))),
    ]
    return "## Limits\n\n" + "\n".join(f"- {line}" for line in lines)


def _values(categories: tuple[str, ...] | None) -> str:
    if categories is None:
        return ""
    shown = ", ".join(_plain(name) for name in categories[:8])
    return shown if len(categories) <= 8 else f"{shown} and {len(categories) - 8} more"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _plain(text: str) -> str:
    """A name as Markdown shows it, whatever signs it is made of."""
    plain = " ".join(str(text).split())
    for sign in ("\\", "`", "*", "_", "<", ">", "|", "[", "]", "#"):
        plain = plain.replace(sign, "\\" + sign)
    return plain
