"""Colours stay apart, for colour-blind eyes too, and what has none left has another cue."""

from itertools import combinations

import numpy as np
import pytest

from catsel_core.arrays import Floats
from catsel_core.figures.colors import ACROSS, MARK, NEUTRAL, PLAIN, ROW, SIDES, WITHIN, keys, looks, palette
from catsel_core.inputs.word_lists import COLOR, MAX_WORDS, PALETTE

RESERVED = (WITHIN, ACROSS, *SIDES, MARK, PLAIN, NEUTRAL)
GROUNDS = ("#FFFFFF", "#14151C")
EYES = {
    "all colours": np.eye(3),
    "no red": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "no green": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
}
"""What eyes make of linear red, green and blue (Machado, Oliveira & Fernandes 2009)."""

TO_CONES = np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]])
TO_LAB = np.array([[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]])


def linear(color: str) -> Floats:
    channels = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def distance(one: str, other: str, eyes: str) -> float:
    """In OKLab, where black and white are 1 apart."""
    seen = [np.clip(EYES[eyes] @ linear(color), 0, 1) for color in (one, other)]
    a, b = (TO_LAB @ np.cbrt(TO_CONES @ light) for light in seen)
    return float(np.linalg.norm(a - b))


def contrast(one: str, other: str) -> float:
    """As WCAG has it."""
    low, high = sorted(float(linear(color) @ (0.2126, 0.7152, 0.0722)) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def nearest(colors: tuple[str, ...], eyes: str) -> float:
    return min(distance(one, other, eyes) for one, other in combinations(colors, 2))


def test_the_colors_are_colors_and_no_two_are_equal() -> None:
    everything = (*PALETTE, *RESERVED)
    assert all(COLOR.fullmatch(color) for color in everything)
    assert len({color.lower() for color in everything}) == len(everything)


@pytest.mark.parametrize("eyes", EYES)
def test_colors_of_a_row_are_told_apart_by_all_eyes(eyes: str) -> None:
    assert nearest(PALETTE[:ROW], eyes) > 0.07


@pytest.mark.parametrize("eyes", EYES)
def test_twenty_seven_colors_differ_for_all_eyes(eyes: str) -> None:
    assert nearest(PALETTE[:27], eyes) > 0.035
    assert nearest(PALETTE[:27], "all colours") > 0.06


@pytest.mark.parametrize("eyes", EYES)
def test_within_and_across_are_like_no_category_and_not_like_each_other(eyes: str) -> None:
    assert distance(WITHIN, ACROSS, eyes) > 0.3
    for color in PALETTE:
        for kind in (WITHIN, ACROSS):
            assert distance(kind, color, eyes) > (0.1 if eyes == "all colours" else 0.05), color


def test_what_else_has_a_meaning_is_like_no_category_of_the_first_row() -> None:
    for color in (*SIDES, MARK, PLAIN, NEUTRAL):
        assert min(distance(color, one, "all colours") for one in PALETTE[:ROW]) > 0.06


@pytest.mark.parametrize("ground", GROUNDS)
def test_within_across_and_the_sides_stand_out_from_either_ground(ground: str) -> None:
    for color in (WITHIN, ACROSS, *SIDES):
        assert contrast(color, ground) > 3
    assert all(contrast(color, ground) > 2.2 for color in PALETTE)


def test_no_two_of_as_many_as_there_can_be_look_the_same() -> None:
    made = looks(palette(MAX_WORDS))
    assert len(set(made)) == MAX_WORDS
    assert {(one.dash, one.symbol) for one in made[:ROW]} == {("solid", "circle")}
    assert (made[ROW].dash, made[ROW].symbol) != ("solid", "circle")
    assert made[ROW].color != made[0].color


def test_more_than_a_row_have_short_keys_of_their_own() -> None:
    assert keys(ROW) == ("",) * ROW
    assert keys(ROW + 1) == tuple("ABCDEFGHI")
    many = keys(MAX_WORDS)
    assert many[25:29] == ("Z", "AA", "AB", "AC")
    assert len(set(many)) == MAX_WORDS
    assert max(map(len, many)) == 2
