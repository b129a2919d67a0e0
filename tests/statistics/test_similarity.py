"""Cosine matrices and unit vectors against plain arithmetic, and what has no direction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from catsel_core.arrays import FloatArray
from catsel_core.errors import UndefinedError
from catsel_core.statistics.similarity import cosine_matrices, unit_vectors
from tests.support.core_fixtures import naive_cosine, property_test, random_vectors

NUMBERS = st.floats(-100, 100, width=32).filter(lambda number: number == 0 or abs(number) > 1e-3)
STACKS = hnp.arrays(
    np.float32, st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(1, 5)), elements=NUMBERS
).filter(lambda vectors: bool((np.abs(vectors).max(axis=2) > 0).all()))


@pytest.mark.parametrize("size", [1.0, 1e-3, 1e3, 1e18])
def test_equals_the_formula_pair_by_pair(size: float) -> None:
    vectors = random_vectors(3, 7, seed=4) * np.float32(size)
    similarity = cosine_matrices(vectors)
    assert similarity.shape == (3, 7, 7)
    assert similarity.dtype == np.float32
    for layer in range(3):
        for i in range(7):
            for j in range(7):
                expected = naive_cosine(vectors[layer, i].tolist(), vectors[layer, j].tolist())
                assert similarity[layer, i, j] == pytest.approx(expected, abs=1e-6)


def test_known_angles() -> None:
    vectors = np.array([[[1, 0], [0, 3], [-2, 0], [5, 5]]], np.float32)
    half = np.sqrt(0.5)
    expected = [[1, 0, -1, half], [0, 1, 0, half], [-1, 0, 1, -half], [half, half, -half, 1]]
    np.testing.assert_allclose(cosine_matrices(vectors)[0], expected, atol=1e-7)


def test_one_large_dimension_does_not_drown_the_rest() -> None:
    vectors = np.array([[[3000, 1, 0], [3000, 0, 1], [3000, -1, 0]]], np.float32)
    similarity = cosine_matrices(vectors)[0]
    assert similarity[0, 2] == pytest.approx(naive_cosine([3000, 1, 0], [3000, -1, 0]), abs=2e-7)


@property_test
@given(STACKS)
def test_symmetric_with_ones_and_bounded(vectors: FloatArray) -> None:
    similarity = cosine_matrices(vectors)
    assert np.array_equal(similarity, similarity.transpose(0, 2, 1))
    assert np.array_equal(np.diagonal(similarity, axis1=1, axis2=2), np.ones(vectors.shape[:2]))
    assert np.abs(similarity).max() <= 1


@property_test
@given(STACKS, st.data())
def test_positive_scaling_of_items_changes_nothing(vectors: FloatArray, data: st.DataObject) -> None:
    scales = data.draw(hnp.arrays(np.float32, vectors.shape[:2], elements=st.floats(0.0625, 1000, width=32)))
    np.testing.assert_allclose(cosine_matrices(vectors * scales[..., None]), cosine_matrices(vectors), atol=2e-6)


@property_test
@given(STACKS, st.data())
def test_reordering_items_reorders_the_matrix(vectors: FloatArray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(vectors.shape[1])))
    expected = cosine_matrices(vectors)[:, order][:, :, order]
    np.testing.assert_allclose(cosine_matrices(vectors[:, order]), expected, atol=1e-6)


def test_unit_vectors_have_length_one_and_the_same_direction() -> None:
    vectors = random_vectors(2, 5) * np.float32(40)
    units = unit_vectors(vectors)
    np.testing.assert_allclose(np.linalg.norm(units, axis=2), 1, atol=1e-6)
    np.testing.assert_allclose(units * np.linalg.norm(vectors, axis=2)[..., None], vectors, rtol=1e-5)


@pytest.mark.parametrize("scale", [3e38, 1e-42])
def test_a_length_that_float32_cannot_hold_leaves_the_direction(scale: float) -> None:
    vectors = np.full((1, 2, 64), scale, np.float32)
    np.testing.assert_allclose(unit_vectors(vectors), 1 / 8, rtol=1e-6)


def test_results_are_read_only_and_the_input_is_left_alone() -> None:
    vectors = random_vectors(1, 3)
    before = vectors.copy()
    for result in (unit_vectors(vectors), cosine_matrices(vectors)):
        with pytest.raises(ValueError, match="read-only"):
            result[0, 0, 0] = 5
    assert np.array_equal(vectors, before)
    assert vectors.flags.writeable


@pytest.mark.parametrize(
    ("value", "kind"), [(0.0, "all zeros"), (np.nan, "not finite"), (np.inf, "not finite"), (-np.inf, "not finite")]
)
def test_a_vector_without_direction_is_named(value: float, kind: str) -> None:
    vectors = random_vectors(3, 4)
    vectors[2, 1] = value
    with pytest.raises(UndefinedError) as caught:
        cosine_matrices(vectors)
    assert str(caught.value).startswith(f"The vector of item 1 at hidden state 2 is {kind}")
