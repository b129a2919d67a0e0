"""Moments and histograms of pairs of labels against loops over all pairs of items."""

import math
import tracemalloc
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.arrays import FloatArray
from catsel_core.errors import UndefinedError
from catsel_core.statistics import tiled_pairs as module
from catsel_core.statistics.similarity import unit_vectors
from catsel_core.statistics.tiled_pairs import Span, label_pair_histograms, label_pair_moments, label_pairs_of
from tests.support.core_fixtures import naive_cosine, property_test, random_vectors

LABELS = ("b", "a", "b", "c", "a", "b", "d", "a", "b", "b", "a", "b", "c", "b")
"""In no order; one item of d."""

TILES = pytest.mark.parametrize("rows", [1, 3, 256])


def naive_label_pairs(vectors: FloatArray, labels: tuple[str, ...]) -> dict[tuple[str, str], list[float]]:
    """(item, hidden) vectors to the cosines of every pair of labels, in the labels' order of appearance."""
    names = list(dict.fromkeys(labels))
    found: dict[tuple[str, str], list[float]] = {(a, b): [] for at, a in enumerate(names) for b in names[at:]}
    for i, j in combinations(range(len(labels)), 2):
        a, b = sorted((labels[i], labels[j]), key=names.index)
        found[a, b].append(naive_cosine(vectors[i].tolist(), vectors[j].tolist()))
    return found


def test_every_pair_of_labels_is_there_once() -> None:
    label_pairs = label_pairs_of(LABELS)
    assert label_pairs.labels == ("b", "a", "c", "d")
    assert [LABELS[item] for item in label_pairs.order] == ["b"] * 7 + ["a"] * 4 + ["c"] * 2 + ["d"]
    assert label_pairs.bounds.tolist() == [0, 7, 11, 13, 14]
    naive = naive_label_pairs(random_vectors(1, len(LABELS))[0], LABELS)
    assert [(label_pairs.labels[a], label_pairs.labels[b]) for a, b in label_pairs.pairs] == list(naive)
    assert label_pairs.n_pairs.tolist() == [len(values) for values in naive.values()]
    assert label_pairs.n_pairs.sum() == math.comb(len(LABELS), 2)


@TILES
def test_moments_equal_loops_over_all_pairs(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TILE_ROWS", rows)
    vectors = random_vectors(3, len(LABELS), seed=1)
    moments = label_pair_moments(vectors, label_pairs_of(LABELS))
    for layer in range(3):
        for label_pair, values in enumerate(naive_label_pairs(vectors[layer], LABELS).values()):
            made = [array[layer, label_pair] for array in (moments.mean, moments.lowest, moments.highest)]
            naive = [sum(values) / len(values), min(values), max(values)] if values else [math.nan] * 3
            assert made == pytest.approx(naive, abs=1e-6, nan_ok=True)


@TILES
def test_histograms_equal_loops_over_all_pairs(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TILE_ROWS", rows)
    vectors = random_vectors(3, len(LABELS), seed=2)
    low, high = np.array([-0.5, -1.0, 0.1]), np.array([0.5, 1.0, 0.9])
    histogram = label_pair_histograms(vectors, label_pairs_of(LABELS), Span(low, high, 7))[0]
    for layer in range(3):
        edges = [low[layer] + (high[layer] - low[layer]) * at / 7 for at in range(8)]
        assert histogram.edges[layer] == pytest.approx(edges)
        for label_pair, values in enumerate(naive_label_pairs(vectors[layer], LABELS).values()):
            counts = [sum(a <= value < b for value in values) for a, b in pairwise(edges)]
            assert histogram.counts[layer, label_pair].tolist() == counts
            assert histogram.below[layer, label_pair] == sum(value < edges[0] for value in values)
            assert histogram.above[layer, label_pair] == sum(value > edges[-1] for value in values)


@property_test
@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=20), st.floats(-1, 0.9), st.integers(1, 40))
def test_no_pair_is_lost(labels: list[str], low: float, bins: int) -> None:
    vectors, label_pairs = random_vectors(2, len(labels), hidden=3, seed=len(labels)), label_pairs_of(labels)
    histogram = label_pair_histograms(vectors, label_pairs, Span(np.full(2, low), np.full(2, low + 0.1), bins))[0]
    totals = histogram.counts.sum(axis=2) + histogram.below + histogram.above
    assert totals.tolist() == [label_pairs.n_pairs.tolist()] * 2


