"""Item-label permutation test: how often shuffled labels give as large a Δ.

Labels belong to items, so they change places between items, all layers in the same shuffle; pairs are never shuffled.
Sources: Phipson & Smyth 2010 (p-values that count the observed labels in); Nichols & Holmes 2002 (maximum over layers);
Benjamini & Hochberg 1995.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import InputError
from catsel_core.language import tr
from catsel_core.statistics.designs import Design
from catsel_core.statistics.label_blocks import label_blocks
from catsel_core.statistics.label_splits import MOST_SPLITS, Codes, count_splits, every_split, numbered, shuffled_codes
from catsel_core.statistics.pairs import pair_values

ALPHA = 0.05
SEED = 25

PERMUTATIONS = 10_000
PERMUTATIONS_OF_MANY = 1_000
MANY_ITEMS = 400

_CELLS = 1_000_000
"""Of the (pair, shuffle) tables that are in memory at a time."""

_TIE = 1e-5  # standard deviations: sums of float32 in another order differ by less
_NO_SPREAD = 1e-6  # standard deviation of a layer's cosines: those of equal vectors differ by rounding alone


@dataclass(frozen=True, slots=True, eq=False)
class OneTest:
    """A statistic at every layer, and how shuffled labels compare. Arrays are (layer,) float64 and read-only.

    NaN where all pairs of a layer are equally similar.

    observed: the statistic.
    p: part of the shuffles, the observed labels among them, in which it is at least as large.
    p_max: part of the shuffles whose largest z-score of any layer is at least that of this layer: one promise for all
        layers together (family-wise error rate).
    p_bh: p after Benjamini & Hochberg: of the layers that it calls significant, few are false (false discovery rate).
    critical_z: the smallest z-score whose p_max is at most 0.05; NaN if no shuffle reaches that.
    """

    observed: Floats
    p: Floats
    p_max: Floats
    p_bh: Floats
    critical_z: float


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """Tests of Δ, which has the same p as t, Cohen's d and the within mean, and of the category-balanced Δ.

    n_permutations: shuffles; with ``exact`` all distinct splits, the observed one among them.
    exact: whether every split was looked at.
    seed: of the shuffles; None if exact.
    distinct_splits: how many there are.
    smallest_p: the smallest that can be reached.
    null: (layer, shuffle) float32, Δ of every shuffle, the observed labels first; read-only.
    """

    delta: OneTest
    balanced: OneTest
    n_permutations: int
    exact: bool
    seed: int | None
    distinct_splits: int
    smallest_p: float
    null: FloatArray


def permutations_for(n_items: int) -> int:
    """How many shuffles are made if no other number is asked for."""
    return PERMUTATIONS if n_items <= MANY_ITEMS else PERMUTATIONS_OF_MANY


def permutation_test(
    similarity: FloatArray, design: Design, permutations: int | None = None, seed: int = SEED
) -> PermutationTest:
    """Test at every layer, and over all layers, whether similarity goes with the labels.

    p = (1 + shuffles with a statistic ≥ the observed one) / (1 + shuffles), one-sided. Where there are at most
    :data:`~catsel_core.statistics.label_splits.MOST_SPLITS` distinct splits all of them are looked at, and p is exact.

    Args:
        similarity: (layer, item, item).
        design: labels, strata, and the pairs that count.
        permutations: how many shuffles; :func:`permutations_for` if not given.
        seed: of the shuffles.

    Raises:
        InputError: if fewer than one shuffle is asked for.
    """
    if permutations is not None and permutations < 1:
        raise InputError(tr("A permutation test needs one shuffle or more; got {count}.", count=permutations))
    labels, strata = design.labels, design.strata
    splits = count_splits(labels, strata)
    exact = splits <= MOST_SPLITS
    count = permutations_for(len(labels)) if permutations is None else permutations
    codes = every_split(labels, strata) if exact else _observed_and_shuffled(labels, strata, seed, count)
    delta, balanced = _statistics(pair_values(similarity, design.pairs), design, codes)
    freeze(delta)
    return PermutationTest(
        delta=_tested(delta),
        balanced=_tested(balanced),
        n_permutations=splits if exact else count,
        exact=exact,
        seed=None if exact else seed,
        distinct_splits=splits,
        smallest_p=1 / (splits if exact else count + 1),
        null=delta,
    )


def _observed_and_shuffled(labels: Sequence[object], places: Sequence[object], seed: int, count: int) -> Codes:
    """(item, 1 + shuffle) labels as numbers."""
    shuffled = shuffled_codes(labels, places, np.random.default_rng(seed), count)
    return np.column_stack([numbered(labels).astype(shuffled.dtype), shuffled])


def _statistics(values: FloatArray, design: Design, codes: Codes) -> tuple[FloatArray, FloatArray]:
    """Δ and balanced Δ of every shuffle, (layer, shuffle) float32; NaN where a layer's values do not differ.

    Values are centred and scaled for each layer, so that float32 sums lose nothing that matters. Δ = W/n_w − A/n_a with
    the sums W over the pairs within and A over those across: what is left of all pairs without W, and without the pairs
    across in one matched set.
    """
    scaled, sd = _scaled(values)
    pairs, counted, by_design = design.pairs, design.counted, design.in_one_set
    blocks = label_blocks(codes[:, 0], counted)
    weights = blocks.of_pairs(blocks.balanced).astype(np.float32)
    columns = codes.astype(np.intp)  # what numpy takes by, made once
    rows = columns * len(weights)
    within, left_out, weighted = np.zeros((3, len(scaled), codes.shape[1]), np.float32)
    step = max(1, _CELLS // codes.shape[1])
    for start in range(0, len(pairs.first), step):
        part = slice(start, start + step)
        first, second, out = pairs.first[part], pairs.second[part], by_design[part]
        same = codes[first] == codes[second]  # (pair, shuffle)
        single = weights.ravel().take(rows[first] + columns[second])  # (pair, shuffle)
        single[out] *= same[out]
        within += scaled[:, part] @ same.astype(np.float32)
        left_out += scaled[:, part][:, out] @ (~same[out]).astype(np.float32)
        weighted += scaled[:, part] @ single
    across = scaled.sum(axis=1, keepdims=True, dtype=np.float64).astype(np.float32) - within - left_out
    delta = within / np.float32(counted.n_within) - across / np.float32(counted.n_across)
    return delta * sd, weighted * sd


def _scaled(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(layer, pair) values centred and divided by their standard deviation, and that, (layer, 1); NaN if it is none."""
    scaled, sd = np.empty_like(values, np.float32), np.full((len(values), 1), np.nan, np.float32)
    for layer, row in enumerate(values):  # one by one: float64 takes twice the room
        centred = row - row.mean(dtype=np.float64)
        spread = centred.std()
        if spread > _NO_SPREAD:
            sd[layer] = spread
        scaled[layer] = centred / (spread or 1)
    return scaled, sd


