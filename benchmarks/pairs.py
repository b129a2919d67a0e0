"""The pairwise part of a contexts analysis as the occurrences grow: time, memory, and how much of it is products.

Vectors are made up (normal, with a common mean so that cosines are positive, as those of a model are): what they are
does not matter to the time. Three words of equally many occurrences.
"""

import numpy as np

from benchmarks import timing
from catsel_core.arrays import FloatArray
from catsel_core.blocks import Span, block_histograms, block_moments, blocks_of
from catsel_core.similarity import unit_vectors

COUNTS = (100, 300, 1000, 3000, 10_000)
LAYERS, WIDTH = 31, 576
WORDS, BINS = 3, (34, 30)


def made_up(items: int, layers: int = LAYERS) -> FloatArray:
    """(layer, item, hidden) float32 by a fixed seed."""
    rng = np.random.default_rng(1)
    return rng.standard_normal((layers, items, WIDTH), np.float32) + 1


def pairwise(vectors: FloatArray) -> None:
    """All that is computed of pairs: their means and ranges, then both histograms."""
    layers, items, _ = vectors.shape
    blocks = blocks_of([str(WORDS * item // items) for item in range(items)])
    moments = block_moments(vectors, blocks)
    low, high = np.nanmin(moments.lowest, axis=1), np.nanmax(moments.highest, axis=1)
    overall = Span(np.full(layers, low.min()), np.full(layers, high.max()), BINS[0])
    block_histograms(vectors, blocks, overall, Span(low, high, BINS[1]))


def operations(items: int, layers: int = LAYERS) -> float:
    """Of the products of one pass over all pairs; moments and histograms take a pass each."""
    return layers * items * (items - 1) / 2 * 2 * WIDTH


def products(vectors: FloatArray) -> None:
    """Plain matrix products of the first layer with itself, in numpy, as many operations as :func:`operations`."""
    units = unit_vectors(vectors[:1])[0]
    units[: len(units) // 2] @ units.T


def peak(items: int) -> int:
    """Bytes at the peak beyond the vectors themselves."""
    vectors = made_up(items)
    return timing.peak_over_now(lambda: pairwise(vectors))
