"""Texts to search: the built-in one, a visitor's own, and the licence cut off a book of Project Gutenberg."""

import functools
import hashlib
import platform
import re
from dataclasses import dataclass, field

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from catsel_core.settings import current_settings

MAX_TEXT_CHARACTERS = 12_000_000
"""Larger files are refused before they are read; a long novel has 1,500,000."""

BUILTIN = "python-reference"
"""Name of the text that is always there, without a network."""

PYTHON_REFERENCE = "Python's language reference"
"""Its title."""

_MARKER = r"^[ \t]*\*{3}[ \t]*%s[ \t]+OF[ \t]+TH(?:E|IS)[ \t]+PROJECT[ \t]+GUTENBERG[ \t]+E-?(?:BOOK|TEXT)\b"
_WRAPPED = r"[^\n*]*\n(?![ \t]*\*{3}[ \t]*END\b)[^\n]*\*{3}[ \t\r]*$"
_START = re.compile(_MARKER % "START" + rf"(?:{_WRAPPED}|[^\n]*)\n?", re.IGNORECASE | re.MULTILINE)
_END = re.compile(_MARKER % "END", re.IGNORECASE | re.MULTILINE)
_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search. The digest stands for the content when texts are compared or part of a key."""

    name: str
    origin: str
    content: str = field(repr=False, compare=False)
    digest: str


def make_text(name: str, origin: str, content: str) -> Text:
    """A checked text: ``name`` as a title, ``origin`` as a phrase that says where it came from.

    Raises:
        InputError: if there is nothing in it, too much, or half a character.
    """
    if not content or content.isspace():
        raise InputError(f"There is nothing but white space in “{name}”. Choose another text.")
    if len(content) > MAX_TEXT_CHARACTERS:
        raise InputError(
            f"“{name}” has {len(content):,} characters; a text may have {MAX_TEXT_CHARACTERS:,}. Shorten it."
        )
    try:
        digest = hashlib.sha256(content.encode()).hexdigest()
    except UnicodeEncodeError as exc:
        raise InputError(f"Character {exc.start + 1:,} of “{name}” is only half of one. Remove it.") from exc
    return Text(name, origin, content, digest)


def own_text(data: bytes, name: str, encoding: str = "") -> Text:
    """The text of an uploaded file called ``name``, in an encoding chosen by hand or recognised.

    Raises:
        InputError: if the file has more bytes than the settings allow, is not text or is empty.
    """
    decoded = decode(data, "text", current_settings().upload_bytes, encoding)
    origin = ", ".join(filter(None, ("a file of your own", decoded.remark)))
    return make_text(" ".join(name.split()) or "Your file", origin, decoded.text)


def pasted_text(content: str) -> Text:
    """A text that was typed or pasted.

    Raises:
        InputError: from :func:`make_text`.
    """
    return make_text("Your text", "pasted", content)


def builtin_text(name: str = BUILTIN) -> Text:
    """A text that needs no network: :data:`BUILTIN` is Python's own language reference.

    Raises:
        InputError: if there is no text of that name, or this Python came without its help texts.
    """
    if name != BUILTIN:
        raise InputError(f"There is no built-in text “{name}”; choose {BUILTIN}.")
    return _python_reference()


@functools.lru_cache(maxsize=1)
def _python_reference() -> Text:
    try:
        from pydoc_data.topics import topics
    except ImportError as exc:
        raise InputError("This Python came without its help texts (pydoc_data). Upload a text instead.") from exc
    origin = f"the help texts that come with Python {platform.python_version()}, offline"
    return make_text(PYTHON_REFERENCE, origin, "\n\n".join(topics[key] for key in sorted(topics)))


def without_boilerplate(text: Text) -> Text:
    """``text`` between Project Gutenberg's START and END markers; without markers, ``text`` itself.

    The first START counts, and the last END after it. Blank lines at both ends go, line ends stay.

    Raises:
        InputError: if there is nothing between the markers.
    """
    start, end = _markers(text.content)
    if start is None and end is None:
        return text
    inside = text.content[start:end].rstrip()
    return make_text(text.name, text.origin, _BLANK_LINES.sub("", inside, count=1))


def is_cut_off(content: str) -> bool:
    """Whether a START marker of Project Gutenberg is there and no END marker after it."""
    start, end = _markers(content)
    return start is not None and end is None


def _markers(content: str) -> tuple[int | None, int | None]:
    """Where the first START marker's lines stop, and where the last END marker after it begins."""
    start = _START.search(content)
    ends = [end.start() for end in _END.finditer(content, start.end() if start else 0)]
    return (start.end() if start else None), (ends[-1] if ends else None)
