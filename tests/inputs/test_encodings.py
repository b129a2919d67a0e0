"""From bytes to text: encodings, what is no text, and the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from tests.support.core_fixtures import property_test


def read(data: bytes) -> str:
    return decode(data, "text", 1_000)


@property_test
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50), st.sampled_from(["\n", "\r\n", "\r"]))
def test_unicode_round_trips_with_its_line_ends(line: str, end: str) -> None:
    text = end.join((line.lstrip("\ufeff"), line, ""))
    assert read(text.encode()) == text
    assert read(text.encode("utf-8-sig")) == text
    assert read(text.encode("utf-16")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_told_by_its_byte_order_mark_in_both_orders(encoding: str) -> None:
    assert read("\ufeffcafé".encode(encoding)) == "café"


def test_windows_quotes_are_read() -> None:
    assert read(b"\x93a\x94") == "“a”"


@pytest.mark.parametrize(
    "data",
    [
        b"a text with a\0 in it",
        "a text".encode("utf-16-le"),
        "a text".encode("utf-32"),
        b"\xff\xfea",
        b"PK\x03\x04\0\0",
        b"\x81 is no character of Windows",
        bytes(range(1, 128)),
        b"a text" + b"\x01\x02" * 3,
        ("a text" * 10 + "\x7f\x9b").encode(),
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert str(caught.value) == "The file is not text. Save the text as plain text in UTF-8."


def test_tabs_line_ends_and_new_pages_are_text() -> None:
    assert read(b"\t\r\n\f" * 100) == "\t\r\n\f" * 100


def test_a_control_character_now_and_then_is_let_through() -> None:
    assert read(b"an end of file of old\x1a").endswith("\x1a")
    assert len(read((b"x" * 99 + b"\x0b") * 10)) == 1_000
    with pytest.raises(InputError, match="not text"):
        read((b"x" * 98 + b"\x0b\x0b") * 10)


def test_size_limit() -> None:
    assert len(read(b"x" * 1_000)) == 1_000
    with pytest.raises(InputError) as caught:
        read(b"x" * 1_001)
    assert str(caught.value) == "The file has 1,001 bytes; a text may have 1,000."


def test_nothing_is_text_too() -> None:
    assert read(b"") == ""
