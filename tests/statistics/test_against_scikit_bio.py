"""The permutation test beside ANOSIM and PERMANOVA of scikit-bio: their statistics exactly, p as sampling allows."""

import numpy as np
import pytest
from scipy.stats import rankdata
from skbio.stats.distance import DistanceMatrix, anosim, permanova

from catsel_core.arrays import FloatArray
from catsel_core.statistics.designs import design_of
from catsel_core.statistics.permutation_test import permutation_test
from tests.statistics.made_up import similarities

LABELS = ["a"] * 10 + ["b"] * 13 + ["c"] * 11
N = len(LABELS)


def symmetric(values: FloatArray) -> FloatArray:
    """(1, item, item) from (pair,) values."""
    matrix = np.zeros((1, N, N), np.float32)
    first, second = np.triu_indices(N, 1)
    matrix[0, first, second] = matrix[0, second, first] = values
    return matrix


def distances(similarity: FloatArray) -> DistanceMatrix:
    apart = 1 - similarity[0].astype(np.float64)
    np.fill_diagonal(apart, 0)
    return DistanceMatrix((apart + apart.T) / 2, [str(at) for at in range(len(apart))])


@pytest.mark.parametrize(("effect", "seed"), [(0.05, 2), (0.1, 3), (0.0, 4)])
def test_of_ranks_it_is_anosim(effect: float, seed: int) -> None:
    similarity = similarities(LABELS, effect, layers=1, seed=seed)
    ranks = rankdata(similarity[0][np.triu_indices(N, 1)]).astype(np.float32)
    found = permutation_test(symmetric(ranks), design_of(LABELS)).delta
    theirs = anosim(distances(similarity), LABELS, permutations=4_999, seed=1)
    assert found.observed[0] / (N * (N - 1) / 4) == pytest.approx(theirs["test statistic"], abs=1e-5)
    assert found.p[0] == pytest.approx(theirs["p-value"], abs=0.03)


@pytest.mark.parametrize(("effect", "seed"), [(0.05, 2), (0.1, 3), (0.0, 4)])
def test_of_squared_distances_in_groups_of_one_size_it_is_permanova(effect: float, seed: int) -> None:
    """There the pseudo-F rises with Δ of the negative squared distances, and has its p."""
    labels = ["a"] * 10 + ["b"] * 10 + ["c"] * 10
    similarity = similarities(labels, effect, layers=1, seed=seed)
    apart = distances(similarity)
    found = permutation_test(-(apart.data[None].astype(np.float32) ** 2), design_of(labels)).delta
    theirs = permanova(apart, labels, permutations=4_999, seed=1)
    assert found.p[0] == pytest.approx(theirs["p-value"], abs=0.03)
