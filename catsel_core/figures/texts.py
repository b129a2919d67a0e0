"""Typed texts as figures show them: literally, in their own direction, never cut within a character."""

import html
import unicodedata

from catsel_core.inputs.writing import isolated
from catsel_core.language import tr

_JOINER = "\N{ZERO WIDTH JOINER}"
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def shown(text: str, most: int = 10_000) -> str:
    """A typed text as plotly shows it literally (it reads a little HTML), shortened to ``most`` characters."""
    return html.escape(isolated(cut(text, most)), quote=False)


def quoted(text: str) -> str:
    """The text in the quotation marks of the language that is spoken."""
    return tr("“{text}”", text=text)


def percent(share: float) -> str:
    """``19 %``, as all pages write it."""
    return f"{100 * share:.0f} %"


def cut(text: str, most: int) -> str:
    """The text, or its beginning and “…”, ``most`` characters in all or a few less: what is drawn as one stays whole.

    That is a letter with its marks, an emoji with its skin or its family, a flag.
    """
    if len(text) <= most:
        return text
    end = next((at for at in range(most - 1, 0, -1) if _can_be_cut(text, at)), most - 1)
    return text[:end].rstrip() + "…"


def _can_be_cut(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or unicodedata.category(after).startswith("M") or _is_modifier(after):
        return False
    flags = len(text[:at]) - len(text[:at].rstrip(_FLAG_LETTERS))
    return not (after in _FLAG_LETTERS and flags % 2)


def _is_modifier(character: str) -> bool:
    """A colour of skin, or a letter of a flag's name."""
    return "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"
