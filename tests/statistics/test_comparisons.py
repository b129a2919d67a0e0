"""What holds of every comparison of layers: its invariances, and where nothing is defined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import UndefinedError
from catsel_core.statistics.cka import debiased_cka, linear_cka
from catsel_core.statistics.layer_paths import best_path, equal_depth
from catsel_core.statistics.rsa import mantel, nearest, neighbourhood_change, rsa
from catsel_core.statistics.similarity import cosine_matrices
from tests.statistics.comparisons import EVERY, SEEDS, Compare, every
from tests.support.core_fixtures import property_test, random_vectors


@every
@property_test
@given(SEEDS)
def test_swapping_the_sides_transposes(compare: Compare, seed: int) -> None:
    a, b = random_vectors(2, 6, 8, seed), random_vectors(3, 6, 5, seed + 1)
    np.testing.assert_allclose(compare(b, a), compare(a, b).swapaxes(0, 1), atol=1e-9)


@every
@property_test
@given(SEEDS, st.permutations(range(6)))
def test_the_order_of_items_does_not_matter(compare: Compare, seed: int, order: list[int]) -> None:
    a, b = random_vectors(2, 6, 8, seed), random_vectors(3, 6, 5, seed + 1)
    expected = compare(a, b)
    moved = compare(a[:, order], b[:, order])
    np.testing.assert_allclose(moved, expected[:, :, order] if expected.ndim == 3 else expected, atol=1e-6)


@every
@property_test
@given(SEEDS, st.floats(1e-3, 1e3))
def test_scale_does_not_matter(compare: Compare, seed: int, scale: float) -> None:
    a, b = random_vectors(2, 6, 8, seed), random_vectors(3, 6, 5, seed + 1)
    scaled = a * np.float32(2 ** round(np.log2(scale)))  # a power of two: the same numbers, no new ties
    np.testing.assert_allclose(compare(scaled, b), compare(a, b), atol=1e-6)


@property_test
@given(SEEDS, st.integers(4, 9))
def test_a_layer_is_like_itself(seed: int, items: int) -> None:
    vectors = random_vectors(3, items, 8, seed)
    similarity = cosine_matrices(vectors)
    for matrix in (rsa(similarity, similarity), linear_cka(vectors, vectors), debiased_cka(vectors, vectors)):
        np.testing.assert_allclose(np.diagonal(matrix), 1, atol=1e-12)
        assert np.abs(matrix).max() <= 1
    change = neighbourhood_change(similarity, similarity)
    assert np.abs(change[np.arange(3), np.arange(3)]).max() <= 1e-6
    assert change.min() >= 0
    assert change.max() <= 2


@pytest.mark.parametrize("items", [4, 5, 30])
def test_layers_whose_vectors_are_all_equal_have_no_likeness(items: int) -> None:
    a, b = random_vectors(3, items, 40), random_vectors(2, items, 30, seed=5)
    noise = np.random.default_rng(1).normal(size=(items, 40)) * 1e-6  # another batch rounds otherwise
    a[0] = a[0, 0] * 300
    a[2] = a[2, 0] * (1 + noise)
    for name, compare in EVERY.items():
        missing = np.isnan(compare(a, b))
        assert missing[[0, 2]].all(), name
        assert not missing[1].any(), name
    assert np.isnan(linear_cka(a, a))[[0, 2]].all()


@every
def test_too_few_items_are_refused(compare: Compare) -> None:
    least = 4 if compare is debiased_cka else 3
    for items in range(1, least):
        with pytest.raises(UndefinedError, match=f"at least {least} items; there are {items}"):
            compare(random_vectors(1, items), random_vectors(1, items))
    assert np.isfinite(compare(random_vectors(1, least), random_vectors(1, least, seed=1))).all()


def test_results_are_read_only_and_the_input_is_left_alone() -> None:
    vectors = random_vectors(2, 5)
    similarity = cosine_matrices(vectors)
    before = vectors.copy(), similarity.copy()
    matrix = rsa(similarity, similarity)
    results = (
        *(matrix, linear_cka(vectors, vectors), debiased_cka(vectors, vectors), best_path(matrix), equal_depth(2, 5)),
        *(neighbourhood_change(similarity, similarity), nearest(similarity, 2)),
    )
    assert not any(result.flags.writeable for result in results)
    mantel(similarity[0], similarity[1], np.random.default_rng(0), 3)
    assert np.array_equal(vectors, before[0])
    assert np.array_equal(similarity, before[1])
