"""Which text is meant, without the text itself: built in, a Project Gutenberg book, or somebody's own."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from catsel_core.errors import CatselError, InputError
from catsel_core.inputs import gutenberg
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.texts import BUILTIN, Text, builtin_text, without_boilerplate


@dataclass(frozen=True, slots=True)
class BuiltinText:
    """A text that is always there, by its name."""

    name: str = BUILTIN


@dataclass(frozen=True, slots=True)
class GutenbergBook:
    """A book by its number, with or without Project Gutenberg's header and licence."""

    number: int
    keep_boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class OwnText:
    """Somebody's own text, by the digest of its content, with or without Project Gutenberg's header and licence.

    The content itself, with them, is kept beside.
    """

    digest: str
    name: str
    keep_boilerplate: bool = False


TextReference = BuiltinText | GutenbergBook | OwnText

OwnTexts = Mapping[str, Text]
"""Somebody's own texts, by their digests."""


def text_of(reference: TextReference, own: OwnTexts) -> Text:
    """The text that is meant; a book that is not on this computer is fetched.

    Raises:
        InputError: if there is no such built-in text, or an own one is not among ``own``.
        FetchError: if a book cannot be fetched.
    """
    match reference:
        case BuiltinText(name):
            return builtin_text(name)
        case GutenbergBook(number, keep_boilerplate):
            return gutenberg.book(number, keep_boilerplate)
        case OwnText(digest, name, keep_boilerplate):
            if digest not in own:
                raise InputError(f"The text “{shortened(name)}” is not here. Upload or paste it again.")
            return own[digest] if keep_boilerplate else without_boilerplate(own[digest])


def whole_text(reference: TextReference) -> TextReference:
    """The same text with all that may be left out of it: equal for references that differ only in that."""
    match reference:
        case GutenbergBook() | OwnText():
            return replace(reference, keep_boilerplate=True)
        case _:
            return reference


def first_text() -> TextReference:
    """What to begin with: The Great Gatsby if it has been fetched before, else the built-in text."""
    number = gutenberg.THE_GREAT_GATSBY
    if gutenberg.is_cached(number):
        with suppress(CatselError):  # a damaged file, and no network to fetch it anew
            gutenberg.book(number)
            return GutenbergBook(number)
    return BuiltinText()
