"""Texts: what is accepted, what makes two of them the same, and the licence cut off."""

import dataclasses
import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs import texts
from catsel_core.inputs.boilerplate import is_cut_off
from catsel_core.inputs.texts import (
    Text,
    make_text,
    own_text,
    pasted_text,
    without_boilerplate,
)
from catsel_core.settings import current_settings
from tests.support.core_fixtures import property_test

START = "*** START OF THE PROJECT GUTENBERG EBOOK THE GREAT GATSBY ***"
END = "*** END OF THE PROJECT GUTENBERG EBOOK THE GREAT GATSBY ***"


def cut(content: str) -> str:
    return without_boilerplate(make_text("Book", "a test", content)).content


def test_a_text_and_its_digest() -> None:
    made = make_text("Book", "a test", "naïve\r\n")
    assert made == Text("Book", "a test", "naïve\r\n", hashlib.sha256("naïve\r\n".encode()).hexdigest())
    assert "naïve" not in repr(made)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "x"  # type: ignore[misc]


def test_texts_are_compared_by_digest() -> None:
    one, same, other = (make_text("Book", "a test", content) for content in ("one", "one", "other"))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one == dataclasses.replace(one, content="")


@pytest.mark.parametrize("content", ["", " ", "\r\n\t\f\N{NO-BREAK SPACE}"])
def test_nothing_but_white_space_is_refused(content: str) -> None:
    with pytest.raises(InputError) as caught:
        make_text("Book", "a test", content)
    assert str(caught.value) == "There is nothing but white space in “Book”. Choose another text."


def test_length_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts.MAX_TEXT_CHARACTERS == 12_000_000
    monkeypatch.setattr(texts, "MAX_TEXT_CHARACTERS", 1_000)
    assert make_text("Book", "a test", "é" * 1_000).content == "é" * 1_000
    with pytest.raises(InputError) as caught:
        make_text("Book", "a test", "é" * 1_001)
    assert str(caught.value) == "“Book” has 1,001 characters; a text may have 1,000. Shorten it."


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputError, match="Character 3 of “Your text” is only half of one"):
        pasted_text("ab\ud83d")


def test_own_text() -> None:
    text = own_text("\ufeffcafé\r\n".encode("utf-16-le"), " my \n book.txt ")
    assert (text.name, text.origin, text.content) == ("my book.txt", "a file of your own", "café\r\n")
    assert own_text(b"a", " ").name == "Your file"


def test_own_text_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_settings().text_bytes == 12_000_000
    monkeypatch.setenv("CATSEL_UPLOAD_MB", "0.00001")
    with pytest.raises(InputError, match=r"The file has 11 bytes; a text may have 10\."):
        own_text(b"x" * 11, "book.txt")
    with pytest.raises(InputError, match="not text"):
        own_text(b"PK\x03\x04\0\0", "book.zip")
    with pytest.raises(InputError, match="white space in “book"):
        own_text(b"\xef\xbb\xbf\r\n", "book.txt")


def test_pasted_text() -> None:
    text = pasted_text("a\r\nb")
    assert (text.name, text.origin, text.content) == ("Your text", "pasted", "a\r\nb")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (START, END),
        ("***START OF THIS PROJECT GUTENBERG EBOOK X***", "***END OF THIS PROJECT GUTENBERG EBOOK X***"),
        ("*** start of the Project  Gutenberg eBook, X ***  ", " *** End of the project Gutenberg e-book, X ***"),
        ("*** START OF THE PROJECT GUTENBERG EBOOK X", "*** END OF THE PROJECT GUTENBERG EBOOK X"),
        ("***START OF THE PROJECT GUTENBERG EBOOK A LONG,\nLONG TITLE***", "***END OF THE PROJECT GUTENBERG EBOOK A"),
        ("*** START OF THE PROJECT GUTENBERG ETEXT X\n*** ", "*** END OF THE PROJECT GUTENBERG ETEXT X\n***"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_markers_in_all_their_forms(start: str, end: str, line_end: str) -> None:
    content = f"Title: X\n\n{start}\n\n \n   Chapter I\n\nIt *** was.\n\n\n{end}\nSTART: FULL LICENSE\n"
    assert cut(content.replace("\n", line_end)) == f"   Chapter I{line_end}{line_end}It *** was."
    assert not is_cut_off(content)


@property_test
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1).map("\r\n".join))
def test_what_is_between_the_markers_stays_as_it_is_but_for_its_normal_form(body: str) -> None:
    body = f"  first line\r\n{body}\r\nlast line"
    content = f"header\r\n{START}\r\n\r\n{body}\r\n \r\n{END}\r\nlicence\r\n"
    assert cut(content) == unicodedata.normalize("NFC", body)


def test_the_first_start_and_the_last_end_count() -> None:
    assert cut(f"x\n{END}\n{START}\na\n{START}\nb\n{END}\nc\n{END}\nd") == f"a\n{START}\nb\n{END}\nc"


def test_one_marker_alone() -> None:
    assert cut(f"header\n{START}\n\na\nb\n") == "a\nb"
    assert cut(f"\na\nb\n{END}\nlicence") == "a\nb"
    assert cut("*** START OF THE PROJECT GUTENBERG EBOOK X\n" + "a\n" + END) == "a"


def test_a_wrapped_marker_does_not_swallow_the_end() -> None:
    with pytest.raises(InputError, match="nothing but white space in “Book”"):
        cut(f"*** START OF THE PROJECT GUTENBERG EBOOK X\n{END}\n")


@pytest.mark.parametrize(
    "content", ["\n a\r\n b \n\n", f"He wrote {START} in the sand.", "*** START OF THE SHOW ***\na"]
)
def test_a_text_without_markers_is_returned_itself(content: str) -> None:
    text = pasted_text(content)
    assert without_boilerplate(text) is text


def test_name_and_origin_stay() -> None:
    text = without_boilerplate(make_text("Book", "a test", f"{START}\na\n{END}"))
    assert text == make_text("Book", "a test", "a")


def test_cut_off_is_a_start_without_an_end() -> None:
    assert is_cut_off(f"{START}\na")
    assert is_cut_off(f"{END}\n{START}\na")
    assert not is_cut_off(f"a\n{END}")
    assert not is_cut_off("a")


@pytest.mark.parametrize(
    "piece", ["*", " ", "*** START OF THE PROJECT GUTENBERG EBOOK ", f"{START}\n", "*** ", "\n", "\r"]
)
def test_odd_long_texts_take_no_long_time(piece: str) -> None:
    is_cut_off(START + "\n" + piece * (1_000_000 // len(piece)) + "x")  # hangs if a pattern goes back and forth


def test_lines_of_old_macintosh_files_are_lines() -> None:
    content = f"header\r{START}\r\rThe _old_ mill\r\rstood.\r{END}\rlicence\r"
    text = own_text(content.encode(), "mill.txt")
    assert "\r" not in text.content
    assert without_boilerplate(text).content == "The old mill\n\nstood."
    assert pasted_text("a\r\nb\rc").content == "a\r\nb\rc"
