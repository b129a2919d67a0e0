"""What shuffled labels give: the items keep their vectors, the labels change places, and the pairs are counted anew.

Labels belong to items, so items are shuffled and never pairs; every layer sees the same shuffle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.statistics.label_splits import shuffled_codes
from catsel_core.statistics.pairs import PairGroups, pair_values

SHUFFLES = 200
"""Enough to see where shuffled labels put Δ: the ends of the range wander by about a tenth of its width."""

SEED = 25

_BLOCK = 8_192
"""Pairs whose (pair, shuffle) table is in memory at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class ShuffledRange:
    """Where shuffled labels put Δ at every layer: a reference for “no effect”, and no test. Arrays are read-only.

    low, high: (layer,) float64, the 2.5 % and the 97.5 % quantile.
    shuffles: how many there were.
    seed: of all of them.
    """

    low: Floats
    high: Floats
    shuffles: int
    seed: int


def shuffled_delta_range(
    similarity: FloatArray,
    labels: Sequence[str],
    pairs: PairGroups,
    strata: Sequence[object] | None = None,
    shuffles: int = SHUFFLES,
) -> ShuffledRange:
    """The range that holds 95 % of the Δ of shuffled labels.

    Args:
        similarity: (layer, item, item).
        labels: (item,) whose equality makes a pair *within*.
        pairs: those that Δ is of.
        strata: (item,) labels change places only between items of equal strata; all may if not given. Pairs must then
            lie within a stratum, or the number of pairs within would change.
        shuffles: how many.
    """
    rng = np.random.default_rng(SEED)
    codes = shuffled_codes(labels, [None] * len(labels) if strata is None else strata, rng, shuffles)
    deltas = deltas_of(pair_values(similarity, pairs), pairs, codes)
    low, high = np.quantile(deltas, (0.025, 0.975), axis=1)
    freeze(low, high)
    return ShuffledRange(low, high, shuffles, SEED)


def deltas_of(values: FloatArray, pairs: PairGroups, codes: NDArray[np.uint16]) -> Floats:
    """Δ of every shuffle at every layer, with the numbers of pairs within and across that ``pairs`` has.

    Δ = W (1/n_w + 1/n_a) − T/n_a, with the sum W over the pairs within and T over all: a product of matrices.

    Args:
        values: (layer, pair).
        pairs: the pairs of the values.
        codes: (item, shuffle) labels as numbers; every shuffle has as many pairs within as ``pairs``.

    Returns:
        (layer, shuffle) float64.
    """
    centre = values.mean(axis=1, dtype=np.float64, keepdims=True)  # so that float32 sums lose nothing that matters
    centred = (values - centre).astype(np.float32)
    sums = np.zeros((len(values), codes.shape[1]))  # (layer, shuffle)
    for start in range(0, len(pairs.first), _BLOCK):
        block = slice(start, start + _BLOCK)
        same = codes[pairs.first[block]] == codes[pairs.second[block]]  # (pair, shuffle)
        sums += centred[:, block] @ same.astype(np.float32)
    total = centred.sum(axis=1, dtype=np.float64, keepdims=True)
    deltas: Floats = sums * (1 / pairs.n_within + 1 / pairs.n_across) - total / pairs.n_across
    return deltas
