"""Names, colours and texts of the items of a matrix."""

import colorsys
from itertools import pairwise

import pytest

from catsel_core.figures import (
    Passage,
    group_colors,
    passages_of,
)
from catsel_core.figures.items import hover_names, marked, word_colors
from catsel_core.inputs.items import Item
from catsel_core.inputs.word_lists import COLOR, PALETTE
from tests.figures.made_up_items import NAMES, REPEATED, occurrences, split_item


@pytest.mark.parametrize(
    "items",
    [
        occurrences(("part", "a", 2), ("part 1", "a", 1)),
        occurrences(("part", "part", 2), ("part 2", "part 2", 1)),
        occurrences(("bank", "river", 1), ("bank (river)", "bank (river)", 1)),
    ],
    ids=["numbered word in the group", "numbered word", "word with its group"],
)
def test_words_that_look_like_other_names_keep_names_of_their_own(items: tuple[Item, ...]) -> None:
    names = [passage.name for passage in passages_of(items)]
    assert len(set(names)) == len(items)


def hue(color: str) -> float:
    return colorsys.rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]


def lightness(color: str) -> float:
    return colorsys.rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))[1]


@pytest.mark.parametrize("each", [1, 2, 3, 4])
def test_groups_have_colors_of_their_own_in_shades_of_their_word(each: int) -> None:
    words = ["bank", "spring", "light", "bat", "match", "pitch", "seal", "trunk"]
    items = occurrences(*((word, f"{word}/{sense}", 2) for word in words for sense in range(each)))
    colors = group_colors(items)
    assert list(colors) == [f"{word}/{sense}" for word in words for sense in range(each)]
    assert len(set(colors.values())) == 8 * each
    assert all(COLOR.fullmatch(color) for color in colors.values())
    for word, base in zip(words, PALETTE, strict=False):
        shades = [colors[f"{word}/{sense}"] for sense in range(each)]
        assert shades[0] == base
        assert [hue(shade) for shade in shades] == pytest.approx([hue(base)] * each, abs=0.02)
        light = [lightness(shade) for shade in shades]
        assert light == sorted(light)
        assert all(b - a > 0.02 for a, b in pairwise(light))


def test_more_words_than_colors_still_have_colors() -> None:
    count = len(PALETTE)
    items = occurrences(*((f"w{at}", f"g{at}", 1) for at in range(count + 20)))
    assert list(group_colors(items).values()) == [*PALETTE, *PALETTE[:20]]


def test_a_ninth_word_has_a_color_of_its_own() -> None:
    colors = word_colors(occurrences(*((f"w{at}", f"g{at}", 2) for at in range(27))))
    assert len(set(colors.values())) == 27


@pytest.mark.parametrize(
    ("word", "pieces", "mark"),
    [
        ("moon", (" moon",), "moon"),
        ("sofa", (" so", "fa"), "so·fa"),
        ("Sofa", ("So", "fa"), "So·fa"),
        ("ice cream", (" ice", " cream"), "ice· cream"),
        ("寿司", ("å¯", "¿", "司"), "寿司·3"),
        ("שלום", ("שלו", "ם"), "שלום·2"),
        ("\U0001fae8", ("ð", "Ł", "¤"), "\U0001fae8·3"),
    ],
)
def test_words_of_several_tokens_are_marked(word: str, pieces: tuple[str, ...], mark: str) -> None:
    assert marked(split_item(word, "a", *pieces)) == mark


def test_hover_names_tell_the_tokens_and_stay_different() -> None:
    items = (
        split_item("sofa", "a", " so", "fa"),
        split_item("<b>", "a", "<b", ">"),
        *occurrences(("moon", "moon", 2)),
    )
    assert hover_names(items) == [
        "sofa (a): so | fa, 2 tokens",
        "&lt;b&gt; (a): &lt;b | &gt;, 2 tokens",
        "moon 1 (moon)",
        "moon 2 (moon)",
    ]
    alike = "a: x | y, 2 tokens"
    assert hover_names((split_item("a", "a", " x", "y"), *occurrences((alike, alike, 1)))) == [alike, f"{alike} #2"]


def test_a_group_of_two_words_keeps_its_first_color() -> None:
    items = occurrences(("bank", "money", 1), ("cash", "money", 1), ("cash", "box", 1))
    colors = group_colors(items)
    assert list(colors) == ["money", "box"]
    assert colors["money"] == PALETTE[0]
    assert hue(colors["box"]) == pytest.approx(hue(PALETTE[1]), abs=0.02)


def test_passages_are_the_texts_cut_around_their_targets() -> None:
    assert [passage.name for passage in passages_of(REPEATED)] == list(NAMES)
    for passage, item in zip(passages_of(REPEATED), REPEATED, strict=True):
        assert passage.before + passage.target + passage.after == item.text
        assert (passage.before, passage.target, passage.after) == ("So the ", item.label, " it is")


def test_a_word_with_the_name_of_its_category_is_named_with_it_and_words_of_a_text_are_not() -> None:
    assert [one.name for one in passages_of(occurrences(("fruit", "fruit", 1), ("pear", "fruit", 1)))] == [
        "fruit (fruit)",
        "pear (fruit)",
    ]
    assert [one.name for one in passages_of(occurrences(("storm", "storm", 2), ("river", "river", 1)))] == [
        "storm 1",
        "storm 2",
        "river",
    ]


def test_passages_at_either_end_of_a_text() -> None:
    first = Item("Bank", "money", "Bank notes", (1, 2), (0, 1), ("Bank",), (0, 4))
    last = Item("bank", "money", "the <bank", (1, 2), (1, 2), ("bank",), (5, 9))
    assert passages_of((first, last)) == (
        Passage("Bank (money)", "", "Bank", " notes"),
        Passage("bank (money)", "the <", "bank", ""),
    )
