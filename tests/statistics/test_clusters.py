"""Orders, trees and the adjusted Rand index, against naive ways."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy.cluster.hierarchy import cophenet

from catsel_core.statistics.clusters import adjusted_rand, branches, cut, order_within_groups, tree_of
from tests.statistics.made_up import similarities

LABELS = ["a", "b", "c"] * 5
SIMILARITY = similarities(LABELS, effect=2.5, layers=1)[0]


def test_groups_that_lie_apart_stand_together_and_are_cut_apart() -> None:
    tree = tree_of(SIMILARITY)
    assert sorted(tree.order) == list(range(15))
    stood = [LABELS[at] for at in tree.order]
    assert sum(one != other for one, other in pairwise(stood)) == 2
    assert adjusted_rand(LABELS, cut(tree, 3).tolist()) == 1


def test_links_are_average_linkage() -> None:
    first, second = np.triu_indices(15, k=1)
    distances = np.maximum(1 - SIMILARITY.astype(np.float64), 0)
    tree = tree_of(SIMILARITY)
    heights = cophenet(tree.links)
    together: dict[frozenset[int], frozenset[int]] = {frozenset([at]): frozenset([at]) for at in range(15)}
    for a, b, height, _ in tree.links:
        members = [frozenset([int(each)]) if each < 15 else list(together)[int(each)] for each in (a, b)]
        mean = np.mean([distances[i, j] for i in members[0] for j in members[1]])
        assert height == pytest.approx(mean, rel=1e-5)
        together[members[0] | members[1]] = members[0] | members[1]
    assert heights.max() == pytest.approx(tree.links[-1, 2])
    assert len(first) == len(second) == len(heights)


def test_inside_groups_the_order_is_that_of_their_own_tree() -> None:
    order = order_within_groups(SIMILARITY, LABELS)
    assert [LABELS[at] for at in order] == ["a"] * 5 + ["b"] * 5 + ["c"] * 5
    own = np.flatnonzero([label == "b" for label in LABELS])
    assert order[5:10].tolist() == own[tree_of(SIMILARITY[np.ix_(own, own)]).order].tolist()
    assert order_within_groups(SIMILARITY[:2, :2], ["x", "y"]).tolist() == [0, 1]


def by_pairs(one: list[int], other: list[int]) -> float:
    """The index from the four kinds of pairs (Hubert & Arabie)."""
    n11 = n10 = n01 = n00 = 0
    for i, j in combinations(range(len(one)), 2):
        together = one[i] == one[j], other[i] == other[j]
        n11 += together == (True, True)
        n10 += together == (True, False)
        n01 += together == (False, True)
        n00 += together == (False, False)
    below = (n11 + n10) * (n10 + n00) + (n11 + n01) * (n01 + n00)
    return 2 * (n11 * n00 - n10 * n01) / below if below else 1.0


@pytest.mark.parametrize("seed", range(8))
def test_the_adjusted_rand_index_counts_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.integers(0, 3, 12).tolist(), rng.integers(0, 4, 12).tolist()
    assert adjusted_rand(one, other) == pytest.approx(by_pairs(one, other))
    assert adjusted_rand(one, one) == 1
    names = ["xyz"[each] for each in one]
    assert adjusted_rand(names, other) == pytest.approx(adjusted_rand(other, one))


def test_by_chance_it_is_zero_on_average() -> None:
    rng = np.random.default_rng(3)
    found = [adjusted_rand(LABELS, rng.permutation(LABELS).tolist()) for _ in range(400)]
    assert abs(np.mean(found)) < 0.02


def test_a_tree_is_drawn_over_its_leaves_from_the_ground_to_one() -> None:
    places, heights = branches(tree_of(SIMILARITY))
    assert places.shape == heights.shape == (14, 4)
    assert heights.min() == 0
    assert heights.max() == 1
    ground = places[heights == 0]
    assert sorted(ground.tolist()) == list(range(15))
    assert (branches(tree_of(np.ones((3, 3), np.float32)))[1] == 0).all()
