"""Text in UTF-8 that a program has read as Windows-1252 and saved as UTF-8 once more: “Ã¤” where “ä” was."""

import re

_HIGH = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): chr(byte) for byte in range(0x80, 0xA0)}
"""Characters of the bytes 80 to 9F; five of them are none in Windows-1252, and programs leave them as they are."""

_BACK = str.maketrans(_HIGH)
_FOLLOWING = "".join(_HIGH) + "".join(map(chr, range(0xA0, 0xC0)))
_LETTER = re.compile(f"[Â-ô][{re.escape(_FOLLOWING)}]{{1,3}}")


FEWEST = 2
"""Characters to be certain: a single one may be what somebody meant."""


def encoded_once(text: str) -> tuple[str, list[str]]:
    """The text as it was, and what stands in the place of its characters now.

    Returns:
        The text itself and nothing, unless all of it makes sense as encoded twice: hardly any other text does.
    """
    found = _LETTER.findall(text)
    if not found:
        return text, []
    try:
        return _once(text), [one for one in found if len(one) > 2 or _once(one).isalpha()]
    except UnicodeError:
        return text, []


def _once(text: str) -> str:
    return text.translate(_BACK).encode("latin-1").decode("utf-8")
