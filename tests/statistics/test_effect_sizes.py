"""AUC and Cohen's d against counting and the formula."""

import numpy as np
import pytest

from catsel_core.statistics.effect_sizes import effect_sizes
from catsel_core.statistics.pairs import pair_groups, pair_values
from tests.statistics.made_up import similarities

LABELS = ["a"] * 4 + ["b"] * 5


def test_auc_counts_which_pairs_are_more_similar_and_ties_half() -> None:
    similarity = np.round(similarities(LABELS), 1)
    pairs = pair_groups(LABELS)
    found = effect_sizes(similarity, pairs)
    for layer, values in enumerate(pair_values(similarity, pairs)):
        within, across = values[pairs.within], values[~pairs.within]
        wins = [1.0 if w > a else 0.5 if w == a else 0.0 for w in within for a in across]
        assert found.auc[layer] == pytest.approx(np.mean(wins))
        assert (found.within_mean[layer], found.across_mean[layer]) == pytest.approx((within.mean(), across.mean()))
        n_w, n_a = len(within), len(across)
        pooled = np.sqrt(((n_w - 1) * within.var(ddof=1) + (n_a - 1) * across.var(ddof=1)) / (n_w + n_a - 2))
        assert found.cohen_d[layer] == pytest.approx((within.mean() - across.mean()) / pooled, rel=1e-4)


def test_equal_vectors_have_no_effect_size() -> None:
    found = effect_sizes(np.ones((1, 9, 9), np.float32), pair_groups(LABELS))
    assert found.auc[0] == 0.5
    assert np.isnan(found.cohen_d[0])
