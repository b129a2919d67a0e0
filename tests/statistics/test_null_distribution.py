"""The shuffles of a test in bins, and what the table of Student's t says of the same pairs."""

import numpy as np
import pytest
from scipy import stats

from catsel_core.statistics.careful import careful_statistics
from catsel_core.statistics.null_distribution import BINS, null_distribution
from catsel_core.statistics.pairs import pair_groups, pair_values
from tests.statistics.made_up import similarities

LABELS = ["a"] * 6 + ["b"] * 5 + ["c"] * 5


def test_bins_count_the_shuffles_as_numpy_does() -> None:
    careful = careful_statistics(similarities(LABELS, layers=3), LABELS, permutations=500)
    found, null = null_distribution(careful), careful.test.null
    assert found.bins.shape == (3, 501)
    for layer in range(3):
        density, edges = np.histogram(null[layer].astype(np.float64), BINS, density=True)
        np.testing.assert_allclose(found.edges[layer], edges, atol=1e-9)
        np.testing.assert_allclose(found.density[layer], density, rtol=1e-6)
    assert not found.bins.flags.writeable


def test_the_table_says_what_scipys_t_test_says() -> None:
    similarity, pairs = similarities(LABELS, effect=0.1, layers=3), pair_groups(LABELS)
    found = null_distribution(careful_statistics(similarity, LABELS, permutations=99))
    for layer, values in enumerate(pair_values(similarity, pairs).astype(np.float64)):
        expected = stats.ttest_ind(values[pairs.within], values[~pairs.within], alternative="greater")
        assert (found.t[layer], found.t_p[layer]) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-3)
        assert found.degrees_of_freedom == expected.df
        delta = values[pairs.within].mean() - values[~pairs.within].mean()
        assert found.standard_error[layer] == pytest.approx(delta / expected.statistic, rel=1e-3)


def test_the_curve_of_the_table_has_area_one() -> None:
    found = null_distribution(careful_statistics(similarities(LABELS, layers=2), LABELS, permutations=99))
    x = found.standard_error[:, None] * np.linspace(-9, 9, 2001)
    np.testing.assert_allclose(np.trapezoid(found.table_density(x), x, axis=1), 1, atol=1e-6)


def test_equal_vectors_have_a_flat_null_and_no_t() -> None:
    similarity = np.concatenate([np.ones((1, 16, 16), np.float32), similarities(LABELS, layers=1)])
    found = null_distribution(careful_statistics(similarity, LABELS, permutations=99))
    assert np.isnan(found.t[0])
    assert np.isnan(found.t_p[0])
    assert (found.edges[0, 0], found.edges[0, -1]) == pytest.approx((-0.001, 0.001))
    assert (found.table_density(np.zeros((2, 1)))[0] == 0).all()
    assert np.isfinite(found.t[1])
