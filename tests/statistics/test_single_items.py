"""Single items against naive loops."""

import numpy as np
import pytest

from catsel_core.errors import UndefinedError
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.statistics.single_items import group_means, item_statistics
from tests.statistics.made_up import similarities

LABELS = ["a"] * 4 + ["b"] * 5 + ["c"]  # one is alone
SIMILARITY = similarities(LABELS, effect=0.8)
FOUND = item_statistics(SIMILARITY, LABELS)


def mean_to(layer: int, item: int, group: str) -> float:
    others = [at for at, label in enumerate(LABELS) if label == group and at != item]
    return float(np.mean([SIMILARITY[layer, item, at] for at in others])) if others else np.nan


@pytest.mark.parametrize("layer", range(3))
@pytest.mark.parametrize("item", [0, 3, 5, 9])
def test_means_and_selectivity_are_those_of_a_loop(layer: int, item: int) -> None:
    own = LABELS[item]
    np.testing.assert_allclose(
        FOUND.to_groups[layer, item], [mean_to(layer, item, group) for group in "abc"], rtol=1e-5
    )
    others = np.mean([SIMILARITY[layer, item, at] for at, label in enumerate(LABELS) if label != own])
    expected = mean_to(layer, item, own) - others
    np.testing.assert_allclose(FOUND.selectivity[layer, item], expected, rtol=1e-4)


@pytest.mark.parametrize("layer", range(3))
def test_the_silhouette_is_rousseeuws(layer: int) -> None:
    for item, label in enumerate(LABELS):
        if label == "c":
            assert FOUND.silhouette[layer, item] == 0
            continue
        a = 1 - mean_to(layer, item, label)
        b = min(1 - mean_to(layer, item, other) for other in "abc" if other != label)
        assert FOUND.silhouette[layer, item] == pytest.approx((b - a) / max(a, b), rel=1e-4)


def test_the_nearest_centroid_leaves_the_item_out() -> None:
    rng = np.random.default_rng(4)
    vectors = (rng.normal(size=(3, 10, 6)) + np.array([[0.5 * (label == "a")] * 6 for label in LABELS])).astype(
        np.float32
    )
    found = item_statistics(cosine_matrices(vectors), LABELS)
    unit = vectors / np.linalg.norm(vectors, axis=2, keepdims=True)
    for layer in range(3):
        for item, label in enumerate(LABELS):
            scores = {}
            for group in "abc":
                members = [at for at, other in enumerate(LABELS) if other == group and at != item]
                centroid = unit[layer, members].sum(axis=0) if members else np.full(6, np.nan)
                scores[group] = float(unit[layer, item] @ centroid / np.linalg.norm(centroid)) if members else -np.inf
            assert found.correct[layer, item] == (max(scores, key=scores.__getitem__) == label)
    assert 0 < found.accuracy[0] < 1


def test_groups_that_lie_apart_are_told_apart_and_chance_is_far_below() -> None:
    labels = ["a"] * 8 + ["b"] * 8 + ["c"] * 8
    found = item_statistics(similarities(labels, effect=3), labels)
    assert (found.accuracy == 1).all()
    assert (found.silhouette > 0.3).all()
    assert (found.chance < 0.4).all()
    assert (found.chance_high < 0.7).all()


def test_labels_that_mean_nothing_are_as_good_as_chance() -> None:
    labels = ["a", "b", "c"] * 10
    found = item_statistics(similarities(["x"] * 30, layers=8), labels)
    assert abs(found.accuracy.mean() - found.chance.mean()) < 0.12
    assert (found.chance < found.chance_high).all()


def test_the_same_seed_gives_the_same_chance() -> None:
    one, other, third = (item_statistics(SIMILARITY, LABELS, 50, seed).chance.tolist() for seed in (1, 1, 2))
    assert one == other != third


def test_equal_vectors_are_told_apart_by_nobody() -> None:
    found = item_statistics(np.ones((1, 10, 10), np.float32), LABELS)
    assert not found.correct.any()
    assert (found.silhouette == 0).all()
    assert found.selectivity[0, 0] == pytest.approx(0)


def test_one_group_has_no_others() -> None:
    with pytest.raises(UndefinedError, match="two categories or more"):
        item_statistics(np.ones((1, 3, 3), np.float32), ["a"] * 3)


def test_means_of_groups_are_those_of_their_pairs() -> None:
    found = group_means(SIMILARITY, LABELS)
    for layer in range(3):
        for g, one in enumerate("abc"):
            for h, other in enumerate("abc"):
                values = [
                    SIMILARITY[layer, i, j]
                    for i, a in enumerate(LABELS)
                    for j, b in enumerate(LABELS)
                    if i != j and (a, b) == (one, other)
                ]
                assert found[layer, g, h] == pytest.approx(np.mean(values) if values else np.nan, nan_ok=True, rel=1e-5)


def test_arrays_are_read_only() -> None:
    assert not FOUND.to_groups.flags.writeable
    assert not FOUND.correct.flags.writeable
