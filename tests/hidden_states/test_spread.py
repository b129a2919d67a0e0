"""Variance over items, put together from parts, against numpy over all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.arrays import FloatArray
from catsel_core.hidden_states.spread import Spread, SpreadSums, merged
from tests.support.core_fixtures import property_test

LAYERS, WIDTH = 2, 3


def states_of(lengths: list[int], shared: int, seed: int, offset: float = 0) -> list[FloatArray]:
    """(layer, position, hidden) of every item; the same at the shared positions."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(LAYERS, shared, WIDTH))
    made = [np.concatenate([common, rng.normal(size=(LAYERS, n - shared, WIDTH))], axis=1) for n in lengths]
    return [(one + offset).astype(np.float32) for one in made]


def spread_of(states: list[FloatArray], shared: int) -> Spread:
    lengths = [one.shape[1] for one in states]
    sums = SpreadSums(LAYERS, WIDTH, lengths, shared)
    for position in range(shared, max(lengths)):
        sums.add(position, np.stack([one[:, position] for one in states if one.shape[1] > position], axis=1))
    return sums.spread()


def naive(states: list[FloatArray]) -> tuple[FloatArray, list[int]]:
    second = sorted(one.shape[1] for one in states)[-2]
    reaching = [[one[:, at].astype(np.float64) for one in states if one.shape[1] > at] for at in range(second)]
    variance = [np.var(np.stack(each), axis=0, ddof=1) for each in reaching]
    return np.stack(variance, axis=1).astype(np.float32), [len(each) for each in reaching]


@property_test
@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=4), st.integers(0, 2))
def test_parts_in_any_split_give_the_variance_of_all(parts: list[list[int]], shared: int) -> None:
    lengths = [shared + own for part in parts for own in part]
    if len(lengths) < 2:
        lengths, parts = [*lengths, shared + 2], [*parts, [2]]
    states = states_of(lengths, shared, seed=len(lengths))
    total: Spread | None = None
    start = 0
    for part in parts:
        made = spread_of(states[start : start + len(part)], shared)
        total = made if total is None else merged(total, made)
        start += len(part)
    assert total is not None
    variance, counts = total.variance()
    expected, reaching = naive(states)
    assert counts.tolist() == reaching
    assert (variance[:, :shared] == 0).all()
    np.testing.assert_allclose(variance[:, shared:], expected[:, shared:], rtol=1e-5, atol=1e-9)
    assert not variance.flags.writeable


@pytest.mark.parametrize("cut", [1, 20, 39])
def test_a_large_mean_does_not_drown_a_small_variance(cut: int) -> None:
    """Rogue dimensions have values of thousands that differ by little."""
    states = states_of([2] * 40, 0, seed=3, offset=3000)
    total = merged(spread_of(states[:cut], 0), spread_of(states[cut:], 0))
    np.testing.assert_allclose(total.variance()[0], naive(states)[0], rtol=1e-5)


def test_one_item_has_no_variance() -> None:
    variance, counts = spread_of(states_of([3], 2, seed=1), 2).variance()
    assert (variance.shape, counts.tolist()) == ((LAYERS, 0, WIDTH), [])
