"""The noise ceiling against scipy, its order, and what has none."""

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from catsel_core.arrays import FloatArray
from catsel_core.errors import UndefinedError
from catsel_core.statistics.noise_ceiling import noise_ceiling
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import random_vectors

PAIRS = np.triu_indices(6, k=1)


def measurements(count: int = 4, noise: float = 0.7) -> list[FloatArray]:
    """One true picture of six items at three layers, measured with noise."""
    true = random_vectors(3, 6, 20, 1)
    return [cosine_matrices(true + np.float32(noise) * random_vectors(3, 6, 20, 10 + at)) for at in range(count)]


def test_both_bounds_equal_spearman_with_mean_ranks() -> None:
    found = measurements()
    ceiling = noise_ceiling(found)
    assert ceiling.lower.shape == ceiling.upper.shape == (4, 3)
    for layer in range(3):
        ranks = [rankdata(one[layer][PAIRS]) for one in found]
        for at, own in enumerate(ranks):
            others = np.mean([one for other, one in enumerate(ranks) if other != at], axis=0)
            assert ceiling.lower[at, layer] == pytest.approx(spearmanr(own, others).statistic)
            assert ceiling.upper[at, layer] == pytest.approx(spearmanr(own, np.mean(ranks, axis=0)).statistic)


def test_the_lower_bound_is_below_the_upper_one_and_noise_moves_both_down() -> None:
    quiet, loud = noise_ceiling(measurements(noise=0.3)), noise_ceiling(measurements(noise=3))
    assert (quiet.lower.mean(axis=0) < quiet.upper.mean(axis=0)).all()
    assert (loud.lower.mean(axis=0) < quiet.lower.mean(axis=0)).all()


def test_equal_measurements_agree_wholly() -> None:
    one = measurements(1)[0]
    np.testing.assert_allclose(noise_ceiling([one, one, one]).lower, 1)


def test_a_layer_without_any_difference_has_none() -> None:
    one, other = measurements(2)
    flat = other.copy()
    flat[1] = 0.5
    ceiling = noise_ceiling([one, flat])
    assert np.isnan(ceiling.lower[:, 1]).all()
    assert np.isfinite(ceiling.lower[:, [0, 2]]).all()


def test_one_measurement_or_two_items_have_none() -> None:
    with pytest.raises(UndefinedError, match="at least two prompts"):
        noise_ceiling(measurements(1))
    with pytest.raises(UndefinedError, match="at least 3 items; there are 2"):
        noise_ceiling([one[:, :2, :2] for one in measurements(2)])
