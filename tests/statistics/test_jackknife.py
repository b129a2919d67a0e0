"""Jackknife bands against leaving items out one by one, and the formula in closed form."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from catsel_core.arrays import Floats
from catsel_core.statistics.jackknife import Intervals, jackknife
from catsel_core.statistics.pairs import pair_groups, restricted
from tests.statistics.made_up import similarities

LABELS = ["a"] * 5 + ["b"] * 7 + ["c"] * 6


def block_mean(matrix: NDArray[np.float32], first: Sequence[int], second: Sequence[int], same: bool) -> float:
    values = [float(matrix[i, j]) for i in first for j in second if (i < j if same else True)]
    return float(np.mean(values))


def naive(matrix: NDArray[np.float32], labels: Sequence[str], left_out: int | None) -> dict[str, float]:
    """The four statistics without an item, every block with the weight that it has with all items."""
    names = list(dict.fromkeys(labels))
    members = {name: [at for at, label in enumerate(labels) if label == name] for name in names}
    left = {name: [at for at in own if at != left_out] for name, own in members.items()}
    n = {name: len(own) for name, own in members.items()}
    within = {a: block_mean(matrix, left[a], left[a], True) for a in names}
    across = {(a, b): block_mean(matrix, left[a], left[b], False) for i, a in enumerate(names) for b in names[i + 1 :]}
    n_within, n_across = {a: n[a] * (n[a] - 1) / 2 for a in names}, {(a, b): n[a] * n[b] for a, b in across}
    means = {
        "within": sum(within[a] * n_within[a] for a in names) / sum(n_within.values()),
        "across": sum(across[pair] * n_across[pair] for pair in across) / sum(n_across.values()),
    }
    balanced = float(np.mean(list(within.values())) - np.mean(list(across.values())))
    return {**means, "delta": means["within"] - means["across"], "balanced": balanced}


def naive_band(matrix: NDArray[np.float32], labels: Sequence[str], name: str) -> tuple[float, float]:
    scale = np.arctanh if name in ("within", "across") else np.asarray
    back = np.tanh if name in ("within", "across") else np.asarray
    value = float(scale(naive(matrix, labels, None)[name]))
    variance, parts = 0.0, []
    for group in dict.fromkeys(labels):
        own: Floats = np.array(
            [scale(naive(matrix, labels, at)[name]) for at, label in enumerate(labels) if label == group]
        )
        part = (len(own) - 1) / len(own) * ((own - own.mean()) ** 2).sum()
        variance += part
        parts.append(part**2 / (len(own) - 1))
    half = stats.t.ppf(0.975, variance**2 / sum(parts)) * np.sqrt(variance)
    return float(back(value - half)), float(back(value + half))


@pytest.mark.parametrize("name", ["within", "across", "delta", "balanced"])
def test_bands_are_those_of_leaving_items_out_one_by_one(name: str) -> None:
    similarity = similarities(LABELS)
    band = getattr(jackknife(similarity, LABELS, pair_groups(LABELS)), name)
    for layer, matrix in enumerate(similarity):
        low, high = naive_band(matrix, LABELS, name)
        assert band.low[layer] == pytest.approx(low, abs=1e-6)
        assert band.high[layer] == pytest.approx(high, abs=1e-6)


def test_values_without_an_item_are_those_of_the_closed_form() -> None:
    """dw = (W − 2 own) / ((n−1)(n−2)) · (n(n−1)/2) / n_w and da = −other · n / ((n−1) n_a), up to a constant."""
    matrix = similarities(LABELS, layers=1)[0].astype(np.float64)
    np.fill_diagonal(matrix, 0)
    codes = np.array([LABELS.index(label) for label in LABELS])
    pairs = pair_groups(LABELS)
    for group in np.unique(codes):
        own_items = np.flatnonzero(codes == group)
        n = len(own_items)
        own, other = matrix[own_items][:, own_items].sum(axis=1), matrix[own_items][:, codes != group].sum(axis=1)
        within = (own.sum() - 2 * own) / ((n - 1) * (n - 2)) * (n * (n - 1) / 2) / pairs.n_within
        across = -other * n / ((n - 1) * pairs.n_across)
        loops = [naive(matrix.astype(np.float32), LABELS, int(item)) for item in own_items]
        for closed, name in ((within, "within"), (across, "across")):
            found = np.array([each[name] for each in loops])
            np.testing.assert_allclose(closed - closed.mean(), found - found.mean(), atol=1e-7)


def made(sizes: Sequence[int]) -> Intervals:
    labels = [f"g{group}" for group, size in enumerate(sizes) for _ in range(size)]
    return jackknife(similarities(labels), labels, pair_groups(labels))


@pytest.mark.parametrize(
    ("sizes", "quality", "is_within", "is_across"),
    [
        ((5, 6), "full", True, True),
        ((3, 9), "rough", True, True),
        ((4, 4), "rough", True, True),
        ((2, 9), "none", False, True),
        ((1, 9), "none", True, False),
    ],
)
def test_small_groups_say_so(sizes: Sequence[int], quality: str, is_within: bool, is_across: bool) -> None:
    found = made(sizes)
    assert found.quality == quality
    assert np.isfinite(found.within.low).all() == is_within
    assert np.isfinite(found.across.low).all() == is_across
    for band in (found.delta, found.balanced):
        assert np.isfinite(band.low).all() == (is_within and is_across)


def test_equal_vectors_have_a_band_without_width() -> None:
    ones = np.ones((1, len(LABELS), len(LABELS)), np.float32)
    found = jackknife(ones, LABELS, pair_groups(LABELS))
    assert found.delta.low[0] == found.delta.high[0] == 0
    assert found.within.high[0] <= 1


def test_pairs_that_do_not_count_are_left_out() -> None:
    """Two spellings, each by itself: what items of different spellings have in common plays no part."""
    labels = [f"{word}/{sense}" for word in "xy" for sense in "ab" for _ in range(5)]
    similarity = similarities(labels)
    pairs = pair_groups(labels)
    same = np.array([labels[a][0] == labels[b][0] for a, b in zip(pairs.first, pairs.second, strict=True)])
    changed = similarity.copy()
    changed[:, :10, 10:] = changed[:, 10:, :10] = 0.5
    one, other = (jackknife(each, labels, restricted(pairs, same)) for each in (similarity, changed))
    np.testing.assert_allclose(one.delta.low, other.delta.low)
