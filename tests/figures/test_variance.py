"""Variance by position: every unit where there is room, the largest always, the same choice every time."""

import re

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.figures import Chart, variance_by_position
from catsel_core.figures.texts import percent
from catsel_core.figures.variance import MOST_DOTS, chosen_units
from catsel_core.models.spec import layer_labels
from tests.figures.made_up_words import FRAMED, POSITIONS, VARIANCE
from tests.figures.values import numbers


def test_variance_draws_every_unit_and_one_dot_for_a_shared_token() -> None:
    figure = FRAMED["variance-by-position"]().figure
    dots = figure.data[0]
    assert len(dots.x) == len(dots.text) == 1 + 2 * 20
    assert (dots.x[0], dots.text[0]) == (0, "all hidden units")
    assert dots.text[1] == "hidden unit 0"
    assert np.rint(np.asarray(dots.x)).tolist() == [0] + [1] * 20 + [2] * 20
    for layer, frame in enumerate(figure.frames):
        assert numbers(frame.data[0].y) == [0, *numbers(VARIANCE[layer, 1]), *numbers(VARIANCE[layer, 2])]
    assert list(figure.layout.xaxis.ticktext) == list(POSITIONS)


def test_variance_is_scattered_the_same_way_every_time() -> None:
    first, second = (FRAMED["variance-by-position"]().figure.data[0].x for _ in range(2))
    assert numbers(first) == numbers(second)
    assert len(set(numbers(first)[1:21])) == 20


def test_variance_readings_hold_mean_and_largest_share() -> None:
    for layer, reading in enumerate(FRAMED["variance-by-position"]().readings):
        last = VARIANCE[layer, 2].astype(np.float64)
        found = re.search(r"it is (\S+) on average, and hidden unit (\d+) alone carries (\d+) % of it", reading)
        assert found
        assert float(found[1]) == pytest.approx(last.mean(), rel=0.01)
        assert int(found[2]) == int(last.argmax())
        assert float(found[3]) == pytest.approx(100 * last.max() / last.sum(), abs=0.51)
        assert "0 at the shared part of the prompt (1 of 3 positions)" in reading


def test_variance_without_any_difference_says_so() -> None:
    chart = variance_by_position(np.zeros((2, 2, 5), np.float32), ("a", "b"), layer_labels(2))
    assert chart.readings[1] == "At L0 (hidden state 1) no hidden unit differs between the words."
    assert len(chart.figure.data[0].x) == 2


def long_text(positions: int, width: int = 576, n_layers: int = 6) -> FloatArray:
    """(layer, position, hidden): a shared beginning, then positions with two rogue units at some of the layers."""
    variance = np.random.default_rng(3).gamma(1, 1, (n_layers, positions, width)).astype(np.float32)
    variance[:, 0] = 0
    variance[2:4, 1:, 417] = 90
    variance[4:, 1:, 81] = 70
    return variance


def drawn_units(chart: Chart) -> dict[str, list[int]]:
    """Hidden units by the label of their position."""
    found: dict[str, list[int]] = {}
    dots = chart.figure.data[0]
    for label, text in zip(dots.customdata, dots.text, strict=True):
        if text != "all hidden units":
            found.setdefault(label, []).append(int(text.removeprefix("hidden unit ")))
    return found


def names(count: int) -> tuple[str, ...]:
    return tuple(f"p{at}" for at in range(count))


@pytest.mark.parametrize(("positions", "width"), [(11, 576), (2, 6000), (4, 2000), (13, 500)])
def test_variance_of_ordinary_prompts_draws_every_unit(positions: int, width: int) -> None:
    variance = long_text(positions, width)
    chart = variance_by_position(variance, names(positions), layer_labels(6))
    assert list(drawn_units(chart).values()) == [list(range(width))] * (positions - 1)
    assert not any("Drawn are" in reading for reading in chart.readings)


@pytest.mark.parametrize(("positions", "width"), [(12, 576), (2, 6001), (61, 576), (301, 576), (91, 4096)])
def test_variance_of_a_long_text_draws_a_bounded_choice(positions: int, width: int) -> None:
    chart = variance_by_position(long_text(positions, width), names(positions), layer_labels(6))
    units = drawn_units(chart)
    assert list(units) == list(names(positions)[1:])
    assert all(found == sorted(set(found)) for found in units.values())
    assert 0.9 * MOST_DOTS < sum(map(len, units.values())) <= MOST_DOTS
    (number,) = {len(found) for found in units.values()}
    for reading in chart.readings:
        assert reading.endswith(
            f" Drawn are {number:,} of the {width:,} hidden units at each position: the largest of every layer, and an "
            "even choice of the others."
        )


def test_variance_of_a_long_text_draws_the_largest_units_of_every_layer() -> None:
    variance = long_text(61)
    chart = variance_by_position(variance, names(61), layer_labels(6))
    for at, units in enumerate(drawn_units(chart).values(), start=1):
        assert {417, 81} <= set(units)
        for layer in range(6):
            assert set(np.argsort(-variance[layer, at])[:5].tolist()) <= set(units)


def test_variance_of_a_long_text_keeps_axes_numbers_and_places() -> None:
    variance = long_text(61)
    chart = variance_by_position(variance, names(61), layer_labels(6))
    dots = chart.figure.data[0]
    units = drawn_units(chart)
    every = variance_by_position(variance[:, :2], names(2), layer_labels(6)).figure.data[0]
    jitter = np.array(numbers(every.x))[1:] - 1
    expected = [0.0] + [at + jitter[unit] for at in range(1, 61) for unit in units[f"p{at}"]]
    np.testing.assert_allclose(numbers(dots.x), expected, atol=1e-5)
    for layer, frame in enumerate(chart.figure.frames):
        heights = [0.0, *(float(variance[layer, at, unit]) for at in range(1, 61) for unit in units[f"p{at}"])]
        assert numbers(frame.data[0].y) == heights
        assert frame.layout.yaxis.range[1] == pytest.approx(1.06 * variance[layer].max())
    last = variance[3, 60].astype(np.float64)
    assert f"it is {last.mean():.3g} on average, and hidden unit 417 alone carries " in chart.readings[3]
    assert f" carries {percent(last[417] / last.sum())} of it. Drawn are 100 of" in chart.readings[3]


def test_variance_of_a_long_text_draws_the_same_every_time() -> None:
    first, second = (variance_by_position(long_text(61), names(61), layer_labels(6)) for _ in range(2))
    assert first.figure.to_json() == second.figure.to_json()


def test_chosen_units_are_the_largest_and_every_so_manieth_of_the_others() -> None:
    variance = np.ones((2, 12), np.float32)
    variance[0, 7], variance[0, 2] = 9, 8
    variance[1, 11], variance[1, 4] = 7, 6
    assert chosen_units(variance, 8).tolist() == [0, 2, 3, 4, 7, 8, 10, 11]
    assert chosen_units(variance, 12).tolist() == list(range(12))


def test_the_largest_unit_of_every_layer_is_chosen_where_there_is_no_room_for_all() -> None:
    variance = np.eye(9, 20, dtype=np.float32)  # nine layers, each with a largest unit of its own
    assert chosen_units(variance, 4).tolist() == list(range(9))
