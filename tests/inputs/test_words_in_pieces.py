"""Words of several tokens: how they are shown, and when a list is mostly made of them."""

from collections.abc import Sequence

import pytest

from catsel_core.inputs.items import InputSet, Item, TokenPooling
from catsel_core.inputs.words_in_pieces import mostly_pieces, pieces_of, words_in_pieces


def item(word: str, *pieces: str) -> Item:
    return Item(word, "a", f"The {word}", (0, *range(len(pieces))), (1, 1 + len(pieces)), pieces)


WHOLE = [item(word, f" {word}") for word in ("moon", "star", "sun")]
SPLIT = [item("sofa", " so", "fa"), item("ottoman", " ott", "oman"), item("divan", " d", "iv", "an")]


def inputs(items: Sequence[Item], pooling: TokenPooling = "last") -> InputSet:
    return InputSet(tuple(items), (), pooling)


def test_pieces_are_listed_without_their_spaces() -> None:
    assert pieces_of(SPLIT[2]) == "d | iv | an"
    assert pieces_of(item("ice cream", " ice", " ", "cream")) == "ice | ␣ | cream"


def test_every_word_in_pieces_is_named_once() -> None:
    assert words_in_pieces([*WHOLE, *SPLIT, SPLIT[0]]) == tuple(SPLIT)


def test_a_list_of_words_is_no_list_of_pieces() -> None:
    assert mostly_pieces(inputs(WHOLE)) is None
    assert mostly_pieces(inputs([*WHOLE, *SPLIT])) is None  # half of them
    assert mostly_pieces(inputs([*WHOLE[:2], *SPLIT[:2] * 9])) is None  # words count, and not occurrences


@pytest.mark.parametrize(("pooling", "how"), [("last", "their last piece alone"), ("mean", "the mean of their pieces")])
def test_a_list_that_is_mostly_pieces_gets_a_warning(pooling: TokenPooling, how: str) -> None:
    warning = mostly_pieces(inputs([*WHOLE[:2], *SPLIT], pooling)) or ""
    assert warning.startswith("3 of 5 words are several tokens to this model (“sofa” is so | fa), ")
    assert f"those of {how}:" in warning
    assert warning.endswith(".")


def test_the_example_is_a_word_whose_pieces_can_be_read() -> None:
    warning = mostly_pieces(inputs([item("寿司", "å¯", "¿"), *SPLIT])) or ""
    assert "(“sofa” is so | fa)" in warning


def test_a_long_word_is_cut_in_the_warning() -> None:
    word = "x" * 500
    warning = mostly_pieces(inputs([item(word, *word)])) or ""
    assert len(warning) < 500
