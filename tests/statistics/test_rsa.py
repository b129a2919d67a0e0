"""RSA, neighbourhoods and Mantel tests against scipy and slow loops, and where nothing is defined."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import spearmanr

from catsel_core.arrays import FloatArray
from catsel_core.errors import UndefinedError
from catsel_core.statistics.rsa import mantel, nearest, neighbourhood_change, rsa
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import property_test, random_vectors


def cosines(layers: int, items: int, hidden: int = 8, seed: int = 0) -> FloatArray:
    return cosine_matrices(random_vectors(layers, items, hidden, seed))


def spearman(a: list[float], b: list[float]) -> float:
    return float(spearmanr(a, b).statistic)


def naive_rsa(a: FloatArray, b: FloatArray) -> float:
    n = len(a)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    return spearman([float(a[pair]) for pair in pairs], [float(b[pair]) for pair in pairs])


@pytest.mark.parametrize("items", [3, 4, 9])
def test_rsa_equals_scipy_for_every_pair_of_layers(items: int) -> None:
    a, b = cosines(3, items, seed=1), cosines(4, items, 5, seed=2)
    expected = [[naive_rsa(one, other) for other in b] for one in a]
    result = rsa(a, b)
    assert result.shape == (3, 4)
    assert result.dtype == np.float64
    np.testing.assert_allclose(result, expected, atol=1e-12)


@property_test
@given(hnp.arrays(np.int8, (2, 6, 6), elements=st.integers(-2, 2)))
def test_rsa_averages_the_ranks_of_equal_similarities(levels: FloatArray) -> None:
    a, b = (np.triu(one, 1) + np.triu(one, 1).T for one in levels.astype(np.float32) / np.float32(4))
    if min(np.ptp(one[np.triu_indices(6, 1)]) for one in (a, b)) == 0:
        assert np.isnan(rsa(a[None], b[None])).all()
    else:
        assert rsa(a[None], b[None])[0, 0] == pytest.approx(naive_rsa(a, b), abs=1e-12)


def test_neighbourhood_change_equals_scipy_item_by_item() -> None:
    a, b = cosines(2, 7, seed=1), cosines(3, 7, 5, seed=2)
    change = neighbourhood_change(a, b)
    assert change.shape == (2, 3, 7)
    assert change.dtype == np.float32
    for layer_a, layer_b, item in np.ndindex(2, 3, 7):
        row_a, row_b = (np.delete(one[item], item).tolist() for one in (a[layer_a], b[layer_b]))
        assert change[layer_a, layer_b, item] == pytest.approx(1 - spearman(row_a, row_b), abs=1e-6)


def test_the_order_of_similarities_is_all_that_rsa_takes() -> None:
    similarity = cosines(2, 6)
    np.testing.assert_allclose(rsa(similarity, np.exp(2 * similarity)), rsa(similarity, similarity), atol=1e-12)
    assert np.diagonal(rsa(similarity, -similarity)).tolist() == pytest.approx([-1, -1])
    assert neighbourhood_change(similarity, -similarity)[0, 0].tolist() == pytest.approx([2] * 6)


def test_neighbourhood_change_names_the_item_that_moved() -> None:
    a = random_vectors(1, 12, 30, seed=4)
    b = a.copy()
    b[0, 5] = random_vectors(1, 1, 30, seed=9)[0, 0]
    change = neighbourhood_change(cosine_matrices(a), cosine_matrices(b))[0, 0]
    assert change.argmax() == 5
    assert change[5] > 2 * np.delete(change, 5).max()


def test_similarities_that_differ_by_rounding_alone_are_equal() -> None:
    similarity = cosines(2, 6).copy()
    similarity[0] = 0.4 + 1e-7 * similarity[1]
    assert np.isnan(rsa(similarity, similarity)).tolist() == [[True, True], [True, False]]
    similarity[0] = 0.4 + 1e-4 * similarity[1]
    assert rsa(similarity, similarity)[0, 1] > 0.99


def test_one_item_equally_similar_to_all_others_has_no_neighbourhood() -> None:
    a, b = cosines(1, 6).copy(), cosines(1, 6, seed=3)
    a[0, 2, :] = a[0, :, 2] = 0.25
    assert np.isnan(neighbourhood_change(a, b))[0, 0].tolist() == [False, False, True, False, False, False]
    assert not np.isnan(rsa(a, b)).any()


@pytest.mark.parametrize("count", [0, 1, 3, 5, 9])
def test_nearest_equals_sorting_by_hand(count: int) -> None:
    similarity = cosines(3, 6)
    found = nearest(similarity, count)
    assert found.shape == (3, 6, min(count, 5))
    assert found.dtype == np.int64
    for layer, item in np.ndindex(3, 6):
        others = sorted((other for other in range(6) if other != item), key=lambda o: -similarity[layer, item, o])
        assert found[layer, item].tolist() == others[:count]


def test_nearest_takes_the_earlier_of_equal_ones_and_never_itself() -> None:
    similarity = np.full((1, 4, 4), 1, np.float32)
    similarity[0, 0, 1] = similarity[0, 1, 0] = -1
    assert nearest(similarity, 3)[0].tolist() == [[2, 3, 1], [2, 3, 0], [0, 1, 3], [0, 1, 2]]
    assert nearest(np.ones((2, 1, 1), np.float32), 3).shape == (2, 1, 0)


def test_mantel_equals_a_slow_loop() -> None:
    a, b = cosines(1, 7, seed=1)[0], cosines(1, 7, seed=2)[0]
    result = mantel(a, b, np.random.default_rng(5), 60)
    rng, reached = np.random.default_rng(5), 0
    for _ in range(60):
        order = rng.permutation(7)
        reached += naive_rsa(a[order][:, order], b) >= naive_rsa(a, b) - 1e-9
    assert result.correlation == pytest.approx(naive_rsa(a, b), abs=1e-12)
    assert result.p == pytest.approx((1 + reached) / 61)
    assert result.shuffles == 60


def test_mantel_is_calibrated_on_exchangeable_items() -> None:
    rng, p = np.random.default_rng(0), []
    for seed in range(400):
        groups = np.repeat([0, 1], 4)  # pairs of one matrix depend on each other, as those of words do
        a = cosine_matrices(random_vectors(1, 8, 4, seed) + 3 * groups[:, None].astype(np.float32))[0]
        b = cosines(1, 8, 4, 1000 + seed)[0]
        p.append(mantel(a, b, rng, 39).p)
    for level in (0.05, 0.25, 0.5, 0.75):
        error = np.sqrt(level * (1 - level) / len(p))
        assert abs(np.mean(np.array(p) <= level) - level) < 3 * error


def test_mantel_finds_what_is_alike() -> None:
    vectors = random_vectors(1, 12, 20)
    noisy = vectors + random_vectors(1, 12, 20, seed=8) / np.float32(2)
    result = mantel(cosine_matrices(vectors)[0], cosine_matrices(noisy)[0], np.random.default_rng(1), 199)
    assert result.correlation > 0.6
    assert result.p == 1 / 200


@pytest.mark.parametrize("seed", range(8))
def test_shuffles_that_change_nothing_count(seed: int) -> None:
    a, b = cosines(1, 4, seed=seed)[0], cosines(1, 4, seed=seed + 100)[0]
    orders = [list(order) for order in permutations(range(4))]
    reached = [naive_rsa(a[order][:, order], b) >= naive_rsa(a, b) - 1e-9 for order in orders]
    result = mantel(a, b, np.random.default_rng(seed), 3000)
    assert result.p == pytest.approx(sum(reached) / 24, abs=0.03)


def test_mantel_says_where_it_is_not_defined() -> None:
    flat = np.full((5, 5), 0.5, np.float32)
    with pytest.raises(UndefinedError, match="All similarities of one of the two layers are equal"):
        mantel(flat, cosines(1, 5)[0], np.random.default_rng(0), 9)
    with pytest.raises(UndefinedError, match="at least 3 items; there are 2"):
        mantel(flat[:2, :2], flat[:2, :2], np.random.default_rng(0), 9)
