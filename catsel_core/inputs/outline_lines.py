"""The lines of a text with what shows whether they are headings or words: bullets, emphasis, rules, white space."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from catsel_core.inputs.word_lists import SEPARATORS

COLON = re.compile("=>|[:：=]")
BETWEEN = re.compile(rf"[{SEPARATORS}\t]")

_BULLET = re.compile(r"(?:[-*+•‣▪●○◦–—·➢➤✓✔❖]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+")
_RULE = re.compile(r"([-=_*~–—])\1{2,}")
_LETTER = re.compile(r"\(?([A-Za-z])[.)]\s")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)\1")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something in it.

    number: in the text, from 1.
    indent: white space before it.
    has_bullet: whether a bullet or a number stands before it.
    text: without bullet and emphasis.
    heading: the name, if it is marked as one (``## fruit``, ``**fruit**``, ``[fruit]``, ``fruit:``).
    level: number of # before a heading; 0 for all others.
    starts_block: whether an empty line stands before it, or none at all.
    """

    number: int
    indent: int
    has_bullet: bool
    text: str
    heading: str
    level: int
    starts_block: bool

    @property
    def has_several(self) -> bool:
        """Whether there are separators in it."""
        return bool(BETWEEN.search(self.text))


def lines_of(text: str) -> Iterator[Line]:
    """The lines with something in them; rules such as ``-----`` say that the line above is a heading."""
    starts_block = True
    text = _LINK.sub(r"\1", text)
    initials = _are_initials(text)
    raws = text.splitlines()
    for number, (raw, following) in enumerate(zip_longest(raws, raws[1:], fillvalue=""), start=1):
        stripped = raw.strip()
        if stripped and not _RULE.fullmatch(stripped):
            bullet = None if initials and _LETTER.match(stripped) else _BULLET.match(stripped)
            bare = stripped[bullet.end() :] if bullet else stripped
            indent = len(raw) - len(raw.lstrip())
            plain = _BOLD.sub(r"\2", bare)
            is_underlined = _RULE.fullmatch(following.strip()) and not bullet and not BETWEEN.search(plain)
            heading = plain if is_underlined else _heading(bare)
            yield Line(number, indent, bool(bullet), plain, heading, _level(bare), starts_block)
        starts_block = not stripped


def _are_initials(text: str) -> bool:
    """Whether letters with a point before words are a part of them, as in “E. coli”, and not a, b, c before items."""
    letters = [found[1].lower() for line in text.splitlines() if (found := _LETTER.match(line.strip()))]
    return any(
        letter not in ("a", chr(ord(before) + 1)) for before, letter in zip(("`", *letters), letters, strict=False)
    )


def _level(text: str) -> int:
    return len(text) - len(text.lstrip("#"))


def _heading(text: str) -> str:
    """The name in ``## fruit``, ``**fruit**``, ``[fruit]`` or ``fruit:``; empty for all other lines."""
    bare = text.rstrip(":： \t")
    bold = _BOLD.fullmatch(bare)
    if text.startswith("#"):
        name = text.strip("# \t")
    elif bold:
        name = bold[2]
    elif text.startswith("[") and text.endswith("]"):
        name = text[1:-1]
    else:
        name = "" if bare == text or COLON.search(bare) else _BOLD.sub(r"\2", bare)
    return "" if BETWEEN.search(name) else name.rstrip(":： ")