def _tested(null: FloatArray) -> OneTest:
    """Compare the first shuffle of (layer, shuffle), the observed labels, with all of them."""
    layers, count = null.shape
    mean, sd = null.mean(axis=1, dtype=np.float64, keepdims=True), null.std(axis=1, dtype=np.float64, keepdims=True)
    defined = np.isfinite(sd[:, 0]) & (sd[:, 0] > 0)
    p, p_max, p_bh = np.full((3, layers), np.nan)
    critical = np.nan
    if defined.any():
        z = ((null - mean) / np.where(sd > 0, sd, 1))[defined]  # (layer, shuffle)
        observed = z[:, :1] - _TIE
        largest = np.sort(z.max(axis=0))
        p[defined] = (z >= observed).mean(axis=1)
        p_max[defined] = (count - np.searchsorted(largest, observed[:, 0])) / count
        p_bh[defined] = _benjamini_hochberg(p[defined])
        reached = int(ALPHA * count + 1e-9)
        critical = float(largest[-reached]) if reached else np.nan
    observed_values = null[:, 0].astype(np.float64)
    freeze(observed_values, p, p_max, p_bh)
    return OneTest(observed_values, p, p_max, p_bh, critical)


def _benjamini_hochberg(p: Floats) -> Floats:
    from scipy.stats import false_discovery_control  # takes long to import, and most pages need none of it

    adjusted: Floats = false_discovery_control(p)
    return adjusted
