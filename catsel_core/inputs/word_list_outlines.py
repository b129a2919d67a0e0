"""Word lists in lines, as people write them: ``fruit: apple, pear``, or headings with their words below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import listed, shortened
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.tables import counted
from catsel_core.inputs.word_lists import SEPARATORS, WordList, make_word_list, split_words, tidy

_BULLET = re.compile(r"(?:[-*+•‣▪●○◦–—·]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)\1")
_COLON = re.compile("[:：=]")
_DASH = re.compile(r"\s(?:[-–—→]|->)\s")
_BETWEEN = re.compile(rf"[{SEPARATORS}\t]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with something in it.

    number: in the text, from 1.
    indent: white space before it.
    has_bullet: whether a bullet or a number stands before it.
    text: without bullet and emphasis.
    heading: the name, if it is marked as one (``## fruit``, ``**fruit**``, ``[fruit]``, ``fruit:``).
    starts_block: whether an empty line stands before it, or none at all.
    """

    number: int
    indent: int
    has_bullet: bool
    text: str
    heading: str
    starts_block: bool

    @property
    def has_several(self) -> bool:
        """Whether there are separators in it."""
        return bool(_BETWEEN.search(self.text))


Parts = list[tuple[str, list[str]]]
"""Names of categories, and the texts with their words."""


def read_outline(text: str) -> Reading[WordList] | None:
    """A word list from lines that show what is a category and what is a word; None if they do not.

    Raises:
        InputError: if only some lines have a category, or nothing stands between the words.
    """
    lines, n_comments = _without_comments(tuple(_lines(text)))
    if not lines:
        return None
    comments = f"{counted(n_comments, 'comment line')} left out" if n_comments else ""
    pairs = [_pair(line.text, _COLON) for line in lines]
    if all(pairs):
        return Reading(_list([(name, [words]) for name, words in filter(None, pairs)])).after([comments])
    for arrangement in (_dashed, _under_marks, _under_lines_without_bullet, _under_margin, _in_blocks, _in_turns):
        found = arrangement(lines)
        if found:
            parts, remarks = found
            return Reading(_list(parts)).after([comments, *remarks])
    return None


def _lines(text: str) -> Iterator[_Line]:
    starts_block = True
    for number, raw in enumerate(text.splitlines(), start=1):
        stripped = raw.strip()
        if stripped:
            bullet = _BULLET.match(stripped)
            bare = stripped[bullet.end() :] if bullet else stripped
            indent = len(raw) - len(raw.lstrip())
            yield _Line(number, indent, bool(bullet), _BOLD.sub(r"\2", bare), _heading(bare), starts_block)
        starts_block = not stripped


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
        name = "" if bare == text or _COLON.search(bare) else _BOLD.sub(r"\2", bare)
    return "" if _BETWEEN.search(name) else name.rstrip(":： ")


def _pair(text: str, between: re.Pattern[str]) -> tuple[str, str] | None:
    """What stands before and behind a colon or a dash, if what stands before it is one name."""
    found = between.search(text)
    if found is None or _BETWEEN.search(text, 0, found.start()) or not text[found.end() :].strip():
        return None
    return text[: found.start()].strip(), text[found.end() :].strip()


def _without_comments(lines: Sequence[_Line]) -> tuple[tuple[_Line, ...], int]:
    """Without the lines at the beginning that begin with # and head nothing: no other line does."""
    count = next((at for at, line in enumerate(lines) if not line.text.startswith("#")), 0)
    if count and not any(line.text.startswith("#") for line in lines[count:]) and not lines[0].text.startswith("##"):
        return tuple(lines[count:]), count
    return tuple(lines), 0


def _list(parts: Parts) -> WordList:
    """Categories of the same name are one."""
    merged: dict[str, list[str]] = {}
    for name, texts in parts:
        merged.setdefault(tidy(name), []).extend(word for text in texts for word in split_words(text))
    if merged and all(len(words) == 1 and " " in words[0] for words in merged.values()):
        name, (phrase,) = next(iter(merged.items()))
        raise InputError(
            f"Nothing separates the words of “{shortened(name)}”: “{shortened(phrase)}” was read as one word. "
            "Put commas between words."
        )
    return make_word_list(merged.items())


Found = tuple[Parts, list[str]] | None


def _dashed(lines: Sequence[_Line]) -> Found:
    """``fruit - apple, pear`` in every line, with commas in most of them."""
    pairs = [_pair(line.text, _DASH) for line in lines]
    several = sum(bool(pair and _BETWEEN.search(pair[1])) for pair in pairs)
    if len(lines) < 2 or not all(pairs) or 2 * several < len(lines):
        return None
    return [(name, [words]) for name, words in filter(None, pairs)], ["what stands before the dash read as category"]


def _under_marks(lines: Sequence[_Line]) -> Found:
    """Marked headings, or ``fruit: apple`` lines among lines that go on with it."""
    pairs = [None if line.heading else _pair(line.text, _COLON) for line in lines]
    if not any(line.heading for line in lines) and not any(pairs):
        return None
    parts: Parts = []
    before: list[str] = []
    for line, pair, previous in zip(lines, pairs, (None, *pairs), strict=False):
        if line.heading or pair:
            parts.append((line.heading, []) if pair is None else (pair[0], [pair[1]]))
        elif not parts:
            before.append(line.text)
        else:
            _check_goes_on(line, parts[-1][1], previous)
            parts[-1][1].append(line.text)
    titles = [name for name, texts in parts if not texts]
    left = [*before, *titles] if len(parts) > len(titles) else before
    return [part for part in parts if part[1]], [
        f"left out, since no word stands under it: {listed(left)}"
    ] if left else []


def _check_goes_on(line: _Line, texts: Sequence[str], pair: tuple[str, str] | None) -> None:
    """Nothing, if a line without a category may go on with the words of the one before it."""
    if pair and not line.indent and not line.has_bullet and not _BETWEEN.match(texts[-1][-1:]):
        raise InputError(
            f"Line {line.number} has no category: “{shortened(line.text)}”. "
            "Begin every line with one and a colon, as in “fruit: apple, pear”."
        )


def _headed(lines: Sequence[_Line], is_heading: Sequence[bool], remark: str = "") -> Found:
    """Lines under headings, if there are two headings and each has lines under it."""
    followed = all(not (one and other) for one, other in zip(is_heading, (*is_heading[1:], True), strict=True))
    names = [line for line, heads in zip(lines, is_heading, strict=True) if heads]
    if not is_heading[0] or len(names) < 2 or not followed or any(name.has_several for name in names):
        return None
    parts: Parts = []
    for line, heads in zip(lines, is_heading, strict=True):
        if heads:
            parts.append((line.text, []))
        else:
            parts[-1][1].append(line.text)
    return parts, [remark] if remark else []


def _under_lines_without_bullet(lines: Sequence[_Line]) -> Found:
    return _headed(lines, [not line.has_bullet for line in lines])


def _under_margin(lines: Sequence[_Line]) -> Found:
    """Indented lines under lines that are not, as in lists within lists."""
    margin = min(line.indent for line in lines)
    if any("\t" in line.text for line in lines):
        return None  # cells
    return _headed(lines, [line.indent == margin for line in lines])


def _in_blocks(lines: Sequence[_Line]) -> Found:
    """A name and words below it, with an empty line before the next name."""
    return _headed(lines, [line.starts_block for line in lines], "first line of each block read as its category")


def _in_turns(lines: Sequence[_Line]) -> Found:
    """A name in a line of its own, and words with commas in the next."""
    return _headed(lines, [not line.has_several for line in lines], "lines without commas read as categories")
