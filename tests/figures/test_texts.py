"""Typed texts in figures: literal, in their own direction, cut between characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.figures.texts import cut, shown
from tests.support.core_fixtures import property_test

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
WAVE = "\U0001f44b\U0001f3fd"
NORWAY = "\U0001f1f3\U0001f1f4"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize("word", ["שלום", "مرحبا", "ܫܠܡܐ"])
def test_what_is_written_from_right_to_left_is_set_apart(word: str) -> None:
    assert shown(word) == f"\u2068{word}\u2069"
    assert shown(f"<{word}>") == f"&lt;\u2068{word}\u2069&gt;"


@pytest.mark.parametrize("word", ["", "house", "5", "寿司", "кот", "\U0001f600", "नमस्ते", "\U0001fae8"])
def test_everything_else_stays_as_it_is(word: str) -> None:
    assert shown(word) == word


def test_shown_texts_are_literal() -> None:
    assert shown("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert shown("<" * 20, 5) == "&lt;" * 4 + "…"


@pytest.mark.parametrize("whole", [FAMILY, WAVE, NORWAY, WALES, "e\u0301\u0323", "❤\ufe0f", "कि"], ids=range(7))
def test_what_is_drawn_as_one_character_is_never_cut(whole: str) -> None:
    for most in range(4, 4 + len(whole)):
        assert cut(f"abc{whole}xyzxyz", most) in ("ab…", f"abc{whole}…", "abc…")
    flags = cut(NORWAY * 10, 8)
    assert flags == NORWAY * 3 + "…"


@property_test
@given(st.text(max_size=40), st.integers(2, 50))
def test_cut_texts_begin_as_they_did_and_are_short(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
