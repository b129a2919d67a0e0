"""Pairs of items by their two labels, for item numbers whose full matrices would not fit into memory.

A block holds all pairs of one label with itself or with one other. Cosines are made tile by tile
and only counted, so memory does not grow with the number of pairs; any comparison of labels is a
sum over blocks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.similarity import unit_vectors

TILE_ROWS = 256
"""Rows of one tile; its columns are all items of a label."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Items sorted by label, and every pair of labels. Arrays are read-only.

    labels: (label,) in order of first appearance.
    order: (item,) item indices, label by label.
    bounds: (label + 1,) where each label begins in ``order``.
    pairs: (block,) pairs of label indices, first <= second.
    n_pairs: (block,) int64, pairs of different items in each block.
    """

    labels: tuple[str, ...]
    order: NDArray[np.intp]
    bounds: NDArray[np.intp]
    pairs: tuple[tuple[int, int], ...]
    n_pairs: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class BlockMoments:
    """Mean and range of the cosines of every block: (layer, block) float64, NaN in a block without pairs."""

    mean: Floats
    lowest: Floats
    highest: Floats


@dataclass(frozen=True, slots=True, eq=False)
class BlockHistogram:
    """Cosines of every block, counted in equal bins. Arrays are read-only.

    edges: (layer, bin + 1) float64; the last bin includes its upper edge.
    counts: (layer, block, bin) int64.
    below, above: (layer, block) int64, values outside the edges.
    """

    edges: Floats
    counts: NDArray[np.int64]
    below: NDArray[np.int64]
    above: NDArray[np.int64]


def blocks_of(labels: Sequence[str]) -> Blocks:
    """Every pair of labels with the number of its item pairs.

    Raises:
        UndefinedError: if there are fewer than two items.
    """
    if len(labels) < 2:
        raise UndefinedError("There is only one item, so there is no pair to compare.")
    names = tuple(dict.fromkeys(labels))
    numbers = {name: number for number, name in enumerate(names)}
    codes = np.array([numbers[label] for label in labels])  # (item,)
    order = np.argsort(codes, kind="stable")
    sizes = np.bincount(codes)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
    pairs = tuple((a, b) for a in range(len(names)) for b in range(a, len(names)))
    n_pairs = np.array([sizes[a] * (sizes[a] - 1) // 2 if a == b else sizes[a] * sizes[b] for a, b in pairs], np.int64)
    freeze(order, bounds, n_pairs)
    return Blocks(names, order, bounds, pairs, n_pairs)


def block_moments(vectors: FloatArray, blocks: Blocks) -> BlockMoments:
    """Mean and range of every block's cosines at every layer.

    Args:
        vectors: (layer, item, hidden) float32.
        blocks: of the same items.

    Raises:
        UndefinedError: from :func:`~catsel_core.similarity.unit_vectors`.
    """
    shape = (len(vectors), len(blocks.pairs))
    total, low, high = np.zeros(shape), np.full(shape, np.inf), np.full(shape, -np.inf)
    for layer in range(len(vectors)):
        for block, values in _tiles(vectors[layer], blocks):
            total[layer, block] += values.sum(dtype=np.float64)
            low[layer, block] = min(low[layer, block], values.min())
            high[layer, block] = max(high[layer, block], values.max())
    empty = blocks.n_pairs == 0
    mean = total / np.where(empty, 1, blocks.n_pairs)
    for array in (mean, low, high):
        array[:, empty] = np.nan
    freeze(mean, low, high)
    return BlockMoments(mean, low, high)


def block_histogram(vectors: FloatArray, blocks: Blocks, low: Floats, high: Floats, bins: int) -> BlockHistogram:
    """Counts of every block's cosines in ``bins`` equal bins.

    Args:
        vectors: (layer, item, hidden) float32.
        blocks: of the same items.
        low: (layer,) where the first bin begins; smaller values are counted apart.
        high: (layer,) where the last bin ends; larger values are counted apart.
        bins: number of bins.
    """
    edges = np.linspace(low, high, bins + 1, axis=1)  # (layer, bin + 1)
    shape = (len(vectors), len(blocks.pairs))
    counts = np.zeros((*shape, bins), np.int64)
    below, above = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for layer in range(len(vectors)):
        span = (edges[layer, 0], edges[layer, -1])
        for block, values in _tiles(vectors[layer], blocks):
            counts[layer, block] += np.histogram(values, bins, span)[0]
            below[layer, block] += np.count_nonzero(values < span[0])
            above[layer, block] += np.count_nonzero(values > span[1])
    freeze(edges, counts, below, above)
    return BlockHistogram(edges, counts, below, above)


def _tiles(vectors: FloatArray, blocks: Blocks) -> Iterator[tuple[int, FloatArray]]:
    """(block, cosines) of one layer, piece by piece; every pair of different items comes exactly once.

    Args:
        vectors: (item, hidden).
        blocks: of the same items.
    """
    units = unit_vectors(vectors[None, blocks.order])[0]  # (item, hidden), label by label
    for block, (a, b) in enumerate(blocks.pairs):
        columns_from, columns_to = blocks.bounds[b], blocks.bounds[b + 1]
        for start in range(blocks.bounds[a], blocks.bounds[a + 1], TILE_ROWS):
            stop = min(start + TILE_ROWS, blocks.bounds[a + 1])
            left = start if a == b else columns_from
            tile = np.clip(units[start:stop] @ units[left:columns_to].T, -1, 1)  # (row, column)
            values = tile[np.triu_indices(stop - start, 1, columns_to - left)] if a == b else tile.ravel()
            if len(values):
                yield block, values
