"""Texts to search: checked, a visitor's own, and what is left out of them before they are read."""

import functools
import hashlib
from dataclasses import dataclass, field, replace

from catsel_core.errors import InputError
from catsel_core.inputs.boilerplate import book_inside
from catsel_core.inputs.emphasis import without_emphasis
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.writing import composed, without_halves
from catsel_core.settings import current_settings

MAX_TEXT_CHARACTERS = 12_000_000
"""Larger files are refused before they are read; a long novel has 1,500,000."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search.

    name: as a title.
    origin: a phrase that says where it came from.
    content: in Unicode's form NFC.
    digest: SHA-256 of the content, for which it stands when texts are compared or part of a key.
    remarks: sentences about what was left out, or may have to be.
    """

    name: str
    origin: str
    content: str = field(repr=False, compare=False)
    digest: str
    remarks: tuple[str, ...] = field(default=(), compare=False)


def make_text(name: str, origin: str, content: str, remarks: tuple[str, ...] = ()) -> Text:
    """A checked text in NFC; see :class:`Text`.

    Raises:
        InputError: if there is nothing in it, too much, or half a character.
    """
    name = without_halves(name)
    if not content or content.isspace():
        raise InputError(f"There is nothing but white space in “{shortened(name)}”. Choose another text.")
    if len(content) > MAX_TEXT_CHARACTERS:
        raise InputError(
            f"“{shortened(name)}” has {len(content):,} characters; a text may have {MAX_TEXT_CHARACTERS:,}. Shorten it."
        )
    try:
        content.encode()
    except UnicodeEncodeError as exc:
        place = f"Character {exc.start + 1:,} of “{shortened(name)}”"
        raise InputError(f"{place} is only half of one. Remove it.") from exc
    content = composed(content)
    return Text(composed(name), origin, content, hashlib.sha256(content.encode()).hexdigest(), remarks)


def prose(name: str, origin: str, content: str) -> Text:
    """A text that people wrote: :func:`make_text` without marks of emphasis, such as ``_this_``, which is remarked.

    Lines that end as on old Macintosh computers, with a carriage return alone, end as everywhere else.

    Raises:
        InputError: from :func:`make_text`.
    """
    content = content if "\n" in content else content.replace("\r", "\n")
    return make_text(name, origin, *without_emphasis(content))


def own_text(data: bytes, name: str, encoding: str = "") -> Text:
    """The text of an uploaded file called ``name``, in an encoding chosen by hand or recognised.

    Raises:
        InputError: if the file has more bytes than the settings allow, is not text or is empty.
    """
    decoded = decode(data, "text", current_settings().text_bytes, encoding)
    text = prose(" ".join(name.split()) or "Your file", "a file of your own", decoded.text)
    guessed = (f"The file was {decoded.remark}.",) if decoded.remark else ()
    return replace(text, remarks=(*guessed, *text.remarks))


def pasted_text(content: str) -> Text:
    """A text that was typed or pasted.

    Raises:
        InputError: from :func:`make_text`.
    """
    return prose("Your text", "pasted", content)


@functools.lru_cache(maxsize=8)
def without_boilerplate(text: Text) -> Text:
    """``text`` without Project Gutenberg's header and licence, which is remarked; without them, ``text`` itself.

    The last few are kept: a page asks for the same one at every click.

    Raises:
        InputError: if nothing is left.
    """
    inside = book_inside(text.content)
    if not inside.remark:
        return text
    return make_text(text.name, text.origin, inside.content, (*text.remarks, inside.remark))


@functools.lru_cache(maxsize=8)
def has_boilerplate(text: Text) -> bool:
    """Whether :func:`without_boilerplate` leaves something out."""
    return book_inside(text.content).content != text.content
