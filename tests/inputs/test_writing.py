"""Letters of every language: composed, whole, without spaces, from right to left."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.errors import InputError
from catsel_core.inputs.targets import checked_targets, split_targets
from catsel_core.inputs.texts import make_text, own_text, pasted_text
from catsel_core.inputs.writing import (
    goes_on,
    has_halves,
    is_mostly_unspaced,
    is_unspaced,
    isolated,
    without_halves,
)
from tests.support.core_fixtures import property_test
from tests.support.occurrences import find, places_of

WORDS = ("café", "Ångström", "naïve", "がぎ", "한국어", "ไม้", "नहीं", "שָׁלוֹם", "ﻻ", "Ω")


@pytest.mark.parametrize("word", WORDS)
def test_composed_and_decomposed_letters_meet_in_texts_and_targets(word: str) -> None:
    one, other = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    texts = [pasted_text(f"I like the word {form} and the {form}.") for form in (one, other)]
    assert texts[0] == texts[1]
    assert own_text(texts[0].content.encode(), "x").digest == texts[1].digest
    assert checked_targets([one]) == checked_targets([other]) == split_targets(f" {other},")
    found = [
        find(text, target)[0]
        for text in (f"I like the word {one} {one}", f"I like the word {other} {other}")
        for target in (one, other)
    ]
    assert len({tuple(places_of(each)) for each in found}) == 1
    assert {each.word for each in found} == {one}
    with pytest.raises(InputError, match="given twice"):
        checked_targets([one, other] if one != other else [one, one])


def test_halves_of_characters() -> None:
    assert has_halves("a\ud83d")
    assert not has_halves("a😀")
    assert without_halves("a\ud83d\ude00b\ud83d") == "a😀b\N{REPLACEMENT CHARACTER}"
    assert make_text("b\udcffk", "a test", "x").name == "b\N{REPLACEMENT CHARACTER}k"
    with pytest.raises(InputError, match="Character 3 of “Your text” is only half of one"):
        pasted_text("ab\ude00 more")
    with pytest.raises(InputError, match="no text"):
        checked_targets(["a\ud800"])


@property_test
@given(some.text(some.characters(exclude_categories=[]), max_size=20))
def test_what_has_no_halves_stays(text: str) -> None:
    whole = without_halves(text)
    assert not has_halves(whole)
    assert has_halves(text) or whole == text


UNSPACED = ("小猫", "ネコ", "ねこ", "แมว", "ຫມາ", "ឆ្មា", "ကြောင်", "T恤", "𠮷")
SPACED = ("cat", "고양이", "кот", "बिल्ली", "قطة", "😀", "")


def test_scripts_without_spaces() -> None:
    assert all(map(is_unspaced, UNSPACED))
    assert not any(map(is_unspaced, SPACED))


def test_texts_that_are_mostly_without_spaces() -> None:
    assert is_mostly_unspaced("小猫在 the 院子里 cat")
    assert not is_mostly_unspaced("The Chinese word for cat is 小猫, she said to the boy.")
    assert not is_mostly_unspaced("only English")
    assert not is_mostly_unspaced("1 2 3 – …")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("a", "b", True), ("é", "́", True), ("a", " ", False), ("我", "a", False), ("a", "我", False), ("小", "猫", False),
     ("고", "양", True), ("א", "ב", True), (" ", "b", False), ("ม", "่", True),
     ("か", "゙", True), ("ม", "ว", False), ("小", "", False)],
)  # fmt: skip
def test_where_a_word_goes_on(before: str, after: str, expected: bool) -> None:
    assert goes_on(before, after) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("“שלום” 12 times", "“⟨שלום⟩” 12 times"),
        ("“שלום עולם” and “مرحبا”", "“⟨שלום עולם⟩” and “⟨مرحبا⟩”"),
        ("שלום 3, עולם 4", "⟨שלום⟩ 3, ⟨עולם⟩ 4"),
        ("é 小猫", "é 小猫"),
    ],
)
def test_words_from_right_to_left_are_set_apart_from_digits_beside_them(text: str, shown: str) -> None:
    assert isolated(text) == shown.replace("⟨", "\u2068").replace("⟩", "\u2069")
    assert isolated(isolated(text)) == isolated(text)
