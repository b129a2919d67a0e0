"""Pairs of items by their two labels, for item numbers whose full matrices would not fit into memory.

To a pair of labels belong all pairs of items with these labels; the two labels may be the same. Cosines are made
tile by tile and only counted, so memory does not grow with the number of pairs; any contrast is a sum over pairs of
labels, which are the axis ``label_pair`` of all arrays here.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import tr
from catsel_core.statistics.similarity import unit_vectors

TILE_ROWS, TILE_COLUMNS = 256, 2048
"""Most of one tile: 2 MB, which stay near the processor while they are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelPairs:
    """Items sorted by label, and every pair of labels. Arrays are read-only.

    labels: (label,) in order of first appearance.
    order: (item,) item indices, label by label.
    bounds: (label + 1,) where each label begins in ``order``.
    pairs: (label_pair,) pairs of label indices, first <= second.
    n_pairs: (label_pair,) int64, how many pairs of different items each has.
    """

    labels: tuple[str, ...]
    order: NDArray[np.intp]
    bounds: NDArray[np.intp]
    pairs: tuple[tuple[int, int], ...]
    n_pairs: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class LabelPairMoments:
    """Mean and range of the cosines of every pair of labels. Arrays are read-only.

    mean, lowest, highest: (layer, label_pair) float64, NaN where there is no pair of items.
    """

    mean: Floats
    lowest: Floats
    highest: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Equal bins at every layer: from ``low`` (layer,) to ``high`` (layer,), ``bins`` of them."""

    low: Floats
    high: Floats
    bins: int


@dataclass(frozen=True, slots=True, eq=False)
class LabelPairHistogram:
    """Cosines of the item pairs of every pair of labels, counted in equal bins. Arrays are read-only.

    edges: (layer, bin + 1) float64; the last bin includes its upper edge.
    counts: (layer, label_pair, bin) int64.
    below, above: (layer, label_pair) int64, values outside the edges.
    """

    edges: Floats
    counts: NDArray[np.int64]
    below: NDArray[np.int64]
    above: NDArray[np.int64]


def label_pairs_of(labels: Sequence[str]) -> LabelPairs:
    """Every pair of labels with the number of its item pairs.

    Raises:
        UndefinedError: if there are fewer than two items.
    """
    if len(labels) < 2:
        raise UndefinedError(tr("There is only one item, so there is no pair to compare."))
    names = tuple(dict.fromkeys(labels))
    numbers = {name: number for number, name in enumerate(names)}
    codes = np.array([numbers[label] for label in labels])  # (item,)
    order = np.argsort(codes, kind="stable")
    sizes = np.bincount(codes)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
    pairs = tuple((a, b) for a in range(len(names)) for b in range(a, len(names)))
    n_pairs = np.array([sizes[a] * (sizes[a] - 1) // 2 if a == b else sizes[a] * sizes[b] for a, b in pairs], np.int64)
    freeze(order, bounds, n_pairs)
    return LabelPairs(names, order, bounds, pairs, n_pairs)


def label_pair_moments(vectors: FloatArray, label_pairs: LabelPairs) -> LabelPairMoments:
    """Mean and range of the cosines of every pair of labels at every layer.

    Args:
        vectors: (layer, item, hidden) float32.
        label_pairs: of the same items.

    Raises:
        UndefinedError: from :func:`~catsel_core.statistics.similarity.unit_vectors`.
    """
    shape = (len(vectors), len(label_pairs.pairs))
    total, low, high = np.zeros(shape), np.full(shape, np.inf), np.full(shape, -np.inf)
    for layer in range(len(vectors)):
        for label_pair, values in _tiles(vectors[layer], label_pairs):
            total[layer, label_pair] += values.sum(dtype=np.float64)
            low[layer, label_pair] = min(low[layer, label_pair], values.min())
            high[layer, label_pair] = max(high[layer, label_pair], values.max())
    empty = label_pairs.n_pairs == 0
    mean = total / np.where(empty, 1, label_pairs.n_pairs)
    for array in (mean, low, high):
        array[:, empty] = np.nan
    freeze(mean, low, high)
    return LabelPairMoments(mean, low, high)


def label_pair_histograms(vectors: FloatArray, label_pairs: LabelPairs, *spans: Span) -> tuple[LabelPairHistogram, ...]:
    """Cosines of every pair of labels counted in the bins of every span; they are made once for all of the spans.

    A cosine nearer to an inner edge than its own rounding (float32) may be counted on either side of it.

    Args:
        vectors: (layer, item, hidden) float32.
        label_pairs: of the same items.
        spans: bins to count in; what lies outside of them is counted apart.

    Returns:
        One histogram a span.

    Raises:
        UndefinedError: from :func:`~catsel_core.statistics.similarity.unit_vectors`.
    """
    shape = (len(vectors), len(label_pairs.pairs))
    counts = [np.zeros((*shape, span.bins + 2), np.int64) for span in spans]  # first and last: below and above
    for layer in range(len(vectors)):
        for label_pair, values in _tiles(vectors[layer], label_pairs):
            for span, found in zip(spans, counts, strict=True):
                found[layer, label_pair] += _counted(values, float(span.low[layer]), float(span.high[layer]), span.bins)
    return tuple(_histogram(span, found) for span, found in zip(spans, counts, strict=True))


def _counted(values: FloatArray, low: float, high: float, bins: int) -> NDArray[np.int64]:
    """(bin + 2,) how many values lie below, in every bin, and above; both ends belong to the bins."""
    places = values - np.float32(low)
    places *= np.float32(bins / (high - low))
    places += 1
    np.clip(places, 0, bins + 1, out=places)
    counts = np.bincount(places.astype(np.intp), minlength=bins + 2)
    below, above = np.count_nonzero(values < low), np.count_nonzero(values > high)
    counts[1] += counts[0] - below
    counts[-2] += counts[-1] - above
    counts[0], counts[-1] = below, above
    return counts


def _histogram(span: Span, counted: NDArray[np.int64]) -> LabelPairHistogram:
    edges = np.linspace(span.low, span.high, span.bins + 1, axis=1)  # (layer, bin + 1)
    below, counts, above = counted[..., 0], counted[..., 1:-1], counted[..., -1]
    freeze(edges, counts, below, above)
    return LabelPairHistogram(edges, counts, below, above)


def _tiles(vectors: FloatArray, label_pairs: LabelPairs) -> Iterator[tuple[int, FloatArray]]:
    """(index of the pair of labels, cosines) of one layer, tile by tile; every pair of items comes exactly once.

    Args:
        vectors: (item, hidden).
        label_pairs: of the same items.
    """
    units = unit_vectors(vectors[None, label_pairs.order])[0]  # (item, hidden), label by label
    for label_pair, (a, b) in enumerate(label_pairs.pairs):
        for start in range(label_pairs.bounds[a], label_pairs.bounds[a + 1], TILE_ROWS):
            stop = min(start + TILE_ROWS, label_pairs.bounds[a + 1])
            if a == b and stop - start > 1:
                square = _cosines(units[start:stop], units[start:stop])
                yield label_pair, square.ravel()[_above_diagonal(stop - start)]
            right = stop if a == b else label_pairs.bounds[b]
            for left in range(right, label_pairs.bounds[b + 1], TILE_COLUMNS):
                to = min(left + TILE_COLUMNS, label_pairs.bounds[b + 1])
                yield label_pair, _cosines(units[start:stop], units[left:to]).ravel()


@functools.lru_cache(4)  # tiles have one size, but for the last of each label
def _above_diagonal(size: int) -> NDArray[np.intp]:
    """(pair,) places above the diagonal of a flattened (size, size) matrix."""
    places = np.flatnonzero(np.triu(np.ones((size, size), bool), 1))
    freeze(places)
    return places


def _cosines(rows: FloatArray, columns: FloatArray) -> FloatArray:
    made: FloatArray = rows @ columns.T  # (row, column)
    return np.clip(made, -1, 1, out=made)
