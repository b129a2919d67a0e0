"""The simulations of the careful statistics, small and with fixed seeds: the bars are for the benchmark itself."""

import pytest

from benchmarks.calibration import coverage, false_positives


@pytest.mark.parametrize("sizes", [(10, 13, 11), (30, 5, 5)])
def test_false_positives_are_about_five_in_a_hundred(sizes: tuple[int, ...]) -> None:
    found = false_positives(sizes, data_sets=200)
    for share in (found.delta, found.balanced, found.largest):
        assert 0.01 < share < 0.10  # 999 of 1,000 runs with a true level of 5 %
    assert found.any_t > 0.2


@pytest.mark.parametrize("effect", [0.0, 1.0])
def test_intervals_hold_the_true_value(effect: float) -> None:
    found = coverage((10, 13, 11), effect, data_sets=400)
    assert found.delta > 0.90
    for share in (found.within, found.across):
        assert 0.90 < share < 0.995
