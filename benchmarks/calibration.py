"""Whether the careful statistics keep their promises: false positives of the tests, coverage of the intervals.

Run as ``python -m benchmarks.calibration``; all of it takes some minutes. Data are made up: items are random vectors
around a direction of their category, each layer goes on from the one before, and all share a direction as hidden
states do. Without an effect the categories have no direction of their own.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from catsel_core.arrays import FloatArray, Floats
from catsel_core.statistics.designs import design_of
from catsel_core.statistics.jackknife import Band, jackknife
from catsel_core.statistics.pairs import book_statistics, pair_groups
from catsel_core.statistics.permutation_test import permutation_test
from catsel_core.statistics.similarity import cosine_matrices

LAYERS, WIDTH = 31, 24
SHUFFLES = 199
"""With them p ≤ 0.05 happens in exactly 5 of 100 data sets without an effect."""

DATA_SETS, DATA_SETS_OF_INTERVALS = 10_000, 4_000
TEST_BAR = (0.044, 0.056)
TEST_SIZES = ((10, 13, 11), (30, 5, 5), (60, 10, 10), (6, 6))
INTERVAL_CELLS = (((10, 13, 11), 1.0), ((10, 13, 11), 0.0), ((20, 20), 1.0), ((30, 10, 10), 0.4), ((5, 6, 7), 1.0))


@dataclass(frozen=True, slots=True)
class FalsePositives:
    """Part of data sets without an effect in which p ≤ 0.05.

    sizes: items of the categories.
    delta, balanced: permutation tests at one layer.
    largest: the test of the largest z over all layers.
    t, any_t: Student's t over pairs, two-sided, at one layer and at any layer.
    """

    sizes: tuple[int, ...]
    delta: float
    balanced: float
    largest: float
    t: float
    any_t: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Part of data sets whose 95 % interval holds the true value, at one layer.

    sizes, effect: items of the categories, and how far their directions lie apart.
    """

    sizes: tuple[int, ...]
    effect: float
    within: float
    across: float
    delta: float


def made_up(
    labels: Sequence[int], directions: FloatArray, rng: np.random.Generator, layers: int = LAYERS
) -> FloatArray:
    """(layer, item, item) cosines of items around the direction of their label, (label, hidden)."""
    noise = rng.normal(size=(layers, len(labels), WIDTH)).astype(np.float32)
    for layer in range(1, layers):
        noise[layer] = 0.8 * noise[layer - 1] + 0.6 * noise[layer]
    return cosine_matrices(noise + directions[list(labels)] + np.float32(0.7))


def directions_of(n_labels: int, effect: float) -> FloatArray:
    """(label, hidden), the same for all data sets."""
    return (effect * np.random.default_rng(1).normal(size=(n_labels, WIDTH))).astype(np.float32)


def labels_of(sizes: Sequence[int]) -> list[int]:
    """(item,) the category of every item."""
    return [label for label, size in enumerate(sizes) for _ in range(size)]


def false_positives(sizes: tuple[int, ...], data_sets: int = DATA_SETS) -> FalsePositives:
    """Of data sets whose labels mean nothing."""
    labels = labels_of(sizes)
    design, pairs, rng = design_of(labels), pair_groups(labels), np.random.default_rng(25)
    directions = directions_of(len(sizes), 0)
    found = np.zeros((data_sets, 5), bool)
    for number in range(data_sets):
        similarity = made_up(labels, directions, rng)
        test = permutation_test(similarity, design, SHUFFLES, seed=number)
        t = book_statistics(similarity, pairs).t
        p_of_t = 2 * stats.t.sf(np.abs(t), pairs.n_within + pairs.n_across - 2)
        p = (test.delta.p[-1], test.balanced.p[-1], test.delta.p_max.min(), p_of_t[-1], p_of_t.min())
        found[number] = np.array(p) <= 0.05
    return FalsePositives(sizes, *found.mean(axis=0).tolist())


def coverage(sizes: tuple[int, ...], effect: float, data_sets: int = DATA_SETS_OF_INTERVALS) -> Coverage:
    """Of data sets whose items are new each time, and whose categories are the same."""
    labels, rng = labels_of(sizes), np.random.default_rng(25)
    pairs, directions = pair_groups(labels), directions_of(len(sizes), effect)
    truth = _true_means(sizes, directions)
    held = np.zeros((data_sets, 3))
    for number in range(data_sets):
        found = jackknife(made_up(labels, directions, rng, layers=1), labels, pairs)
        held[number] = [
            _holds(band, true) for band, true in zip((found.within, found.across, found.delta), truth, strict=True)
        ]
    return Coverage(sizes, effect, *held.mean(axis=0).tolist())


def _holds(band: Band, true: float) -> float:
    return float(((band.low <= true) & (true <= band.high)).mean())


def _true_means(sizes: tuple[int, ...], directions: FloatArray) -> tuple[float, float, float]:
    """Within, across and Δ of ever so many items, with the blocks weighted as in data sets of these sizes."""
    rng, many = np.random.default_rng(2), 1_500
    labels = [label for label in range(len(sizes)) for _ in range(many)]
    similarity = made_up(labels, directions, rng, layers=1)[0].astype(np.float64)
    blocks: Floats = similarity.reshape(len(sizes), many, len(sizes), many).sum(axis=(1, 3))
    own = (blocks.diagonal() - many) / (many * (many - 1))
    n = np.array(sizes)
    within = float(own @ (n * (n - 1)) / (n * (n - 1)).sum())
    weights = np.outer(n, n) - np.diag(n * n)
    across = float((blocks / many**2 * weights).sum() / weights.sum())
    return within, across, within - across


def sections(data_sets: int = DATA_SETS, data_sets_of_intervals: int = DATA_SETS_OF_INTERVALS) -> Iterator[str]:
    """Both tables, line by line."""
    yield f"Part of {data_sets:,} data sets without an effect that a test calls significant at 5 %, in %"
    yield f"({SHUFFLES} shuffles, {LAYERS} layers):"
    yield ""
    yield "| items | permutation Δ | balanced Δ | largest z of any layer | Student's t | t at any layer |"
    yield "|---|---|---|---|---|---|"
    for sizes in TEST_SIZES:
        one = false_positives(sizes, data_sets)
        shares = (one.delta, one.balanced, one.largest, one.t, one.any_t)
        yield f"| {_named(sizes)} | {' | '.join(f'{100 * share:.1f}' for share in shares)} |"
    yield ""
    yield f"Part of {data_sets_of_intervals:,} data sets whose 95 % interval holds the true value, in %:"
    yield ""
    yield "| items | effect | within | across | Δ |"
    yield "|---|---|---|---|---|"
    for sizes, effect in INTERVAL_CELLS:
        held = coverage(sizes, effect, data_sets_of_intervals)
        parts = (held.within, held.across, held.delta)
        yield f"| {_named(sizes)} | {effect:g} | {' | '.join(f'{100 * part:.1f}' for part in parts)} |"


def _named(sizes: Sequence[int]) -> str:
    return " / ".join(map(str, sizes))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-sets", type=int, default=DATA_SETS)
    parser.add_argument("--data-sets-of-intervals", type=int, default=DATA_SETS_OF_INTERVALS)
    options = parser.parse_args()
    for line in sections(options.data_sets, options.data_sets_of_intervals):
        print(line)
        sys.stdout.flush()
