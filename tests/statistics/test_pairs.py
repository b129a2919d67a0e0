"""Book statistics, pair groups and density histograms against loops, scipy and numpy."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import ttest_ind

from catsel_core.arrays import Floats
from catsel_core.errors import UndefinedError
from catsel_core.statistics.pairs import (
    BOOK_BINS,
    bin_edges,
    book_statistics,
    centers,
    density,
    pair_groups,
    pair_values,
)
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import naive_groups, pairs_from, property_test, random_vectors

LABELS = ("a", "a", "b", "b", "b", "c", "d", "d")


def test_statistics_equal_loops_and_scipy_at_every_layer() -> None:
    similarity = cosine_matrices(random_vectors(5, len(LABELS), seed=7))
    statistics = book_statistics(similarity, pair_groups(LABELS))
    for layer in range(5):
        within, across = naive_groups(similarity[layer], LABELS)
        assert statistics.within_mean[layer] == pytest.approx(sum(within) / len(within))
        assert statistics.across_mean[layer] == pytest.approx(sum(across) / len(across))
        assert statistics.delta[layer] == pytest.approx(sum(within) / len(within) - sum(across) / len(across))
        assert statistics.t[layer] == pytest.approx(float(ttest_ind(within, across).statistic), rel=1e-9)
        assert (statistics.n_within, statistics.n_across) == (len(within), len(across))


def test_pairs_come_row_by_row_above_the_diagonal() -> None:
    pairs = pair_groups(["a", "b", "a"])
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), pairs.within.tolist(), strict=True)) == [
        (0, 1, False),
        (0, 2, True),
        (1, 2, False),
    ]


def test_pair_values_are_the_matrix_cells() -> None:
    similarity = np.arange(18, dtype=np.float32).reshape(2, 3, 3)
    assert pair_values(similarity, pair_groups(["a", "b", "a"])).tolist() == [[1, 2, 5], [10, 11, 14]]


@property_test
@given(st.lists(st.sampled_from(["a", "b", "aa", "é", "10", "2", "1"]), min_size=2, max_size=14))
def test_group_counts_follow_from_the_sizes(labels: list[str]) -> None:
    sizes = Counter(labels).values()
    within = sum(size * (size - 1) // 2 for size in sizes)
    across = len(labels) * (len(labels) - 1) // 2 - within
    if within == 0 or across == 0:
        with pytest.raises(UndefinedError):
            pair_groups(labels)
        return
    pairs = pair_groups(labels)
    assert (pairs.n_within, pairs.n_across) == (within, across)


def test_four_categories_where_products_of_labels_collide() -> None:
    numbers = np.array([1, 1, 2, 2, 3, 3, 4, 4])
    product = np.triu(numbers[:, None] * numbers[None, :], k=1)
    squares = [number * number for number in (1, 2, 3, 4)]
    by_product = {tuple(cell) for cell in np.argwhere(np.isin(product, squares)).tolist()}
    pairs = pair_groups([str(number) for number in numbers])
    ours = {(int(i), int(j)) for i, j in zip(pairs.first[pairs.within], pairs.second[pairs.within], strict=True)}
    assert ours == {(0, 1), (2, 3), (4, 5), (6, 7)}
    # 1*4 == 2*2: a mask of products takes the four pairs of categories 1 and 4 for pairs of category 2
    assert by_product - ours == {(0, 6), (0, 7), (1, 6), (1, 7)}


@pytest.mark.parametrize("n_categories", [4, 5, 6, 9, 12])
def test_many_categories_are_told_apart(n_categories: int) -> None:
    labels = [str(number) for number in range(1, n_categories + 1) for _ in range(2)]
    pairs = pair_groups(labels)
    assert pairs.n_within == n_categories
    assert all(
        labels[i] == labels[j] for i, j in zip(pairs.first[pairs.within], pairs.second[pairs.within], strict=True)
    )


@property_test
@given(st.permutations(range(len(LABELS))))
def test_the_order_of_items_does_not_matter(order: list[int]) -> None:
    similarity = cosine_matrices(random_vectors(2, len(LABELS), seed=11))
    statistics = book_statistics(similarity, pair_groups(LABELS))
    moved = book_statistics(similarity[:, order][:, :, order], pair_groups([LABELS[index] for index in order]))
    np.testing.assert_allclose(moved.within_mean, statistics.within_mean, rtol=1e-12)
    np.testing.assert_allclose(moved.across_mean, statistics.across_mean, rtol=1e-12)
    np.testing.assert_allclose(moved.t, statistics.t, rtol=1e-9)


def test_names_of_categories_do_not_matter() -> None:
    renamed = [{"a": "zebra", "b": "1", "c": "x y", "d": "a"}[label] for label in LABELS]
    assert pair_groups(renamed).within.tolist() == pair_groups(LABELS).within.tolist()


def test_results_are_read_only() -> None:
    pairs = pair_groups(LABELS)
    statistics = book_statistics(cosine_matrices(random_vectors(1, len(LABELS))), pairs)
    arrays = (pairs.first, pairs.second, pairs.within, statistics.delta, statistics.t)
    assert not any(array.flags.writeable for array in (*arrays, statistics.within_mean, statistics.across_mean))


@pytest.mark.parametrize(
    ("labels", "clue"),
    [
        (["a", "a", "a"], "All items share one category"),
        (["a", "b", "c"], "No two items share a category"),
        (["a"], "No two items share a category"),
    ],
)
def test_missing_kinds_of_pairs_are_refused(labels: list[str], clue: str) -> None:
    with pytest.raises(UndefinedError, match=clue):
        pair_groups(labels)


def test_a_category_of_one_item_counts_across_only() -> None:
    pairs = pair_groups(["a", "a", "b"])
    assert (pairs.n_within, pairs.n_across) == (1, 2)
    similarity = cosine_matrices(random_vectors(2, 3, seed=3))
    statistics = book_statistics(similarity, pairs)
    expected = ttest_ind([similarity[1, 0, 1]], [similarity[1, 0, 2], similarity[1, 1, 2]], equal_var=True).statistic
    assert statistics.t[1] == pytest.approx(float(expected), rel=1e-5)


def test_t_is_not_defined_where_all_values_are_equal() -> None:
    vectors = random_vectors(3, len(LABELS), seed=2)
    vectors[1] = vectors[1, 0]
    statistics = book_statistics(cosine_matrices(vectors), pair_groups(LABELS))
    assert np.isnan(statistics.t).tolist() == [False, True, False]
    assert statistics.delta[1] == pytest.approx(0, abs=1e-6)


def test_t_is_not_defined_for_two_pairs() -> None:
    similarity = np.array([[[1, 0.5, 0.2], [0.5, 1, 0], [0.2, 0, 1]]], np.float32)
    statistics = book_statistics(similarity, pairs_from([True, False]))
    assert statistics.delta[0] == pytest.approx(0.3)
    assert math.isnan(statistics.t[0])


def test_t_is_defined_for_three_pairs() -> None:
    similarity = np.array([[[1, 0.5, 0.2, 0.1], [0.5, 1, 0, 0], [0.2, 0, 1, 0], [0.1, 0, 0, 1]]], np.float32)
    statistics = book_statistics(similarity, pairs_from([True, False, False]))
    expected = ttest_ind([0.5], [0.2, 0.1], equal_var=True).statistic
    assert statistics.t[0] == pytest.approx(float(expected), rel=1e-6)


@property_test
@given(hnp.arrays(np.float64, st.integers(2, 60), elements=st.floats(-1, 1)), st.integers(1, 30))
def test_density_equals_numpy_and_has_area_one(values: Floats, bins: int) -> None:
    edges = bin_edges(values, bins)
    heights = density(values, edges)
    np.testing.assert_allclose(heights, np.histogram(values, bins=edges, density=True)[0])
    assert float((heights * np.diff(edges)).sum()) == pytest.approx(1)


def test_density_of_single_precision_values_loses_none_at_the_ends() -> None:
    values = np.random.default_rng(5).uniform(0.3, 0.9, 1000).astype(np.float32)
    edges = bin_edges(values)
    assert len(edges) == BOOK_BINS + 1
    assert float((density(values, edges) * np.diff(edges)).sum()) == pytest.approx(1)
    assert (edges[0], edges[-1]) == (float(values.min()), float(values.max()))


def test_density_by_hand() -> None:
    assert density(np.array([0.0, 0.1, 0.6, 1.0]), np.array([0.0, 0.5, 1.0])).tolist() == [1.0, 1.0]
    assert density(np.array([0.0, 0.1, 0.2, 1.0]), np.array([0.0, 0.25, 1.0])).tolist() == pytest.approx([3, 1 / 3])


def test_equal_values_become_one_spike() -> None:
    values = np.full(9, 0.7, np.float32)
    edges = bin_edges(values)
    heights = density(values, edges)
    assert (edges[0], edges[-1]) == pytest.approx((0.699, 0.701))
    assert np.count_nonzero(heights) == 1


def test_centers() -> None:
    assert centers(np.array([0.0, 1.0, 4.0])).tolist() == [0.5, 2.5]


def test_labels_that_differ_in_a_trailing_nul_are_different() -> None:
    assert pair_groups(["a", "a\0", "a", "b"]).n_within == 1
