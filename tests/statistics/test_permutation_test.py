"""The permutation test against scipy, against loops over all orders, and against what it promises."""

from collections.abc import Callable, Sequence
from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from catsel_core.arrays import Floats
from catsel_core.errors import InputError
from catsel_core.statistics.careful import careful_statistics
from catsel_core.statistics.designs import Design, design_of
from catsel_core.statistics.pairs import book_statistics, pair_groups, restricted
from catsel_core.statistics.permutation_test import PERMUTATIONS, permutation_test, permutations_for
from tests.statistics.made_up import similarities

SMALL = ["a", "a", "a", "b", "b", "b", "b"]
LARGE = ["a"] * 10 + ["b"] * 13 + ["c"] * 11


def delta_of(matrix: NDArray[np.float32], labels: Sequence[object]) -> float:
    pairs = [(a, b) for b in range(len(labels)) for a in range(b)]
    within = [matrix[a, b] for a, b in pairs if labels[a] == labels[b]]
    across = [matrix[a, b] for a, b in pairs if labels[a] != labels[b]]
    return float(np.mean(within, dtype=np.float64) - np.mean(across, dtype=np.float64))


def balanced_of(matrix: NDArray[np.float32], labels: Sequence[object]) -> float:
    blocks: dict[frozenset[object], list[float]] = {}
    for b in range(len(labels)):
        for a in range(b):
            blocks.setdefault(frozenset((labels[a], labels[b])), []).append(float(matrix[a, b]))
    within = [np.mean(values) for names, values in blocks.items() if len(names) == 1]
    across = [np.mean(values) for names, values in blocks.items() if len(names) == 2]
    return float(np.mean(within) - np.mean(across))


@pytest.mark.parametrize(("name", "statistic"), [("delta", delta_of), ("balanced", balanced_of)])
@pytest.mark.parametrize("labels", [SMALL, ["a", "a", "b", "b", "c", "c", "c"], ["a", "a", "a", "b", "b", "c"]])
def test_exact_p_is_that_of_all_orders(
    name: str, statistic: Callable[[NDArray[np.float32], Sequence[object]], float], labels: list[str]
) -> None:
    similarity = similarities(labels)
    found = permutation_test(similarity, design_of(labels))
    assert found.exact
    assert found.seed is None
    assert found.n_permutations == found.distinct_splits
    assert found.smallest_p == 1 / found.distinct_splits
    one = getattr(found, name)
    for layer, matrix in enumerate(similarity):
        observed = statistic(matrix, labels)
        assert one.observed[layer] == pytest.approx(observed, abs=1e-6)
        orders = [statistic(matrix, order) for order in permutations(labels)]
        assert one.p[layer] == pytest.approx(np.mean(np.array(orders) >= observed - 1e-7))


def test_exact_p_is_scipys() -> None:
    similarity = similarities(SMALL, layers=1)
    codes = np.array([0, 0, 0, 1, 1, 1, 1])

    def statistic(order: NDArray[np.intp]) -> float:
        return delta_of(similarity[0], [int(code) for code in order])

    theirs = stats.permutation_test(
        (codes,), statistic, permutation_type="pairings", n_resamples=np.inf, alternative="greater"
    )
    assert permutation_test(similarity, design_of(SMALL)).delta.p[0] == pytest.approx(theirs.pvalue)


def test_sampled_p_is_near_the_exact_one_and_repeats() -> None:
    labels = ["a"] * 6 + ["b"] * 6
    similarity = similarities(labels, effect=0.2)
    exact = permutation_test(similarity, design_of(labels))
    assert exact.distinct_splits == 462
    many = ["a"] * 9 + ["b"] * 9
    similarity = similarities(many, effect=0.15)
    one, again, other = (permutation_test(similarity, design_of(many), 4_000, seed) for seed in (1, 1, 2))
    assert not one.exact
    assert (one.n_permutations, one.seed, one.smallest_p) == (4_000, 1, 1 / 4_001)
    assert one.delta.p.tolist() == again.delta.p.tolist()
    assert one.delta.p.tolist() != other.delta.p.tolist()
    np.testing.assert_allclose(one.delta.p, other.delta.p, atol=0.04)


def test_delta_is_the_books_and_t_and_the_within_mean_have_its_p() -> None:
    similarity = similarities(LARGE, effect=0.1)
    pairs = pair_groups(LARGE)
    found = permutation_test(similarity, design_of(LARGE), 300)
    np.testing.assert_allclose(found.delta.observed, book_statistics(similarity, pairs).delta, atol=1e-6)
    rng = np.random.default_rng(25)
    orders = [rng.permutation(LARGE).tolist() for _ in range(300)]
    statistics = [book_statistics(similarity, pair_groups(order)) for order in (LARGE, *orders)]
    ranks = [stats.rankdata([getattr(each, name)[0] for each in statistics]) for name in ("delta", "t", "within_mean")]
    assert (ranks[0] == ranks[1]).all()
    assert (ranks[0] == ranks[2]).all()


