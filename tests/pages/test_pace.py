"""How long work will take, from steps at made-up times."""

import pytest

from pages.ui.work.pace import Pace, left


def test_nothing_is_known_before_a_second_of_work() -> None:
    pace = Pace()
    assert pace.seconds_left(0, 10) is None
    pace.step(0, 0)
    pace.step(0.9, 1)
    assert pace.seconds_left(0.9, 10) is None
    pace.step(1.8, 2)
    assert pace.seconds_left(1.8, 10) == pytest.approx(8 * 0.9)


def test_the_clock_runs_between_steps_and_not_below_zero() -> None:
    pace = Pace()
    for second in range(5):
        pace.step(10.0 + second, 2 * second)
    assert pace.seconds_left(14.0, 18) == pytest.approx(5)
    assert pace.seconds_left(16.5, 18) == pytest.approx(2.5)
    assert pace.seconds_left(99.0, 18) == 0


def test_what_was_found_in_the_store_says_nothing() -> None:
    pace = Pace(quick=0.03)
    for at in range(6):
        pace.step(0.01 * at, 20 * at)
    assert pace.seconds_left(0.05, 240) is None
    pace.step(2.05, 120)
    assert pace.seconds_left(2.05, 240) == pytest.approx(12)


def test_work_without_steps_forward_has_no_pace() -> None:
    pace = Pace()
    pace.step(0, 5)
    pace.step(3, 5)
    assert pace.seconds_left(3, 10) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "about 1 s left"),
        (3.4, "about 3 s left"),
        (18.2, "about 20 s left"),
        (88, "about 90 s left"),
        (90, "about 2 min left"),
        (600, "about 10 min left"),
    ],
)
def test_times_are_round(seconds: float, text: str) -> None:
    assert left(seconds) == text
