"""Learns the words of a text column: which count, how much, and the few directions that trees look along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from canvas_app.runtime.columns import TextColumn

MOST_FEATURES = 4_000
"""Words and pairs of words together; half as many where rows are many, since features are held in full."""
MANY_ROWS = 50_000
DIRECTIONS = 30
_WORDS_AMONG_FEATURES = 0.6
_ROWS_LOOKED_AT = 50_000
_LENGTHS = 3
"""By how many characters codes may differ in length."""


def is_text(words: Any, distinct: int) -> bool:
    """Whether texts are sentences rather than names of categories: several words, seldom the same."""
    from canvas_app.runtime.words import tokens

    filled = int(len(words) - words.null_count)
    if distinct <= 50 or not filled:
        return False
    sample = words.slice(0, 2_000)
    rows, _ = tokens(sample)
    per_row: float = len(rows) / max(1, len(sample) - sample.null_count)
    sentences = per_row >= 3 and distinct > filled / 20
    return sentences or (per_row >= 1.5 and distinct > filled / 2)


def are_codes(words: Any) -> bool:
    """Whether texts that are all different only name their rows: no blanks, all about as long."""
    import pyarrow.compute as pc

    lengths = pc.min_max(pc.utf8_length(words)).as_py()
    spaced: bool = pc.any(pc.match_substring_regex(words, r"\s")).as_py()
    return not spaced and lengths["max"] - lengths["min"] <= _LENGTHS


def learn_text(name: str, words: Any) -> TextColumn | None:
    """The column's vocabulary and directions; None where no word comes up often enough."""
    import numpy as np

    from canvas_app.runtime.columns import TextColumn
    from canvas_app.runtime.words import Vocabulary, pairs, tokens

    sample = words.slice(0, _ROWS_LOOKED_AT)
    most = MOST_FEATURES if len(words) <= MANY_ROWS else MOST_FEATURES // 2
    fewest = 2 if len(sample) < 1_000 else 3
    rows, found = tokens(sample)
    coded = found.dictionary_encode()
    codes = np.asarray(coded.indices, dtype=np.int64)
    spelled = np.array(coded.dictionary.to_pylist(), dtype=object)
    chosen, frequent = _most_frequent(rows, codes, fewest, int(most * _WORDS_AMONG_FEATURES))
    if len(chosen) < 2:
        return None
    place = np.full(len(spelled), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    pair_rows, pair_codes = pairs(rows, place[codes], len(chosen))
    joined, together = _most_frequent(pair_rows, pair_codes, fewest, most - len(chosen))
    order = np.argsort(joined)
    seen = np.concatenate([frequent, together[order]])
    weights = np.round(np.log((1 + len(sample)) / (1 + seen)) + 1, 6)  # smoothed, as scikit-learn's
    vocabulary = Vocabulary([str(word) for word in spelled[chosen]], joined[order].tolist(), weights.tolist())
    return TextColumn(
        name=name,
        words=tuple(vocabulary.words),
        pairs=tuple(vocabulary.pairs),
        weights=tuple(vocabulary.weights),
        directions=_directions(vocabulary, sample),
    )


def _most_frequent(rows: Any, codes: Any, fewest: int, most: int) -> tuple[Any, Any]:
    """The codes that stand in most rows (``fewest`` at least), and in how many; the most frequent first."""
    import numpy as np

    if not len(codes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    size = int(codes.max()) + 1
    once = np.unique(rows.astype(np.int64) * size + codes) % size
    found, counts = np.unique(once, return_counts=True)
    order = np.lexsort((found, -counts))
    order = order[counts[order] >= fewest][:most]
    return found[order], counts[order]


def _directions(vocabulary: Any, sample: Any) -> tuple[tuple[float, ...], ...]:
    """The first right singular vectors of the weighed words (latent semantic analysis, Deerwester 1990)."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds

    rows, features, weights = vocabulary.weigh(sample)
    matrix = csr_matrix((weights, (rows, features)), shape=(len(sample), len(vocabulary)))
    count = min(DIRECTIONS, min(matrix.shape) - 1)
    _, sizes, found = svds(matrix, k=count, v0=np.ones(min(matrix.shape)), random_state=0)
    ordered = found[np.argsort(-sizes)]
    signs = np.sign(ordered[np.arange(count), np.abs(ordered).argmax(axis=1)])
    turned = np.round(ordered * signs[:, None], 6).T
    return tuple(tuple(float(cell) for cell in line) for line in turned)