def test_the_maximum_over_layers_asks_more_than_one_layer() -> None:
    similarity = similarities(LARGE, effect=0.15, layers=8)
    whole = permutation_test(similarity, design_of(LARGE), 2_000)
    found, null = whole.delta, whole.null
    assert (found.p_max >= found.p - 1e-12).all()
    assert (found.p_bh >= found.p - 1e-12).all()
    np.testing.assert_allclose(found.p_bh, stats.false_discovery_control(found.p))
    z = (null - null.mean(axis=1, keepdims=True)) / null.std(axis=1, keepdims=True)
    expected = [(z.max(axis=0) >= each - 1e-5).mean() for each in z[:, 0]]
    np.testing.assert_allclose(found.p_max, expected, atol=1e-3)
    assert 1.6 < found.critical_z < 3.2
    significant = z[:, 0] >= found.critical_z
    assert (significant == (found.p_max <= 0.05)).all()


def test_layers_without_any_spread_are_left_out_of_the_maximum() -> None:
    similarity = similarities(LARGE, layers=3)
    similarity = np.concatenate([np.ones_like(similarity[:1]), similarity])
    with_it = permutation_test(similarity, design_of(LARGE), 500)
    without = permutation_test(similarity[1:], design_of(LARGE), 500)
    for name in ("delta", "balanced"):
        ours, theirs = getattr(with_it, name), getattr(without, name)
        for values in (ours.p, ours.p_max, ours.p_bh):
            assert np.isnan(values[0])
        assert ours.p_max[1:].tolist() == theirs.p_max.tolist()
        assert ours.critical_z == pytest.approx(theirs.critical_z, abs=1e-5)


def test_where_nothing_can_be_significant_there_is_no_critical_z() -> None:
    labels = ["a", "a", "b", "b"]
    found = permutation_test(similarities(labels), design_of(labels))
    assert found.distinct_splits == 3
    assert found.smallest_p == pytest.approx(1 / 3)
    assert np.isnan(found.delta.critical_z)


def test_labels_change_places_inside_strata_only() -> None:
    """A spelling that differs from the others is no effect of the senses."""
    labels = [f"{word}/{sense}" for word in "xyz" for sense in "ab" for _ in range(5)]
    strata = [label[0] for label in labels]
    similarity = similarities(strata, effect=2, layers=2)
    same = np.array([strata[a] == strata[b] for a, b in zip(*np.triu_indices(len(labels), 1), strict=True)])
    pairs = restricted(pair_groups(labels), same)
    inside = permutation_test(similarity, Design(tuple(labels), pairs, tuple(strata), (None,) * len(labels)), 2_000)
    assert (inside.delta.p > 0.05).all()
    everywhere = permutation_test(similarity, design_of(labels), 2_000)
    assert (everywhere.delta.p < 0.05).all()


@pytest.mark.parametrize("times", [1, 2])
def test_pairs_across_in_a_matched_set_do_not_count(times: int) -> None:
    labels = ["a", "b"] * 2 * times + ["b", "a"] * times
    sets = [at // (2 * times) for at in range(len(labels))]
    pairs = pair_groups(labels)
    similarity = similarities(labels, effect=1)
    found = permutation_test(similarity, Design(tuple(labels), pairs, tuple(sets), tuple(sets)))
    assert found.exact

    def delta(matrix: NDArray[np.float32], order: Sequence[str]) -> float:
        chosen = [
            (order[a] == order[b], sets[a] == sets[b], matrix[a, b])
            for a, b in zip(pairs.first, pairs.second, strict=True)
        ]
        return float(np.mean([v for w, _, v in chosen if w]) - np.mean([v for w, s, v in chosen if not w and not s]))

    inside = [list(permutations(labels[at : at + 2 * times])) for at in range(0, len(labels), 2 * times)]
    orders = [labels, *([*x, *y, *z] for x in set(inside[0]) for y in set(inside[1]) for z in set(inside[2]))]
    for layer, matrix in enumerate(similarity):
        values: Floats = np.array([delta(matrix, order) for order in orders])
        assert found.delta.observed[layer] == pytest.approx(values[0], abs=1e-6)
        assert found.delta.p[layer] == pytest.approx(np.mean(values[1:] >= values[0] - 1e-6))


def test_how_many_shuffles() -> None:
    assert permutations_for(400) == PERMUTATIONS == 10_000
    assert permutations_for(401) == 1_000


def test_all_of_the_careful_view_is_frozen() -> None:
    found = careful_statistics(similarities(LARGE), LARGE, permutations=50)
    for array in (found.test.delta.p, found.test.balanced.p_max, found.intervals.delta.low, found.effect.auc):
        assert not array.flags.writeable


def test_labels_and_strata_may_be_arrays() -> None:
    labels, strata = np.array(["a", "b"] * 6), np.arange(12) // 4
    similarity = similarities(labels.tolist())
    found, expected = (
        careful_statistics(similarity, *given) for given in ((labels, strata), (labels.tolist(), strata.tolist()))
    )
    assert found.test.distinct_splits == expected.test.distinct_splits == 108
    assert found.test.delta.p.tolist() == expected.test.delta.p.tolist()


@pytest.mark.parametrize("count", [0, -1])
def test_no_shuffle_at_all_is_no_test(count: int) -> None:
    with pytest.raises(InputError, match=f"needs one shuffle or more; got {count}"):
        careful_statistics(similarities(LARGE), LARGE, permutations=count)
