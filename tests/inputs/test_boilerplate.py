"""Files of Project Gutenberg from all its years: the book inside them, and what may be left."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.inputs.boilerplate import book_inside, is_cut_off
from catsel_core.inputs.texts import own_text, pasted_text, without_boilerplate
from tests.support.core_fixtures import property_test

BODY = "Chapter I\n\nThe miller walked to the river."
LICENCE = "Section 1. General Terms of Use of Project Gutenberg-tm works\n" * 9

STARS = "***\nThe Project Gutenberg EBook of A Tale\n\n*** START OF THE PROJECT GUTENBERG EBOOK A TALE ***\n\n"
EARLY = (
    "The Project Gutenberg Etext of A Tale\n\nWe need your donations more than ever!\n"
    "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\nWhy is this small print here?\n"
    "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\n\n"
)
SMALL_PRINT_BEHIND = (
    "\n\nEnd of Project Gutenberg's A Tale, by A. Miller\n\n"
    "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN EBOOKS**START***\nWhy is this small print here?\n"
    "*END THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*\n"
)
HEADERS = {
    "stars": STARS,
    "stars without an article": STARS.replace("OF THE PROJECT", "OF PROJECT"),
    "quoted": "> *** START OF THIS PROJECT GUTENBERG EBOOK A TALE ***\n",
    "small print of 1993": EARLY,
    "small print of 2001": EARLY.replace("*END*THE SMALL PRINT! FOR", "*END THE SMALL PRINT! FOR"),
    "small print of a copyrighted text": EARLY.replace("PUBLIC DOMAIN", "COPYRIGHT PROTECTED"),
    "small print in three stars": EARLY.replace("*END*THE", "***END***THE"),
    "stars before small print": STARS + EARLY,
}
ENDS = {
    "stars": "\n\n*** END OF THE PROJECT GUTENBERG EBOOK A TALE ***\n" + LICENCE,
    "both": "\n\nEnd of the Project Gutenberg EBook of A Tale, by A. Miller\n\n"
    "*** END OF THIS PROJECT GUTENBERG EBOOK A TALE ***\n" + LICENCE,
    "etext": "\n\nEnd of The Project Gutenberg Etext of A Tale\n",
    "possessive": "\n\n\nEnd of Project Gutenberg's A Tale, by A. Miller\n",
    "the end": "\n\n*** THE END OF PROJECT GUTENBERG ETEXT A TALE ***\n\n",
    "this is the end": "\nThis is the end of the Project Gutenberg Etext of A Tale\n",
    "small print behind": SMALL_PRINT_BEHIND,
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_book_is_what_is_between_header_and_licence_of_any_year(header: str, end: str, line_end: str) -> None:
    whole = (HEADERS[header] + BODY + ENDS[end]).replace("\n", line_end)
    found = book_inside(whole)
    assert found.content == BODY.replace("\n", line_end)
    assert found.remark == (
        f"Project Gutenberg's header and licence left out ({len(whole) - len(found.content):,} characters)."
    )
    assert not is_cut_off(whole)


@pytest.mark.parametrize("end", ENDS)
def test_a_licence_without_a_header(end: str) -> None:
    assert book_inside(BODY + ENDS[end]).content == BODY


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_without_a_licence(header: str) -> None:
    found = book_inside(HEADERS[header] + BODY)
    assert found.content == BODY
    assert "header left out" in found.remark
    assert is_cut_off(HEADERS[header] + BODY) == ("small" not in header or "before" in header)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("The Project Gutenberg Etext of A Tale\n\n" + BODY, "header or licence"),
        ("Project Gutenberg's A Tale\n\n" + BODY + "x" * 30_000, "header"),
        (BODY + "x" * 30_000 + "\n" + LICENCE, "licence"),
        (BODY + "x" * 30_000 + "\nwww.gutenberg.org/license", "licence"),
        (STARS + BODY + "x" * 30_000 + "\n" + LICENCE, "licence"),
        ("Project Gutenberg\n" + BODY + "x" * 30_000 + ENDS["stars"], "header"),
    ],
)
def test_what_is_not_marked_is_said(content: str, parts: str) -> None:
    assert f"but no line marks its {parts}, which may still be in the text" in book_inside(content).remark


@pytest.mark.parametrize(
    "content",
    [BODY, "I found it on Project Gutenberg and read it.", "*** The small print ***\n\nThe end of the project."],
)
def test_other_texts_stay_and_nothing_is_said(content: str) -> None:
    assert (book_inside(content).content, book_inside(content).remark) == (content, "")


def test_small_print_behind_a_book_does_not_take_the_book_away_whatever_follows() -> None:
    more = "\nConverted by somebody in 2005.\n"
    assert book_inside(STARS + BODY + SMALL_PRINT_BEHIND + more).content == BODY
    assert book_inside("The Tale\n" + BODY + SMALL_PRINT_BEHIND + more).content == "The Tale\n" + BODY


@property_test
@given(some.sampled_from(sorted(HEADERS)), some.sampled_from(sorted(ENDS)), some.text("ab .\n\t*_=E", max_size=60))
def test_any_body_stays_as_it_is(header: str, end: str, middle: str) -> None:
    body = f"first {middle}\nlast"
    assert book_inside(HEADERS[header] + body + ENDS[end]).content == body


def test_own_texts_of_every_way_are_cut_alike() -> None:
    content = EARLY + BODY + ENDS["etext"]
    cut = [without_boilerplate(text) for text in (own_text(content.encode(), "tale.txt"), pasted_text(content))]
    assert {text.content for text in cut} == {BODY}
    assert len({text.digest for text in cut}) == 1
    assert all("header and licence left out" in text.remarks[-1] for text in cut)


# As people bring them


@pytest.mark.parametrize(
    ("content", "inside"),
    [
        (
            "X\n\n***START OF THE PROJECT GUTENBERG EBOOK***\nIt is.\n***END OF THE PROJECT GUTENBERG EBOOK***\nlic",
            "It is.",
        ),
        ("By X\n*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*\nIt is.\nEnd of Project Gutenberg's X\nlic", "It is."),
        ("a\n*** START OF THE PROJECT GUTENBERG EBOOK A\nLONG\nTITLE\nINDEED ***\nIt is.\n", "It is."),
        ("It is.\nEnd of the Project Gutenberg Etext of X\nlic", "It is."),
        ("It is.\nEnd of Project Gutenberg.\nlic", "It is."),
        (
            "The end of Project Gutenberg is near, he wrote.\nSo it is.",
            "The end of Project Gutenberg is near, he wrote.\nSo it is.",
        ),
    ],
)
def test_marks_of_emphasis_and_sentences_hide_no_border_of_a_book(content: str, inside: str) -> None:
    assert without_boilerplate(own_text(content.encode(), "x.txt")).content == inside


def test_several_books_in_a_file_are_remarked() -> None:
    books = "".join(
        f"*** START OF THE PROJECT GUTENBERG EBOOK {x} ***\n{x}\n*** END OF THE PROJECT GUTENBERG EBOOK {x} ***\nlic\n"
        for x in "AB"
    )
    remark = without_boilerplate(own_text(books.encode(), "x.txt")).remarks[-1]
    assert remark.endswith("There are 2 books in the file; what stands between them is still in the text.")
