"""Contrasts of words in colours that mean one thing."""

from collections.abc import Sequence

import pytest

from catsel_core.figures.colors import ACROSS, WITHIN, palette
from catsel_core.figures.contrast_looks import contrast_looks
from catsel_core.statistics.contrasts import Contrast, book_contrasts, category_contrasts, every_contrast

WORDS = ("years", "lawn", "garage")


def colors_of(contrasts: Sequence[Contrast], words: Sequence[str] = WORDS) -> list[str]:
    return [look.color for look in contrast_looks(contrasts, dict(zip(words, palette(len(words)), strict=True)))]


def test_the_books_panels_are_within_across_and_one_more() -> None:
    assert colors_of(book_contrasts(WORDS)) == [WITHIN, ACROSS, palette(4)[3]]


def test_a_word_with_itself_has_its_own_color() -> None:
    assert colors_of(every_contrast(WORDS)) == [*palette(3), ACROSS, *palette(5)[3:]]
    assert colors_of(category_contrasts(WORDS)) == [*palette(3), ACROSS]


def test_what_mixes_both_kinds_is_neither() -> None:
    mixed = Contrast("panel 1", (("years", "years"), ("years", "lawn")))
    assert colors_of([mixed]) == [palette(4)[3]]


def test_within_and_across_are_given_once() -> None:
    twice = (
        Contrast("one", (("years", "years"), ("lawn", "lawn"))),
        Contrast("two", (("lawn", "lawn"), ("garage", "garage"))),
        Contrast("three", (("years", "lawn"),)),
        Contrast("four", (("years", "garage"),)),
    )
    assert colors_of(twice) == [WITHIN, palette(4)[3], ACROSS, palette(5)[4]]


@pytest.mark.parametrize("count", range(1, 9))
def test_no_two_contrasts_look_the_same(count: int) -> None:
    words = [f"w{at}" for at in range(count)]
    for contrasts in (book_contrasts(words), every_contrast(words), category_contrasts(words)):
        found = contrast_looks(contrasts, dict(zip(words, palette(count), strict=True)))
        assert len(set(found)) == len(contrasts)


def test_a_word_that_there_is_not_has_a_color_too() -> None:
    assert colors_of([Contrast("elsewhere", (("sea", "sea"),))]) == [palette(4)[3]]