@TILES
def test_the_range_of_the_data_holds_all_of_it(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TILE_ROWS", rows)
    vectors, label_pairs = random_vectors(4, len(LABELS), hidden=576, seed=3), label_pairs_of(LABELS)
    moments = label_pair_moments(vectors, label_pairs)
    low, high = np.nanmin(moments.lowest, axis=1), np.nanmax(moments.highest, axis=1)
    histogram = label_pair_histograms(vectors, label_pairs, Span(low, high, 30))[0]
    assert not histogram.below.any()
    assert not histogram.above.any()
    assert histogram.counts[:, :, 0].sum(axis=1).all()
    assert histogram.counts[:, :, -1].sum(axis=1).all()


def test_both_ends_belong_to_the_bins() -> None:
    vectors = np.array([[[1, 0], [0, 1], [-1, 0], [1, 0]]], np.float32)  # cosines 0, -1, 1, 0, 0, -1
    histogram = label_pair_histograms(vectors, label_pairs_of(["a"] * 4), Span(np.array([-1.0]), np.array([0.0]), 2))[0]
    assert (histogram.counts.tolist(), histogram.below.tolist(), histogram.above.tolist()) == ([[[2, 3]]], [[0]], [[1]])
    histogram = label_pair_histograms(vectors, label_pairs_of(["a"] * 4), Span(np.array([0.0]), np.array([1.0]), 4))[0]
    assert (histogram.counts.tolist(), histogram.below.tolist()) == ([[[3, 0, 0, 1]]], [[2]])


def test_cosines_do_not_leave_the_range_by_rounding() -> None:
    vectors = np.repeat(random_vectors(1, 40, hidden=50, seed=4), 3, axis=1)
    vectors[:, 1::3] *= -1
    units = unit_vectors(vectors)[0]
    assert (units @ units.T).max() > 1  # what must not come out
    label_pairs = label_pairs_of([str(item // 3) for item in range(120)])
    moments = label_pair_moments(vectors, label_pairs)
    assert np.nanmin(moments.lowest) == -1
    assert np.nanmax(moments.highest) == 1
    histogram = label_pair_histograms(vectors, label_pairs, Span(np.array([-1.0]), np.array([1.0]), 5))[0]
    assert not histogram.below.any()
    assert not histogram.above.any()


def test_one_item_of_a_label_has_no_pair_within() -> None:
    vectors, label_pairs = random_vectors(2, 3), label_pairs_of(["a", "b", "b"])
    assert label_pairs.n_pairs.tolist() == [0, 2, 1]
    moments = label_pair_moments(vectors, label_pairs)
    for array in (moments.mean, moments.lowest, moments.highest):
        assert np.isnan(array).tolist() == [[True, False, False]] * 2
    histogram = label_pair_histograms(vectors, label_pairs, Span(np.full(2, -1.0), np.full(2, 1.0), 4))[0]
    assert not histogram.counts[:, 0].any()


@pytest.mark.parametrize("labels", [[], ["a"]])
def test_one_item_has_no_pair(labels: list[str]) -> None:
    with pytest.raises(UndefinedError, match="no pair to compare"):
        label_pairs_of(labels)


def test_a_vector_without_direction_is_refused() -> None:
    vectors = random_vectors(2, 3)
    vectors[1, 2] = 0
    with pytest.raises(UndefinedError, match="all zeros"):
        label_pair_moments(vectors, label_pairs_of(["a", "b", "b"]))


def test_results_are_read_only() -> None:
    vectors, label_pairs = random_vectors(2, 4), label_pairs_of(["a", "b", "b", "a"])
    moments = label_pair_moments(vectors, label_pairs)
    histogram = label_pair_histograms(vectors, label_pairs, Span(np.full(2, -1.0), np.full(2, 1.0), 4))[0]
    arrays = (label_pairs.order, label_pairs.bounds, label_pairs.n_pairs, moments.mean, moments.lowest, moments.highest)
    made = (*arrays, histogram.edges, histogram.counts, histogram.below, histogram.above)
    assert not any(array.flags.writeable for array in made)


def test_five_thousand_items_need_no_matrix_in_memory() -> None:
    vectors = random_vectors(2, 5000, hidden=64)
    label_pairs = label_pairs_of(["a"] * 4500 + ["b"] * 500)
    tracemalloc.start()
    moments = label_pair_moments(vectors, label_pairs)
    low, high = np.nanmin(moments.lowest, axis=1), np.nanmax(moments.highest, axis=1)
    histogram = label_pair_histograms(vectors, label_pairs, Span(low, high, 34))[0]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert histogram.counts.sum() == 2 * label_pairs.n_pairs.sum() == 2 * 5000 * 4999 // 2
    assert peak < 60_000_000  # one layer's matrix of 5,000 items would be 100 MB
