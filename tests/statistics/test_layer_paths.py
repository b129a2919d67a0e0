"""Which layers go together: the best path against all paths, and equal depth."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from catsel_core.arrays import Floats
from catsel_core.statistics.cka import debiased_cka
from catsel_core.statistics.layer_paths import best_path, equal_depth
from tests.support.core_fixtures import property_test, random_vectors

SEEDS = st.integers(0, 10_000)


def every_path(n_a: int, n_b: int) -> list[tuple[int, ...]]:
    return list(combinations_with_replacement(range(n_b), n_a))


def total(matrix: Floats, path: tuple[int, ...]) -> float:
    return float(sum(matrix[layer, other] for layer, other in enumerate(path)))


@property_test
@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_best_path_beats_every_other(n_a: int, n_b: int, data: st.DataObject) -> None:
    elements = st.sampled_from([-0.5, 0.0, 0.1, 0.2, 0.3, 0.7])
    matrix = data.draw(hnp.arrays(np.float64, (n_a, n_b), elements=elements))
    depth = equal_depth(n_a, n_b)
    ranked = [
        (round(total(matrix, path), 6), -int(np.abs(np.array(path) - depth).sum())) for path in every_path(n_a, n_b)
    ]
    path = best_path(matrix)
    assert path.shape == (n_a,)
    assert path.dtype == np.int64
    assert (np.diff(path) >= 0).all()
    assert (round(total(matrix, tuple(path)), 6), -int(np.abs(path - depth).sum())) == max(ranked)


@property_test
@given(SEEDS, st.integers(1, 5), st.integers(1, 5))
def test_best_path_counts_what_is_not_defined_as_the_least(seed: int, n_a: int, n_b: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.uniform(-1, 1, (n_a, n_b))
    matrix[rng.random((n_a, n_b)) < 0.4] = np.nan
    filled = np.nan_to_num(matrix, nan=0 if np.isnan(matrix).all() else np.nanmin(matrix))
    best = max(total(filled, path) for path in every_path(n_a, n_b))
    assert total(filled, tuple(best_path(matrix))) == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("value", [np.nan, -0.3, 0.0, 0.1, 1.0])
def test_where_all_is_the_same_the_path_is_equal_depth(value: float) -> None:
    for n_a in range(1, 14):
        for n_b in range(1, 14):
            assert best_path(np.full((n_a, n_b), value)).tolist() == equal_depth(n_a, n_b).tolist()


def test_a_layer_without_any_likeness_lies_between_its_neighbours() -> None:
    matrix = np.eye(5)
    matrix[2] = np.nan
    assert best_path(matrix).tolist() == [0, 1, 2, 3, 4]
    matrix[:, 2] = np.nan
    assert best_path(matrix).tolist() == [0, 1, 2, 3, 4]


def test_best_path_finds_a_bend() -> None:
    expected = [0, 4, 4, 5, 5, 9]
    matrix = np.full((6, 10), 0.2)
    matrix[np.arange(6), expected] = 0.9
    assert best_path(matrix).tolist() == expected


def test_two_halves_of_a_model_find_each_other() -> None:
    vectors = np.cumsum(random_vectors(12, 15, 30), axis=0, dtype=np.float32)
    assert best_path(debiased_cka(vectors[::2], vectors)).tolist() == list(range(0, 12, 2))


@pytest.mark.parametrize(
    ("n_a", "n_b", "expected"),
    [
        (1, 1, [0]),
        (1, 5, [4]),
        (5, 1, [0] * 5),
        (2, 13, [0, 12]),
        (13, 13, list(range(13))),
        (3, 5, [0, 2, 4]),
        (3, 2, [0, 0, 1]),
        (3, 4, [0, 1, 3]),
        (5, 3, [0, 0, 1, 1, 2]),
    ],
)
def test_equal_depth(n_a: int, n_b: int, expected: list[int]) -> None:
    assert equal_depth(n_a, n_b).tolist() == expected
    assert equal_depth(n_a, n_b).dtype == np.int64


@property_test
@given(st.integers(2, 100), st.integers(1, 100))
def test_equal_depth_is_as_near_as_can_be(n_a: int, n_b: int) -> None:
    layers = equal_depth(n_a, n_b)
    assert (layers[0], layers[-1]) == (0, n_b - 1)
    off = 2 * np.abs(layers * (n_a - 1) - np.arange(n_a) * (n_b - 1))
    assert off.max() <= n_a - 1
    assert (np.diff(layers) >= 0).all()
