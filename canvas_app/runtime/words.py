"""Texts as weighted words (TF-IDF), the same while learning and while answering."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .cells import texts

PARTED_BY = (
    r"[\x00-/:-@\[-`{-\x7f\x{80}-\x{bf}\x{d7}\x{f7}\x{2000}-\x{206f}\x{3000}-\x{303f}\x{ff00}-\x{ff0f}]+"
)
"""What stands between words: signs and spaces. Named one by one, since ``\\p{L}`` costs 2 ms per call."""
_FEW_WORDS = 500
"""Up to so many, looking each up is faster than telling Arrow all that are known."""


def tokens(column: Any) -> tuple[np.ndarray, Any]:
    """Every word in its order: the row it stands in, and the word itself in small letters."""
    parts = pc.split_pattern_regex(pc.utf8_lower(texts(column)), PARTED_BY)
    rows = pc.list_parent_indices(parts).to_numpy()
    words = pc.list_flatten(parts)
    filled = pc.not_equal(words, "").to_numpy(zero_copy_only=False)
    return rows[filled], words.filter(pa.array(filled))


def pairs(rows: np.ndarray, codes: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Neighbours in a row that are both known (not below 0), each as ``first * size + second``."""
    joined = (rows[1:] == rows[:-1]) & (codes[1:] >= 0) & (codes[:-1] >= 0)
    return rows[1:][joined], codes[:-1][joined] * size + codes[1:][joined]


class Vocabulary:
    """Known words and pairs of words, each with its weight (inverse document frequency)."""

    def __init__(self, words: list[str], pairs: list[int], weights: list[float]) -> None:
        """``pairs`` are sorted codes as ``pairs()`` makes them; ``weights`` has words first, then pairs."""
        self.words, self.pairs, self.weights = words, pairs, weights
        self._words = pa.array(words, pa.string())
        self._at = {word: at for at, word in enumerate(words)}
        self._pairs = np.array(pairs, dtype=np.int64)
        self._weights = np.array(weights, dtype=np.float64)

    def __len__(self) -> int:
        return len(self.weights)

    def weigh(self, column: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows, features and weights of all that is known in each text, sorted by row.

        ``(1 + ln n) * idf``, brought to length 1 per row (Salton and Buckley 1988).
        """
        rows, found = tokens(column)
        codes = self._codes(found)
        pair_rows, pair_codes = pairs(rows, codes, len(self.words))
        places = np.searchsorted(self._pairs, pair_codes)
        places[places == len(self._pairs)] = 0
        hit = self._pairs[places] == pair_codes if len(self._pairs) else np.zeros(len(places), bool)
        known = codes >= 0
        where = np.concatenate([rows[known], pair_rows[hit]]).astype(np.int64)
        which = np.concatenate([codes[known], places[hit] + len(self.words)])
        cells, counts = np.unique(where * max(len(self), 1) + which, return_counts=True)
        at, feature = np.divmod(cells, max(len(self), 1))
        weights = (1 + np.log(counts)) * self._weights[feature]
        length = np.sqrt(np.bincount(at, weights**2, minlength=len(column)))
        return at, feature, weights / length[at]

    def _codes(self, found: Any) -> np.ndarray:
        """The place of each word among the known ones, or -1."""
        if len(found) <= _FEW_WORDS:
            return np.array([self._at.get(word, -1) for word in found.to_pylist()], dtype=np.int64)
        return np.asarray(pc.index_in(found, value_set=self._words).fill_null(-1), dtype=np.int64)
