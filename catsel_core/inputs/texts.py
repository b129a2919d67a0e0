"""Texts to search: checked, a visitor's own, and what is left out of them before they are read."""

import functools
import hashlib
from dataclasses import dataclass, field, replace

from catsel_core.errors import InputError
from catsel_core.inputs.boilerplate import book_inside
from catsel_core.inputs.emphasis import without_emphasis
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.remarks import Remark, in_english, joined
from catsel_core.inputs.writing import composed, without_halves
from catsel_core.language import mark, tr
from catsel_core.settings import current_settings

MAX_TEXT_CHARACTERS = 12_000_000
"""Larger files are refused before they are read; a long novel has 1,500,000."""

_YOUR_FILE, _YOUR_TEXT = mark("Your file"), mark("Your text")
_GIVEN = (_YOUR_FILE, _YOUR_TEXT)


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search.

    name: as a title; English if catsel gave it.
    origin: a phrase that says where it came from, in English, as files have it.
    content: in Unicode's form NFC.
    digest: SHA-256 of the content, for which it stands when texts are compared or part of a key.
    notes: say what was left out, or may have to be.
    say_origin: says the origin, if it is more than a fixed phrase.
    """

    name: str
    origin: str
    content: str = field(repr=False, compare=False)
    digest: str
    notes: tuple[Remark, ...] = field(default=(), repr=False, compare=False)
    say_origin: Remark | None = field(default=None, repr=False, compare=False)

    @property
    def title(self) -> str:
        """The name as it is shown: translated if catsel gave it."""
        return tr(self.name) if self.say_origin else _shown(self.name)

    @property
    def source(self) -> str:
        """The origin as it is shown."""
        return self.say_origin() if self.say_origin else tr(self.origin)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences about what was left out, or may have to be."""
        return tuple(note() for note in self.notes)


def _shown(name: str) -> str:
    """The name of somebody's own text as it is shown; only that of a text without a name is translated."""
    return tr(name) if name in _GIVEN else name


def make_text(name: str, origin: str | Remark, content: str, notes: tuple[Remark, ...] = ()) -> Text:
    """A checked text in NFC; see :class:`Text`.

    Args:
        name: as a title.
        origin: an English phrase that says where it came from, or what says it.
        content: the text itself.
        notes: say what was left out, or may have to be.

    Raises:
        InputError: if there is nothing in it, too much, or half a character.
    """
    name = without_halves(name)
    if not content or content.isspace():
        raise InputError(
            tr("There is nothing but white space in “{name}”. Choose another text.", name=shortened(_shown(name)))
        )
    if len(content) > MAX_TEXT_CHARACTERS:
        raise InputError(
            tr(
                "“{name}” has {length:,} characters; a text may have {most:,}. Shorten it.",
                name=shortened(_shown(name)),
                length=len(content),
                most=MAX_TEXT_CHARACTERS,
            )
        )
    try:
        content.encode()
    except UnicodeEncodeError as exc:
        raise InputError(
            tr(
                "Character {place:,} of “{name}” is only half of one. Remove it.",
                place=exc.start + 1,
                name=shortened(_shown(name)),
            )
        ) from exc
    content, digest = composed(content), hashlib.sha256(composed(content).encode()).hexdigest()
    if isinstance(origin, str):
        return Text(composed(name), origin, content, digest, notes)
    return Text(composed(name), in_english(origin), content, digest, notes, origin)


def prose(name: str, origin: str | Remark, content: str) -> Text:
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
    decoded = decode(data, mark("text"), current_settings().text_bytes, encoding)
    text = prose(" ".join(name.split()) or _YOUR_FILE, mark("a file of your own"), decoded.text)
    return replace(text, notes=(*(_guessed(decoded.note) if decoded.note else ()), *text.notes))


def _guessed(how: Remark) -> tuple[Remark, ...]:
    return (lambda: tr("The file was {remark}.", remark=how()),)


def pasted_text(content: str) -> Text:
    """A text that was typed or pasted.

    Raises:
        InputError: from :func:`make_text`.
    """
    return prose(_YOUR_TEXT, mark("pasted"), content)


@functools.lru_cache(maxsize=8)
def without_boilerplate(text: Text) -> Text:
    """``text`` without Project Gutenberg's header and licence, which is remarked; without them, ``text`` itself.

    The last few are kept: a page asks for the same one at every click.

    Raises:
        InputError: if nothing is left.
    """
    inside = book_inside(text.content)
    if not inside.notes:
        return text
    notes = (*text.notes, joined(inside.notes))
    return make_text(text.name, text.say_origin or text.origin, inside.content, notes)


@functools.lru_cache(maxsize=8)
def has_boilerplate(text: Text) -> bool:
    """Whether :func:`without_boilerplate` leaves something out."""
    return book_inside(text.content).content != text.content
