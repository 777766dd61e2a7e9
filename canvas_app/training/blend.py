"""Several models that answer together: which of those that were tried, each with which weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import Json
from canvas_app.training.arrays import width_of
from canvas_app.training.entry import BLEND, Entry
from canvas_app.training.metrics import FLOOR, loss_of, score_of
from canvas_app.training.model import ProblemType
from canvas_app.training.model_folder import write_json
from canvas_app.training.model_type import Task

if TYPE_CHECKING:
    from canvas_app.runtime.columns import View

MOST_MEMBERS = 4
"""More hardly help, and each makes answers slower and harder to explain."""
_ROUNDS = 25
_LEAST_WEIGHT = 0.1
_LEAST_GAIN = 0.001
"""Of the loss: less isn't worth a second model."""
_MOST_ROWS = 20_000


@dataclass(frozen=True)
class Share:
    """One model's share of the answer."""

    entry: Entry
    weight: float


def weights_of(problem: ProblemType, target: Any, answers: Sequence[Any]) -> dict[int, float]:
    """From the place of each model worth having to its weight; the heaviest first.

    ``answers`` hold what each model said about the same rows, which it had not seen: (rows, classes) or
    (rows,). Greedy selection with replacement (Caruana et al. 2004): beginning with the best, add again
    and again the one that makes the mean best. A single one where the others don't help.
    """
    import numpy as np

    def loss(said: Any) -> float:
        return loss_of(problem, score_of(problem, target[:_MOST_ROWS], said))

    some = [np.asarray(said[:_MOST_ROWS], dtype=np.float64) for said in answers]
    alone = [loss(said) for said in some]
    first = int(np.argmin(alone))
    counts = [int(at == first) for at in range(len(some))]
    whole, best, kept = some[first], alone[first], list(counts)
    for size in range(2, _ROUNDS + 1):
        tried = [loss((whole + said) / size) for said in some]
        added = int(np.argmin(tried))
        counts[added] += 1
        whole = whole + some[added]
        if tried[added] < best - 1e-12:
            best, kept = tried[added], list(counts)
    weights = _largest(kept)
    mean = sum(weight * some[at] for at, weight in weights.items())
    return weights if loss(mean) < alone[first] * (1 - _LEAST_GAIN) else {first: 1.0}


def blended(problem: ProblemType, target: Any, shares: Sequence[Share], answers: Sequence[Any]) -> Entry:
    """The shares as an entry, with the score of their mean on rows that none of them has seen."""
    mean = sum(share.weight * said for share, said in zip(shares, answers, strict=True))
    score = score_of(problem, target[: len(mean)], mean)
    members: list[Json] = [
        {
            "model_type": share.entry.kind,
            "title": share.entry.title,
            "weight": share.weight,
            "settings": dict(share.entry.settings),
        }
        for share in shares
    ]
    seconds = sum(share.entry.fit_seconds for share in shares)
    rows = max(share.entry.rows for share in shares)
    settings: Mapping[str, Json] = {"members": members}
    return Entry(BLEND, score, loss_of(problem, score), seconds, rows, settings, process=BLEND)


def in_words(shares: Sequence[Share], where: str) -> str:
    """What a person should know about a blend; ``where`` it was compared with its members."""
    named = ", ".join(f"{share.entry.title} {100 * share.weight:.0f} %" for share in shares)
    count = len(shares)
    return f"The answer is the weighted mean of {count} models, which together erred less {where}: {named}."


def assemble(scratch: Path, out: Path, task: Task, whole: Entry, shares: Mapping[Path, Share]) -> None:
    """Put the folders of fitted models together to one; ``scratch`` holds the features they learned from."""
    import json

    places = _places(scratch, whole.view)
    out.mkdir(parents=True)
    members = []
    for number, (folder, share) in enumerate(shares.items(), start=1):
        facts = json.loads((folder / "model.json").read_text("utf-8"))
        file = f"{number}-{facts['file']}"
        (out / file).write_bytes((folder / facts["file"]).read_bytes())
        members.append({**facts, "file": file, "weight": share.weight, "features": places[share.entry.view]})
    floor = {"floor": FLOOR} if task.problem == "many-categories" else {}
    named = {"format": BLEND, "model_type": BLEND, "title": whole.title, "problem": task.problem}
    write_json(out / "model.json", {**named, "classes": task.classes, **floor, "members": members})


def _places(scratch: Path, view: View) -> dict[str, list[Json]]:
    """Where, among all features, those of each view begin and end."""
    if view != "both":
        return {view: [0, width_of(scratch, view)]}
    trees, linear = width_of(scratch, "trees"), width_of(scratch, "linear")
    return {"trees": [0, trees], "linear": [trees, trees + linear]}


def _largest(counts: Sequence[int]) -> dict[int, float]:
    """The largest of the weights, which add up to 1 again."""
    order = sorted(range(len(counts)), key=lambda at: (-counts[at], at))[:MOST_MEMBERS]
    whole = sum(counts[at] for at in order)
    held = {at: counts[at] for at in order if counts[at] >= _LEAST_WEIGHT * whole}
    return {at: count / sum(held.values()) for at, count in held.items()}
