"""Tokens that hold parts of characters, made readable: byte-level vocabularies cut where UTF-8 has several bytes."""

import functools
import re

_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_BYTES_OR_SPACE = re.compile(r"‹[^›]*›| ")
_PARTS = re.compile("[\udc80-\udcff]+")  # what surrogateescape makes of bytes that are no whole character


def readable(token: str) -> str:
    """A token as its characters, and parts of others as their bytes: ``‹E5 B0›``; of another vocabulary, as it is."""
    data = _bytes_of(token)
    if data is None:
        return token
    return _PARTS.sub(_as_bytes, data.decode("utf-8", "surrogateescape"))


def with_visible_spaces(piece: str) -> str:
    """A readable token with a sign for every space of the text; those between bytes stay."""
    return _BYTES_OR_SPACE.sub(lambda found: "␣" if found[0] == " " else found[0], piece)


def _as_bytes(part: re.Match[str]) -> str:
    return f"‹{' '.join(f'{ord(character) - 0xDC00:02X}' for character in part[0])}›"


def _bytes_of(token: str) -> bytes | None:
    """What the token stands for, if it is a byte (SentencePiece) or written in letters for bytes (GPT-2 and others)."""
    if byte := _BYTE.fullmatch(token):
        return bytes.fromhex(byte[1])
    letters = _byte_of_letter()
    return bytes(letters[letter] for letter in token) if letters.keys() >= set(token) else None


@functools.cache
def _byte_of_letter() -> dict[str, int]:
    """The letter that GPT-2 writes for every byte: itself if it can be seen, else one from U+0100 on."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(0x100) if byte not in visible]
    return {chr(byte): byte for byte in visible} | {chr(0x100 + at): byte for at, byte in enumerate(others)}
