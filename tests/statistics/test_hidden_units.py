"""What hidden units add to the mean cosine, against loops over pairs."""

from itertools import combinations

import numpy as np
import pytest

from catsel_core.errors import UndefinedError
from catsel_core.statistics.hidden_units import unit_contributions
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import random_vectors


def test_contributions_equal_a_loop_over_pairs() -> None:
    vectors = random_vectors(2, 5, 7, 3)
    found = unit_contributions(vectors)
    for layer, states in enumerate(vectors.astype(np.float64)):
        pairs = list(combinations(states, 2))
        for unit in range(7):
            parts = [a[unit] * b[unit] / (np.linalg.norm(a) * np.linalg.norm(b)) for a, b in pairs]
            assert found[layer, unit] == pytest.approx(np.mean(parts), abs=1e-7)


def test_contributions_add_up_to_the_mean_cosine() -> None:
    vectors = random_vectors(3, 9, 30, 4) + np.float32(1)
    pairs = np.triu_indices(9, k=1)
    means = [layer[pairs].mean() for layer in cosine_matrices(vectors)]
    np.testing.assert_allclose(unit_contributions(vectors).sum(axis=1), means, atol=1e-6)


def test_a_rogue_unit_is_found() -> None:
    vectors = random_vectors(1, 8, 50, 5)
    vectors[:, :, 17] = 400
    found = unit_contributions(vectors)[0]
    assert found.argmax() == 17
    assert found[17] / found.sum() > 0.95


def test_one_item_has_no_pairs() -> None:
    with pytest.raises(UndefinedError, match="takes two items"):
        unit_contributions(random_vectors(1, 1))
