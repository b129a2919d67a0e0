"""The pairwise part of a contexts analysis as the occurrences grow: time, memory, and how much of it is products.

Vectors are made up (normal, with a common mean so that cosines are positive, as those of a model are): what they are
does not matter to the time. Three words of equally many occurrences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks import timing
from catsel_core.arrays import FloatArray
from catsel_core.statistics.similarity import unit_vectors
from catsel_core.statistics.tiled_pairs import Span, label_pair_histograms, label_pair_moments, label_pairs_of

COUNTS = (100, 300, 1000, 3000, 10_000)
LAYERS, WIDTH = 31, 576
REPEATS = 3
WORDS, BINS = 3, (34, 30)
PASSES = 2
"""Over all pairs: means and ranges first, then the histograms in between."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Times of ours and of one layer's plain products, and the peak in bytes."""

    ours: timing.Times
    product: timing.Times
    memory: int


def made_up(items: int, layers: int = LAYERS) -> FloatArray:
    """(layer, item, hidden) float32 by a fixed seed."""
    rng = np.random.default_rng(1)
    return rng.standard_normal((layers, items, WIDTH), np.float32) + 1


def pairwise(vectors: FloatArray) -> None:
    """All that is computed of pairs: their means and ranges, then both histograms."""
    layers, items, _ = vectors.shape
    label_pairs = label_pairs_of([str(WORDS * item // items) for item in range(items)])
    moments = label_pair_moments(vectors, label_pairs)
    low, high = np.nanmin(moments.lowest, axis=1), np.nanmax(moments.highest, axis=1)
    overall = Span(np.full(layers, low.min()), np.full(layers, high.max()), BINS[0])
    label_pair_histograms(vectors, label_pairs, overall, Span(low, high, BINS[1]))


def operations(items: int, layers: int = LAYERS) -> float:
    """Of the products of one pass over all pairs; moments and histograms take a pass each."""
    return layers * items * (items - 1) / 2 * 2 * WIDTH


def products(vectors: FloatArray) -> None:
    """Plain matrix products of the first layer with itself, in numpy, as many operations as :func:`operations`."""
    units = unit_vectors(vectors[:1])[0]
    units[: len(units) // 2] @ units.T


def table(found: Mapping[int, Measured]) -> list[str]:
    """Lines of the results."""
    lines = [
        f"Pairs of contexts, from vectors in memory ({LAYERS} layers of {WIDTH} numbers): means, ranges and two "
        "histograms. The rate is that of numpy's matrix product, which took turns.",
        "",
        "| contexts | time | over N² from 1,000 | of the matrix-multiply rate | peak memory beyond the vectors |",
        "|---|---|---|---|---|",
    ]
    each = found[1000].ours.median / operations(1000)
    for items, measured in found.items():
        growth = measured.ours.median / operations(items) / each
        share = PASSES * LAYERS * measured.product.median / measured.ours.median
        lines.append(f"| {items:,} | {measured.ours} | {growth:.2f} | {share:.0%} | {measured.memory / 1e6:,.0f} MB |")
    return lines


def measure(memory: Callable[[int], int]) -> dict[int, Measured]:
    """All of :data:`COUNTS`; ``memory`` gives the peak of so many items."""
    return {items: _measured(items, memory(items)) for items in COUNTS}


def _measured(items: int, memory: int) -> Measured:
    vectors = made_up(items)
    times = timing.interleaved({"ours": lambda: pairwise(vectors), "product": lambda: products(vectors)}, REPEATS)
    return Measured(times["ours"], times["product"], memory)
