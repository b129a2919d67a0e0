"""Bytes of a file to text, whatever wrote it: UTF-8, UTF-16 or Windows-1252."""

from catsel_core.errors import InputError

_CONTROLS = tuple(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\f")


def decode(data: bytes, what: str, max_bytes: int) -> str:
    r"""Text of a file: UTF-8, UTF-16 with a byte-order mark, or Windows-1252. Line ends stay as they are.

    Windows-1252 accepts almost any bytes, so what has a NUL character, or control characters (other
    than ``\t \n \r \f``) in more than one place of a hundred, is not text; a single one is let through.

    Args:
        data: the bytes of the file.
        what: what the file should be, for messages: ``"word list"``, ``"text"``.
        max_bytes: larger files are refused.

    Raises:
        InputError: if the file is too large or is not text.
    """
    if len(data) > max_bytes:
        raise InputError(f"The file has {len(data):,} bytes; a {what} may have {max_bytes:,}.")
    has_utf16_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if has_utf16_mark else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
        break  # what is UTF-8 would be nonsense as Windows-1252
    raise InputError(f"The file is not text. Save the {what} as plain text in UTF-8.")


def _is_text(text: str) -> bool:
    return "\0" not in text and sum(map(text.count, _CONTROLS)) <= max(1, len(text) // 100)
