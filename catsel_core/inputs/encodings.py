"""Bytes of a file to text, whatever wrote it: Unicode, an encoding that was named, or one that was recognised."""

import codecs
import re
from dataclasses import dataclass

from catsel_core.errors import InputError
from catsel_core.inputs.encoded_twice import FEWEST, encoded_once
from catsel_core.inputs.legacy_encodings import TITLES, recognised, title_of
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.remarks import Remark
from catsel_core.language import mark, tr

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", **TITLES}
"""What may be chosen by hand: Python's names of encodings, and what they are called in English."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\b|html[\s>])", re.IGNORECASE)
_OTHER_FILES = {
    mark("a PDF"): re.compile(rb"%PDF-\d"),
    mark("a document of a word processor (RTF)"): re.compile(rb"\{\\rtf\d"),
    mark("a web page"): _WEB_PAGE,
}
"""Files that have letters in them and are no plain text, by how they begin."""

_CONTROLS = tuple(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what was guessed about it.

    note: says what; None where nothing was guessed.
    """

    text: str
    note: Remark | None = None

    @property
    def remark(self) -> str:
        """“read as Windows-1251 (Cyrillic)”; empty where nothing was guessed."""
        return self.note() if self.note else ""


def decode(data: bytes, what: str, max_bytes: int, encoding: str = "") -> Decoded:
    r"""The text of a file. Line ends stay as they are.

    UTF-8, and Unicode with a byte-order mark, are certain. Anything else is recognised by its letters, and refused
    where they leave a doubt. What has a NUL character, or control characters (other than ``\t \n \r \f``) in more
    than one place of a hundred, is not text; a single one is let through.

    Args:
        data: the bytes of the file.
        what: what the file should be, for messages: ``"word list"``, ``"text"``; marked for translation.
        max_bytes: larger files are refused.
        encoding: a name that Python knows, if it was chosen by hand.

    Raises:
        InputError: if the file is too large, is not text in this encoding, or in none that can be told for certain.
    """
    if len(data) > max_bytes:
        raise InputError(
            tr(
                "The file has {size:,} bytes; a {what} may have {most:,}.",
                size=len(data),
                what=tr(what),
                most=max_bytes,
            )
        )
    kind = next((kind for kind, begins in _OTHER_FILES.items() if begins.match(data)), "")
    if kind:
        raise InputError(
            tr("The file is {kind}. Save the {what} as plain text in UTF-8.", kind=tr(kind), what=tr(what))
        )
    found = Decoded(_decoded_as(data, encoding)) if encoding else _without_being_told(data, what)
    if not _is_text(found.text):
        raise _no_text(what)
    return found


def is_web_page(data: bytes) -> bool:
    """Whether a file begins as HTML does."""
    return _WEB_PAGE.match(data) is not None


def _without_being_told(data: bytes, what: str) -> Decoded:
    certain = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(certain)
    except UnicodeDecodeError as exc:
        if certain != "utf-8":
            raise _no_text(what) from exc
        if _is_mostly_utf8(data):
            raise InputError(
                tr(
                    "The file is UTF-8 but for byte {place:,}, which is damaged. Save the {what} as UTF-8 again.",
                    place=exc.start + 1,
                    what=tr(what),
                )
            ) from exc
    else:
        if "\0" not in text or certain != "utf-8":
            return _mended(text)
    return _recognised(data, what)


def _mended(text: str) -> Decoded:
    """Unicode, with what went wrong before it was saved mended, or else said."""
    once, letters = encoded_once(text)
    example = "".join(letters[:1])
    if len(letters) >= FEWEST:
        return Decoded(
            once,
            lambda: tr("characters that were encoded twice, as “{example}”, read as they were before", example=example),
        )
    if letters:
        return Decoded(text, lambda: tr("“{example}” looks like a character that was encoded twice", example=example))
    lost = text.count("\ufffd")
    return Decoded(
        text, (lambda: tr("{count:,} lost when the file was saved (“\ufffd”)", count=lost)) if lost else None
    )


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return len(text) - sum(map(str.isascii, text)) > 4 * damaged


def _recognised(data: bytes, what: str) -> Decoded:
    """What is neither UTF-8 nor marked: read if its letters say for certain what it is."""
    guess = recognised(data)
    name = guess.encoding
    if name:
        return Decoded(_decoded_as(data, name), lambda: tr("read as {encoding}", encoding=title_of(name)))
    if not guess.candidates:
        raise _no_text(what)
    first, *second = map(title_of, guess.candidates)
    named = tr("{first} or {second}", first=first, second=second[0]) if second else first
    raise InputError(
        tr(
            "The file is not in UTF-8; it may be {named}, but that is not certain. Save the {what} as UTF-8, or choose "
            "its encoding by hand.",
            named=named,
            what=tr(what),
        )
    )


def _decoded_as(data: bytes, encoding: str) -> str:
    """The text in an encoding that was chosen by hand."""
    try:
        return data.decode("utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding)
    except UnicodeDecodeError as exc:
        raise InputError(
            tr(
                "The file is not {encoding}: byte {place:,} is no character of it. Choose another encoding.",
                encoding=title_of(encoding),
                place=exc.start + 1,
            )
        ) from exc
    except (LookupError, ValueError) as exc:  # a codec of bytes, such as "zip", is a LookupError too
        raise InputError(
            tr(
                "“{name}” is no encoding. Name one such as {known}.",
                name=shortened(encoding),
                known=", ".join(list(ENCODINGS)[:6]),
            )
        ) from exc


def _no_text(what: str) -> InputError:
    return InputError(tr("The file is not text. Save the {what} as plain text in UTF-8.", what=tr(what)))


def _is_text(text: str) -> bool:
    return "\0" not in text and sum(map(text.count, _CONTROLS)) <= max(1, len(text) // 100)
