"""Marks of emphasis in plain text, as in ``_this_`` or ``*this*``: they are no part of the words."""

import re

from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.remarks import Remark
from catsel_core.language import tr_count

# An opening mark stands before a word and behind no letter, a closing one the other way round, in one paragraph.
_INSIDE = r"(?![\s{0}])((?:[^{0}\n]|\n(?![^\S\n]*\n))++)(?<!\s)"
_MARKED = [
    re.compile(rf"(?<![^\W_])(?<!{mark})({marks}){_INSIDE.format(mark)}\1(?![^\W_]|{mark})")
    for mark, marks in (("_", "_"), (r"\*", r"\*{1,3}"), ("=", "={1,3}"))  # __init__ is a name in a program
]

# ***START OF THE PROJECT GUTENBERG EBOOK X*** is read by whoever looks where a book begins.
_MARKS_A_BOOK = re.compile(r"\s*(?:START|END)\b.*?(?:PROJECT\s+GUTENBERG|SMALL\s+PRINT)", re.IGNORECASE | re.DOTALL)


def without_emphasis(content: str) -> tuple[str, tuple[Remark, ...]]:
    """The text without such marks, and a remark about them if there were any."""
    count, example = 0, ""
    for pattern in _MARKED:
        found = [match for match in pattern.finditer(content) if not _MARKS_A_BOOK.match(match[2])]
        if found:
            example = example or " ".join(found[0][0].split())
            count += len(found)
            content = pattern.sub(lambda match: match[0 if _MARKS_A_BOOK.match(match[2]) else 2], content)
    if not count:
        return content, ()
    shown = shortened(example)
    return content, (
        lambda: tr_count(
            "Marks of emphasis, as in “{example}”, are left out (one place).",
            "Marks of emphasis, as in “{example}”, are left out ({count:,} places).",
            count,
            example=shown,
        ),
    )
