"""Which text is meant, without the text itself: built in, a Project Gutenberg book, or somebody's own."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from catsel_core.errors import CatselError, InputError
from catsel_core.inputs import gutenberg, shakespeare
from catsel_core.inputs.builtin_texts import BUILTIN, builtin_text
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.texts import Text, without_boilerplate
from catsel_core.language import tr


@dataclass(frozen=True, slots=True)
class BuiltinText:
    """A built-in text by its name; plays with or without headings, speakers and stage directions."""

    name: str = BUILTIN
    directions: bool = False


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
    """The text that is meant; a book or plays that are not on this computer are fetched.

    Raises:
        InputError: if there is no such built-in text, or an own one is not among ``own``.
        FetchError: if something cannot be fetched.
    """
    match reference:
        case BuiltinText(name, directions):
            return builtin_text(name, directions)
        case GutenbergBook(number, keep_boilerplate):
            return gutenberg.book(number, keep_boilerplate)
        case OwnText(digest, name, keep_boilerplate):
            if digest not in own:
                raise InputError(tr("The text “{name}” is not here. Upload or paste it again.", name=shortened(name)))
            return own[digest] if keep_boilerplate else without_boilerplate(own[digest])


def whole_text(reference: TextReference) -> TextReference:
    """The same text with all that may be left out of it: equal for references that differ only in that."""
    match reference:
        case GutenbergBook() | OwnText():
            return replace(reference, keep_boilerplate=True)
        case BuiltinText():
            return replace(reference, directions=True)


def first_text() -> TextReference:
    """What to begin with: The Great Gatsby if it has been fetched before, else plays, or what is always there."""
    number = gutenberg.THE_GREAT_GATSBY
    if gutenberg.is_cached(number):
        with suppress(CatselError):  # a damaged file, and no network to fetch it anew
            gutenberg.book(number)
            return GutenbergBook(number)
    return BuiltinText(shakespeare.FIRST if shakespeare.is_here() else BUILTIN)
