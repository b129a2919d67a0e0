"""Project Gutenberg's header and licence in a text: where they stop and begin, in files of all its years.

Since about 2003 a line of stars says where a book starts and ends. Before, the header closed with the end of “the small
print”, which from 2001 on could also stand behind the book, and the book with “End of the Project Gutenberg Etext”.
"""

import re
from dataclasses import dataclass

from catsel_core.inputs.remarks import Remark, joined
from catsel_core.language import mark, tr

# Quantifiers that give nothing back (*+, ++) keep a line of a million stars or spaces from taking minutes.
_LINE = r"^[ \t>]*+"
_OF_THE_BOOK = r"[ \t]++OF[ \t]++(?:TH(?:E|IS)[ \t]++)?PROJECT[ \t]++GUTENBERG\b"
_KIND = r"[ \t]++E-?(?:BOOK|TEXT)\b"
# What follows in a line of its own, and not in a sentence: ’s, an edition, or nothing.
_AS_A_NAME = r"(?=['’]S\b|[ \t]++E-?(?:BOOK|TEXT)|[ \t]++EDITION|[ \t.,*:]*+\r?$)"
_WRAPPED = r"(?:[^\n*]*\n(?![ \t]*\*{3}[ \t]*END\b)){1,3}[^\n]*\*{3}[ \t\r]*$"


def _line(text: str) -> re.Pattern[str]:
    return re.compile(_LINE + text, re.IGNORECASE | re.MULTILINE)


_START = _line(rf"\*{{3}}[ \t]*+START{_OF_THE_BOOK}{_KIND}(?:{_WRAPPED}|[^\n]*)\n?")
_END = _line(rf"\*{{3}}[ \t]*+END{_OF_THE_BOOK}{_KIND}")
_PLAIN_END = _line(rf"\**+[ \t]*+(?:THIS[ \t]++IS[ \t]++)?(?:THE[ \t]++)?END{_OF_THE_BOOK}{_AS_A_NAME}[^\n]*")
_SMALL_PRINT_ENDS = _line(r"\*++[ \t]*+END[* \t]*+(?:OF[ \t]++)?THE[ \t]++SMALL[ \t]++PRINT\b[^\n]*\n?")
_NAMED = _line(
    r"(?:\**+[ \t]*+(?:The )?Project Gutenberg\b|[^\n]*(?:gutenberg\.org|Gutenberg(?:-tm|™| License| Literary)))"
)
_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")
_HEADER_CHARACTERS, _LICENCE_CHARACTERS = 5_000, 20_000


_LEFT_OUT = {
    (True, True): mark("Project Gutenberg's header and licence left out ({characters:,} characters)."),
    (True, False): mark("Project Gutenberg's header left out ({characters:,} characters)."),
    (False, True): mark("Project Gutenberg's licence left out ({characters:,} characters)."),
}
_UNMARKED = {
    (True, True): mark(
        "This looks like a text of Project Gutenberg, but no line marks its header or licence, which may still be in "
        "the text. Remove it by hand if it is."
    ),
    (True, False): mark(
        "This looks like a text of Project Gutenberg, but no line marks its header, which may still be in the text. "
        "Remove it by hand if it is."
    ),
    (False, True): mark(
        "This looks like a text of Project Gutenberg, but no line marks its licence, which may still be in the text. "
        "Remove it by hand if it is."
    ),
}
"""By whether it holds for the header and for the licence."""


@dataclass(frozen=True, slots=True)
class BookInside:
    """The book in a file, without what stands around it.

    content: the book; blank lines at both ends go with the header and the licence, line ends stay.
    notes: what was left out, or that something may be left although no line says so.
    """

    content: str
    notes: tuple[Remark, ...] = ()

    @property
    def remark(self) -> str:
        """The notes as one; empty where there are none."""
        return joined(self.notes)()


def book_inside(content: str) -> BookInside:
    """The book in a file of Project Gutenberg; any other text as it is."""
    start, end = _bounds(content)
    if start is None and end is None:
        return BookInside(content, _unmarked(content, start, end))
    inside = _BLANK_LINES.sub("", content[start:end].rstrip(), count=1)
    around, characters = _LEFT_OUT[start is not None, end is not None], len(content) - len(inside)

    def left_out() -> str:
        return tr(around, characters=characters)

    return BookInside(inside, (left_out, *_unmarked(content, start, end), *_several(inside)))


def _several(inside: str) -> tuple[Remark, ...]:
    """What is left where a file has several books in it, one after the other."""
    further = sum(1 for _ in _START.finditer(inside))
    if not further or not _END.search(inside):
        return ()
    return (
        lambda: tr(
            "There are {count} books in the file; what stands between them is still in the text.", count=further + 1
        ),
    )


def is_cut_off(content: str) -> bool:
    """Whether a line says where a book of Project Gutenberg starts, and none after it where it ends."""
    start = _START.search(content)
    return start is not None and _end_after(content, start.end()) is None


def _bounds(content: str) -> tuple[int | None, int | None]:
    """Where the header stops, and where the licence begins; None for what is not marked."""
    found = _START.search(content)
    start = found.end() if found else None
    small_print = _SMALL_PRINT_ENDS.search(content, start or 0)
    if small_print and _is_header(content, start or 0, small_print):
        start = small_print.end()
    return start, _end_after(content, start or 0)


def _is_header(content: str, start: int, small_print: re.Match[str]) -> bool:
    """Whether the book follows the small print: something does, and no book has ended before."""
    rest = content[small_print.end() :].lstrip()
    return bool(rest) and not _PLAIN_END.match(rest) and not _PLAIN_END.search(content, start, small_print.start())


def _end_after(content: str, start: int) -> int | None:
    """The last line of stars after ``start`` that says where the book ends, or else the last plain one.

    Plain lines just before it go too.
    """
    plain = [(end.start(), end.end()) for end in _PLAIN_END.finditer(content, start)]
    starred = [end.start() for end in _END.finditer(content, start)]
    last = starred[-1] if starred else plain[-1][0] if plain else None
    for line, line_end in reversed(plain):
        if last is not None and line < last and not content[line_end:last].strip():
            last = line
    return last


def _unmarked(content: str, start: int | None, end: int | None) -> tuple[Remark, ...]:
    """What may be left: a part that is not marked, in a text that has lines of Project Gutenberg there."""
    header = start is None and _NAMED.search(content[:_HEADER_CHARACTERS]) is not None
    licence = end is None and _NAMED.search(content[-_LICENCE_CHARACTERS:]) is not None
    message = _UNMARKED.get((header, licence))
    return () if message is None else (lambda: tr(message),)
