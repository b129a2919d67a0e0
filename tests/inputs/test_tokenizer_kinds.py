"""Every kind of tokenizer: what it puts around a text, and the tokens as they are shown."""

import pytest
from tokenizers import normalizers

from tests.support.tokenizer_kinds import (
    BEGIN,
    END,
    FOLDING,
    KINDS,
    SPECIAL,
    SPELLING,
    TURN,
    byte_level,
    every_kind,
    from_file,
    normalized,
    raw,
    tokenizer_of_kind,
)

WITH_SPACES = tuple(kind for kind in KINDS if kind not in FOLDING)
"""Kinds whose tokens hold the spaces of a text."""

AROUND = {
    "bytes, opened": 1,
    "bytes, closed": -1,
    "bytes, trimmed, enclosed": 2,
    "bytes, composed": 1,
    "bytes, added tokens": 1,
    "sentencepiece, opened": 1,
    "sentencepiece, added tokens": 2,
    "unigram, always": -1,
    "unigram, first": 1,
    "word pieces, enclosed": 1,
    "whole words": -1,
    "characters, opened": 1,
}
"""How many tokens a kind puts before a text; −1 if it only closes it."""


def plain_ids(kind: str, text: str) -> tuple[int, ...]:
    """What the tokenizer makes of a text, without anything around it."""
    return tuple(raw(kind).encode(text, add_special_tokens=False).ids)


@every_kind
def test_what_is_around_a_text(kind: str) -> None:
    tokens, number = tokenizer_of_kind(kind), raw(kind).token_to_id
    assert tokens.opening == tuple(map(number, (BEGIN, TURN)[: max(AROUND.get(kind, 0), 0)]))
    assert {number(token) for token in SPECIAL} == tokens.special
    (encoding,) = tokens.encode(["The word is"])
    assert encoding.ids == (*tokens.opening, *plain_ids(kind, "The word is"))
    assert len(encoding.spans) == len(encoding.ids)
    closing = raw(kind).encode("The word is").ids[len(encoding.ids) :]
    assert set(closing) <= {number(END)}
    assert bool(closing) == (AROUND.get(kind) in {-1, 2} or kind == "word pieces, enclosed")


@pytest.mark.parametrize("kind", SPELLING)
def test_a_book_that_spells_special_tokens_has_none(kind: str) -> None:
    tokens = tokenizer_of_kind(kind)
    made = tokens.encode_long(f"The word{END} {BEGIN}the word {TURN}")
    assert not tokens.special & set(made.ids.tolist())


@pytest.mark.parametrize("kind", WITH_SPACES)
def test_pieces_side_by_side_are_the_text(kind: str) -> None:
    tokens = tokenizer_of_kind(kind)
    for text in (
        "The next word is apple",
        "I like the (wardrobe), the ice cream.",
        "apple",
        "a  b   c",
        "x = {'y': 1}",
    ):
        pieces = list(map(tokens.piece, plain_ids(kind, text)))
        assert "".join(pieces).removeprefix(" ") == text


@pytest.mark.parametrize(
    ("kind", "text", "pieces"),
    [
        ("bytes", "The apple ü", ["The", " apple", " ", "‹C3›", "‹BC›"]),
        ("bytes, trimmed, enclosed", "The apple", ["The", " apple"]),
        ("bytes, space before every text", "The apple", [" The", " apple"]),
        ("bytes, composed", "e\N{COMBINING ACUTE ACCENT}", ["‹C3›", "‹A9›"]),
        ("bytes, added tokens", "a nasa lightyear apple", ["a", "nasa", " ", "lightyear", "apple"]),
        ("sentencepiece, opened", "The apple 果", [" The", " apple", " ", "‹E6›", "‹9E›", "‹9C›"]),
        ("sentencepiece, opened", "a\nb", [" a", "\n", "b"]),
        ("sentencepiece, added tokens", "a nasa apple", [" a", " nasa", " apple"]),
        ("unigram, always", "pear apple 果", [" pear", " apple", " ", "<unk>"]),
        ("unigram, never", "pear apple", ["pea", "r", " apple"]),
        ("word pieces, enclosed", "Apple asa", ["apple", "a", "##s", "##a"]),
        ("word ends", "Apple xy", ["apple", "x", "y"]),
        ("whole words", "the Apple zzz", ["the", "apple", "<unk>"]),
        ("characters", "an é果", ["a", "n", " ", "é", "<unk>"]),
    ],
)
def test_pieces_of_every_kind(kind: str, text: str, pieces: list[str]) -> None:
    assert list(map(tokenizer_of_kind(kind).piece, plain_ids(kind, text))) == pieces


@every_kind
def test_outputs_without_a_token_show_as_their_number(kind: str) -> None:
    size = raw(kind).get_vocab_size()
    assert tokenizer_of_kind(kind).piece(size + 7) == f"[{size + 7}]"


@pytest.mark.parametrize("text", ["", "a"])
def test_a_text_without_tokens_has_none(text: str) -> None:
    tokens = from_file(normalized(byte_level(), normalizers.Replace("a", "")))
    assert tokens.opening == ()
    assert tokens.encode([text])[0].ids == ()


def test_a_tokenizer_is_read_without_what_its_training_left_behind() -> None:
    made = byte_level()
    made.enable_truncation(2)
    made.enable_padding(length=9)
    assert len(from_file(made).encode(["The next word is apple"])[0].ids) == 5
