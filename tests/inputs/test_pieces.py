"""Tokens as they are shown: characters, and the bytes of what is only a part of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.inputs.pieces import readable, with_visible_spaces
from tests.support.core_fixtures import property_test
from tests.support.tiny import llama_folder, tokenizer
from tests.support.tokenizer_kinds import tokenizer_of_kind


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("Ã", "‹C3›"),
        ("ĠÃ", " ‹C3›"),
        ("å°", "‹E5 B0›"),
        ("<0xE6>", "‹E6›"),
        ("å°ı", "小"),
        ("Ã©Ã", "é‹C3›"),
        ("ªtr", "‹AA›tr"),
        ("ðŁĺ", "‹F0 9F 98›"),
        ("ï¿½", "\N{REPLACEMENT CHARACTER}"),
        ("abc", "abc"),
        ("▁小", "▁小"),
        ("##小", "##小"),
    ],
)
def test_parts_of_characters_show_as_their_bytes(token: str, shown: str) -> None:
    assert readable(token) == shown


def test_spaces_of_the_text_are_seen_and_those_between_bytes_are_no_such() -> None:
    assert with_visible_spaces(" a b ‹E5 B0›c ‹C3›") == "␣a␣b␣‹E5 B0›c␣‹C3›"


@pytest.mark.parametrize("kind", ["bytes", "sentencepiece, opened"])
@pytest.mark.parametrize("word", ["être", "小猫", "แมว", "Привет", "שלום", "😀"])
def test_no_piece_is_a_glyph_for_a_byte(kind: str, word: str) -> None:
    tokens = tokenizer_of_kind(kind)
    (encoding,) = tokens.encode([f"the {word}"])
    shown = "".join(map(tokens.piece, encoding.ids[len(tokens.opening) :]))
    parts = [part.split("›")[0] for part in shown.split("‹")[1:]]
    assert bytes.fromhex("".join(parts)).decode() == "".join(character for character in word if character > "~")
    assert all(character in f"the {word}‹›" or character in "0123456789ABCDEF " for character in shown)


@property_test
@given(some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
def test_the_bytes_of_all_pieces_together_are_the_text(text: str) -> None:
    tokens = tokenizer(llama_folder())
    (encoding,) = tokens.encode([text.replace("‹", "").replace("›", "")])
    data = b""
    for piece in map(tokens.piece, encoding.ids):
        for number, part in enumerate(piece.split("‹")):
            inside, _, rest = part.partition("›") if number else ("", "", part)
            data += bytes.fromhex(inside) + rest.encode()
    assert data.decode() == text.replace("‹", "").replace("›", "")
