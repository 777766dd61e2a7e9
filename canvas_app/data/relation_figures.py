"""The relations of columns as pictures and as sentences."""

from __future__ import annotations

from canvas_app.base.figure import Bars, Figure, Heat
from canvas_app.base.words import counted
from canvas_app.data.relations import Relation, Relations

MOST_BARS = 25
_WORTH_TELLING = 0.1
_STRENGTHS = ((0.9, "almost completely"), (0.7, "strongly"), (0.4, "clearly"), (0.0, "slightly"))


def heat_figure(found: Relations) -> Figure:
    """Every pair of columns in half a matrix."""
    known = {frozenset((pair.left, pair.right)): pair.value for pair in found.pairs}
    names = found.columns
    values = tuple(
        tuple(known.get(frozenset((name, other))) for other in names[:at]) for at, name in enumerate(names)
    )
    strongest = [pair for pair in found.strongest[:1] if pair.strength >= _WORTH_TELLING]
    return Figure(
        title="How the columns hang together",
        subtitle=f"{rows_words(found)} · from −1 or 0 (nothing) to 1 (all)",
        marks=Heat(names, values),
        header=("column", "other column", "measure", "value", "rows"),
        rows=tuple((pair.left, pair.right, pair.measure, pair.value, pair.rows) for pair in found.strongest),
        reading=pair_words(strongest[0]) if strongest else "No two columns have much to do with each other.",
    )


def target_figure(found: Relations, target: str) -> Figure:
    """What each column tells about the target by itself."""
    shown = found.with_target[:MOST_BARS]
    more = len(found.with_target) - len(shown)
    return Figure(
        title=f"What goes with {target}",
        subtitle=rows_words(found) + (f" · {counted(more, 'weaker column')} not shown" if more else ""),
        marks=Bars(
            tuple(pair.left for pair in shown),
            tuple(pair.strength for pair in shown),
            tuple(_signed(pair) for pair in shown),
        ),
        header=("column", "measure", "value", "rows"),
        rows=tuple((pair.left, pair.measure, pair.value, pair.rows) for pair in found.with_target),
        reading=pair_words(shown[0]) if shown else f"No column can be compared with {target}.",
    )


def pair_words(pair: Relation) -> str:
    """What a pair has to do with each other, as a sentence."""
    number = f"{pair.measure} {pair.value:.2f}".replace("-", "−")
    if pair.strength < _WORTH_TELLING:
        return f"{pair.left} and {pair.right} have next to nothing to do with each other ({number})."
    strength = next(words for least, words in _STRENGTHS if pair.strength >= least)
    if pair.measure not in ("Spearman", "Pearson"):
        return f"{pair.left} and {pair.right} {strength} go together ({number})."
    way = "rises" if pair.value > 0 else "falls"
    return f"{pair.right} {strength} {way} where {pair.left} rises ({number})."


def rows_words(found: Relations) -> str:
    """On how many rows it was measured."""
    if found.looked_at < found.rows:
        return f"a sample of {counted(found.looked_at, 'row')} of {found.rows:,}"
    return counted(found.rows, "row")


def _signed(pair: Relation) -> str:
    return f"{pair.value:.2f}".replace("-", "−")
