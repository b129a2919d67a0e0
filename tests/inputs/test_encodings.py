"""From bytes to text: what is certain, what is chosen by hand, what is no text, and the limit."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.encoded_twice import encoded_once
from catsel_core.inputs.encodings import ENCODINGS, decode
from tests.support.core_fixtures import property_test


def read(data: bytes, encoding: str = "") -> str:
    return decode(data, "text", 1_000, encoding).text


def refused(data: bytes, encoding: str = "") -> str:
    with pytest.raises(InputError) as caught:
        read(data, encoding)
    return str(caught.value)


@property_test
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50), st.sampled_from(["\n", "\r\n", "\r"]))
def test_unicode_round_trips_with_its_line_ends(line: str, end: str) -> None:
    text = end.join((line.lstrip("\ufeff"), line, ""))
    assume(not encoded_once(text)[1])
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert read(text.encode(encoding)) == text
    assert decode(text.encode(), "text", 1_000).remark == ""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_told_by_its_byte_order_mark_in_both_orders(encoding: str) -> None:
    assert read("\ufeffcafé".encode(encoding)) == "café"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["fruit,apple\ntool,saw\n", "фрукты,яблоко\n", "水果,苹果\n工具,锤子\n"])
def test_utf16_without_a_mark_is_told_by_its_bytes(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "text", 1_000)
    assert decoded.text == text
    assert decoded.remark.startswith("read as UTF-16 without a mark")


def test_windows_quotes_are_read() -> None:
    assert read(b"\x93a\x94") == "“a”"


@pytest.mark.parametrize(
    "data",
    [
        b"a text with a\0 in it",
        b"\xff\xfea",
        b"PK\x03\x04\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(1, 128)),
        bytes(range(256)),
        b"a text" + b"\x01\x02" * 3,
        ("a text" * 10 + "\x7f\x9b").encode(),
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    assert refused(data) == "The file is not text. Save the text as plain text in UTF-8."


def test_utf8_with_a_damaged_byte_is_no_other_encoding() -> None:
    said = refused("äpfel, birnen, nüsse\n".encode() * 5 + b"\xc3,")
    assert said == "The file is UTF-8 but for byte 116, which is damaged. Save the text as UTF-8 again."


def test_an_encoding_that_is_not_certain_is_asked_for() -> None:
    said = refused("да".encode("koi8-r"))
    assert said.startswith("The file is not in UTF-8; it may be ")
    assert said.endswith(", but that is not certain. Save the text as UTF-8, or choose its encoding by hand.")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_is_offered_can_be_chosen(encoding: str) -> None:
    assert read("apple, pear".encode(encoding), encoding) == "apple, pear"


def test_what_was_chosen_by_hand_counts() -> None:
    data = "да".encode("koi8-r")
    assert read(data, "koi8-r") == "да"
    assert read(data, "KOI8_R") == "да"
    assert read("\ufeffа".encode(), "utf-8") == "а"
    assert decode(data, "text", 1_000, "koi8-r").remark == ""


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"a\x81", "cp1252", "The file is not Windows-1252 (Western European): byte 2 is no character of it."),
        (b"a", "klingon", "“klingon” is no encoding. Name one such as utf-8, utf-16, cp1252, "),
        (b"a", "zip", "“zip” is no encoding."),
        (b"a", "rot13", "“rot13” is no encoding."),
        (b"a", "x\0y", "“x\0y” is no encoding."),
        (b"a", "x" * 100_000, f"“{'x' * 40}…” is no encoding."),
        (b"a\0b", "cp1252", "The file is not text."),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(data: bytes, encoding: str, message: str) -> None:
    assert refused(data, encoding).startswith(message)


def test_tabs_line_ends_and_new_pages_are_text() -> None:
    assert read(b"\t\r\n\f" * 100) == "\t\r\n\f" * 100


def test_a_control_character_now_and_then_is_let_through() -> None:
    assert read(b"an end of file of old\x1a").endswith("\x1a")
    assert len(read((b"x" * 99 + b"\x0b") * 10)) == 1_000
    with pytest.raises(InputError, match="not text"):
        read((b"x" * 98 + b"\x0b\x0b") * 10)


def test_size_limit() -> None:
    assert len(read(b"x" * 1_000)) == 1_000
    assert refused(b"x" * 1_001) == "The file has 1,001 bytes; a text may have 1,000."


def test_nothing_is_text_too() -> None:
    assert read(b"") == ""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 and so on", "a PDF"),
        (rb"{\rtf1\ansi fruit: apple}", "a document of a word processor (RTF)"),
        (b"\n<!DOCTYPE html><p>fruit", "a web page"),
        (b"\xef\xbb\xbf<html lang='de'>", "a web page"),
    ],
)
def test_other_kinds_of_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "word list", 1000)
    assert str(caught.value) == f"The file is {kind}. Save the word list as plain text in UTF-8."


@pytest.mark.parametrize("text", ["äpfel, nüsse", "don’t, can’t", "naïve “café” – 5 €", "яблоко", "りんご", "Ý and 😀"])
def test_what_was_encoded_twice_is_read_as_it_was(text: str) -> None:
    saved = "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in text.encode()
    )
    found = decode(saved.encode(), "text", 1_000)
    assert found.text == text
    assert found.remark.startswith("characters that were encoded twice, as “")
    assert decode(saved.encode(), "text", 1_000, "utf-8").text == saved  # if chosen by hand


def test_a_single_character_that_may_have_been_encoded_twice_is_said() -> None:
    found = decode("Ã¤pfel, pear".encode(), "word list", 1_000)
    assert found.text == "Ã¤pfel, pear"
    assert found.remark == "“Ã¤” looks like a character that was encoded twice"


@pytest.mark.parametrize("text", ["Ã", "SÃO PAULO", "â", "Ça va", "Ã© and 日", "äpfel Ã¤", "naïve café"])
def test_what_only_looks_a_little_like_it_stays(text: str) -> None:
    assert decode(text.encode(), "text", 1_000).text == text


def test_lost_characters_are_said() -> None:
    assert (
        decode("caf\ufffd, cr\ufffdme".encode(), "word list", 1_000).remark
        == "2 lost when the file was saved (“\ufffd”)"
    )
