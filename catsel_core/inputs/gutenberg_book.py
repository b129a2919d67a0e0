"""A file of Project Gutenberg as a book: with its licence and without, or refused in one clear sentence."""

import re
import sys
from dataclasses import dataclass

from catsel_core.errors import FetchError, InputError
from catsel_core.inputs.boilerplate import is_cut_off
from catsel_core.inputs.encodings import decode, is_web_page
from catsel_core.inputs.texts import Text, prose, without_boilerplate
from catsel_core.language import mark, tr
from catsel_core.settings import current_settings

CUT_OFF = mark("the text was cut off on the way")

_TITLE = re.compile(r"^Title:[ \t]*(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE)
_HEADER_CHARACTERS = 5_000


class PassingError(FetchError):
    """A failure that a second attempt may mend."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book as it is served, and without Project Gutenberg's header and licence."""

    whole: Text
    inside: Text

    @property
    def memory_bytes(self) -> int:
        """What its two texts take in memory."""
        return sys.getsizeof(self.whole.content) + sys.getsizeof(self.inside.content)


def checked_book(data: bytes, number: int, source: str) -> Book:
    """The book in a file: plain text, not empty, not cut off.

    Args:
        data: the file as served.
        number: of the book.
        source: where it came from, for messages.

    Raises:
        FetchError: if it is no such text.
    """
    if is_web_page(data):
        reason = tr("what came is not a plain text but a web page, perhaps a network's log-in page")
        raise FetchError(message(number, source, reason))
    try:
        content = decode(data, mark("book"), current_settings().text_bytes).text
    except InputError as exc:
        raise FetchError(message(number, source, tr("what came is not text"))) from exc
    if is_cut_off(content):
        raise PassingError(message(number, source, tr(CUT_OFF)))
    try:
        whole = prose(_title(content, number), lambda: tr("Project Gutenberg, book {number}", number=number), content)
        return Book(whole, without_boilerplate(whole))
    except InputError as exc:
        raise FetchError(message(number, source, tr("there is nothing in it"))) from exc


def _title(content: str, number: int) -> str:
    found = _TITLE.search(content[:_HEADER_CHARACTERS])
    return " ".join(found[1].split()) if found else f"Project Gutenberg book {number}"


def message(number: int, source: str, reason: str) -> str:
    """Why the book cannot be had, and what to do instead."""
    return tr(
        "Book {number} could not be fetched from {source}: {reason}. Use the built-in text, or download the file "
        "elsewhere and upload it.",
        number=number,
        source=source,
        reason=reason,
    )
