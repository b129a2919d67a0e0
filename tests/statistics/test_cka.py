"""CKA against its formulas, with and without bias, and what it does not see."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ortho_group

from catsel_core.arrays import Floats
from catsel_core.errors import UndefinedError
from catsel_core.statistics.cka import debiased_cka, linear_cka
from tests.statistics.comparisons import SEEDS, Compare, either_cka
from tests.support.core_fixtures import property_test, random_vectors


def naive_cka(a: Floats, b: Floats) -> float:
    """Kornblith et al.: HSIC(K, L) / sqrt(HSIC(K, K) HSIC(L, L)) with centring matrices."""
    n = len(a)
    centring = np.eye(n) - np.ones((n, n)) / n

    def hsic(k: Floats, m: Floats) -> float:
        return float(np.trace(k @ centring @ m @ centring))

    k, m = a @ a.T, b @ b.T
    return hsic(k, m) / math.sqrt(hsic(k, k) * hsic(m, m))


def naive_debiased_cka(a: Floats, b: Floats) -> float:
    """Song et al. 2012, equation 5: the unbiased HSIC, without any U-centring."""
    n, ones = len(a), np.ones(len(a))

    def hsic(k: Floats, m: Floats) -> float:
        sums = (ones @ k @ ones) * (ones @ m @ ones) / ((n - 1) * (n - 2)) - 2 / (n - 2) * (ones @ k @ m @ ones)
        return float(np.trace(k @ m) + sums) / (n * (n - 3))

    k, m = a @ a.T, b @ b.T
    np.fill_diagonal(k, 0)
    np.fill_diagonal(m, 0)
    return hsic(k, m) / math.sqrt(hsic(k, k) * hsic(m, m))


@either_cka
@pytest.mark.parametrize(("items", "hidden_b"), [(4, 3), (4, 50), (12, 3), (12, 50)])
def test_cka_equals_the_formula_for_every_pair_of_layers(cka: Compare, items: int, hidden_b: int) -> None:
    a = random_vectors(3, items, 8, seed=1) + np.float32(5)
    b = random_vectors(4, items, hidden_b, seed=2) * np.float32(30)
    naive = naive_cka if cka is linear_cka else naive_debiased_cka
    expected = [[naive(one, other) for other in b.astype(np.float64)] for one in a.astype(np.float64)]
    result = cka(a, b)
    assert result.shape == (3, 4)
    assert result.dtype == np.float64
    np.testing.assert_allclose(result, expected, atol=1e-6)


@either_cka
@property_test
@given(SEEDS, st.floats(-50, 50))
def test_cka_knows_no_rotation_and_no_offset(cka: Compare, seed: int, offset: float) -> None:
    a, b = random_vectors(2, 6, 8, seed), random_vectors(3, 6, 5, seed + 1)
    turned = (a @ ortho_group.rvs(8, random_state=seed) + offset).astype(np.float32)
    np.testing.assert_allclose(cka(turned, b), cka(a, b), atol=1e-3)


@either_cka
def test_cka_changes_with_another_linear_map(cka: Compare) -> None:
    a = random_vectors(1, 20, 8)
    assert cka(a, a * np.arange(1, 9, dtype=np.float32) ** 2)[0, 0] < 0.95


def test_debiasing_takes_the_chance_level_away() -> None:
    plain, debiased = [], []
    for seed in range(60):
        a, b = random_vectors(1, 12, 500, 2 * seed), random_vectors(1, 12, 400, 2 * seed + 1)
        plain.append(linear_cka(a, b)[0, 0])
        debiased.append(debiased_cka(a, b)[0, 0])
    assert np.mean(plain) > 0.9
    assert abs(np.mean(debiased)) < 3 * np.std(debiased) / np.sqrt(60)


def test_items_equally_far_from_one_another_have_cka_but_no_debiased_cka() -> None:
    turned = ortho_group.rvs(6, random_state=1)[None]
    simplex = (turned * 10 + 3).astype(np.float32)
    other = random_vectors(1, 6)
    assert np.isfinite(linear_cka(simplex, other)).all()
    assert np.isnan(debiased_cka(simplex, other)).all()
    assert np.isnan(debiased_cka(np.eye(6, dtype=np.float32)[None], other)).all()


@either_cka
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_vectors_that_are_not_finite_are_refused(cka: Compare, value: float) -> None:
    vectors = random_vectors(2, 5)
    vectors[1, 3, 0] = value
    with pytest.raises(UndefinedError, match="item 3 at hidden state 1 is not finite"):
        cka(random_vectors(2, 5), vectors)
