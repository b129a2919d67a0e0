"""Word lists in lines, as people write them: ``fruit: apple, pear``, or headings with their words below."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catsel_core.errors import InputError
from catsel_core.inputs.column_names import WORD_COLUMNS
from catsel_core.inputs.outline_lines import BETWEEN, COLON, Line, lines_of
from catsel_core.inputs.quotations import listed, shortened
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.tables import comments_left_out
from catsel_core.inputs.word_lists import WordList, make_word_list, tidy
from catsel_core.inputs.word_marks import bare_name, bare_words, without_counts
from catsel_core.language import tr

_DASH = re.compile(r"\s(?:[-–—→]|->)\s")

Parts = list[tuple[str, list[str]]]
"""Names of categories, and the texts with their words."""

Found = tuple[Parts, list[str]] | None


def read_outline(text: str) -> Reading[WordList] | None:
    """A word list from lines that show what is a category and what is a word; None if they do not.

    Raises:
        InputError: if only some lines have a category, or nothing stands between the words.
    """
    lines, n_comments = _without_comments(tuple(lines_of(text)))
    if not lines:
        return None
    comments = comments_left_out(n_comments) if n_comments else ""
    pairs = [_pair(line.text, COLON) for line in lines]
    if all(pairs):
        parts, remarks = _named(list(filter(None, pairs)))
        return _list(parts).after([comments, *remarks])
    for arrangement in (_dashed, _under_marks, _under_lines_without_bullet, _under_margin, _in_blocks, _in_turns):
        found = arrangement(lines)
        if found:
            parts, remarks = found
            return _list(parts).after([comments, *remarks])
    return None


def _pair(text: str, between: re.Pattern[str]) -> tuple[str, str] | None:
    """What stands before and behind a colon or a dash, if what stands before it is one name."""
    found = between.search(text)
    if found is None or BETWEEN.search(text, 0, found.start()) or not text[found.end() :].strip():
        return None
    return text[: found.start()].strip(), text[found.end() :].strip()


def _without_comments(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Without the lines at the beginning that begin with # and head nothing: no other line does."""
    count = next((at for at, line in enumerate(lines) if not line.text.startswith("#")), 0)
    if count and not any(line.text.startswith("#") for line in lines[count:]) and not lines[0].text.startswith("##"):
        return tuple(lines[count:]), count
    return tuple(lines), 0


def _named(pairs: Sequence[tuple[str, str]]) -> tuple[Parts, list[str]]:
    """``fruit: apple, pear`` in every line. A first line that names columns is none, and names of fields are no names.

    Raises:
        InputError: if a line has several categories in it.
    """
    for name, words in pairs:
        if any(_pair(part, COLON) for part in re.split("[;；]", words)[1:]):
            raise InputError(
                tr(
                    "The line of “{name}” has several categories in it. Begin a new line for each.",
                    name=shortened(name),
                )
            )
    fields = [_field(name) for name, _ in pairs]
    if all(fields) and fields[0] == "category" and "word" in fields:
        parts: Parts = []
        for field, (_, content) in zip(fields, pairs, strict=True):
            parts += [(content, [])] if field == "category" else []
            parts[-1][1].extend([content] if field == "word" else [])
        return parts, [tr("“category” and “words” before the colons read as names of fields")]
    name, words = pairs[0]
    first = 1 if len(pairs) > 2 and _field(name) == "category" and _field(words) == "word" else 0
    remarks = [tr("first line read as names of columns ({names})", names=listed(pairs[0]))] if first else []
    return [(name, [words]) for name, words in pairs[first:]], remarks


def _field(name: str) -> str:
    """What is called so, a category or a word; empty for a name of its own."""
    plain = name.strip(" -\"'").casefold()
    if plain in WORD_COLUMNS["category"] or plain == "name":
        return "category"
    return "word" if plain in WORD_COLUMNS["word"] else ""


def _list(parts: Parts) -> Reading[WordList]:
    """Categories of the same name are one."""
    merged: dict[str, list[str]] = {}
    texts = [(tidy(bare_name(name)), bare_words(text)) for name, found in parts for text in found]
    plain, remark = without_counts([words for _, words in texts])
    for name, _ in parts:
        merged.setdefault(tidy(bare_name(name)), [])
    for (name, _), words in zip(texts, plain, strict=True):
        merged[name].extend(words)
    if merged and all(len(words) == 1 and " " in words[0] for words in merged.values()):
        name, (phrase,) = next(iter(merged.items()))
        raise InputError(
            tr(
                "Nothing separates the words of “{name}”: “{phrase}” was read as one word. Put commas between words.",
                name=shortened(name),
                phrase=shortened(phrase),
            )
        )
    return Reading(make_word_list(merged.items())).after([remark])


def _dashed(lines: Sequence[Line]) -> Found:
    """``fruit - apple, pear`` in every line, with commas in most of them."""
    pairs = [_pair(line.text, _DASH) for line in lines]
    several = sum(bool(pair and BETWEEN.search(pair[1])) for pair in pairs)
    if len(lines) < 2 or not all(pairs) or 2 * several < len(lines):
        return None
    remark = tr("what stands before the dash read as category")
    return [(name, [words]) for name, words in filter(None, pairs)], [remark]


def _under_marks(lines: Sequence[Line]) -> Found:
    """Marked headings, or ``fruit: apple`` lines among lines that go on with it."""
    has_marks = any(line.text.startswith("#") for line in lines)
    lines = [replace(line, heading="") if has_marks and _is_bold_item(line) else line for line in lines]
    pairs = [None if line.heading else _pair(line.text, COLON) for line in lines]
    if not any(line.heading for line in lines) and not any(pairs):
        return None
    _check_one_way(lines, pairs)
    lines, prose = _without_prose(lines)
    pairs = [None if line.heading else _pair(line.text, COLON) for line in lines]
    parts: Parts = []
    before: list[str] = prose
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
    remarks = [tr("left out, since no word stands under it: {names}", names=listed(left))] if left else []
    return [part for part in parts if part[1]], remarks


def _without_prose(lines: Sequence[Line]) -> tuple[Sequence[Line], list[str]]:
    """Without what stands under a title and above its headings, if the words below them have bullets; and that."""
    at = next((at for at, line in enumerate(lines[1:], start=1) if line.level), 0)
    below = [line for line in lines[at:] if not line.level]
    is_prose = 0 < lines[0].level < lines[at].level and bool(below) and all(line.has_bullet for line in below)
    if not is_prose or any(line.has_bullet for line in lines[:at]):
        return lines, []
    return lines[at:], [line.heading or line.text for line in lines[:at]]


def _is_bold_item(line: Line) -> bool:
    return line.has_bullet and not line.text.startswith("#")


def _check_one_way(lines: Sequence[Line], pairs: Sequence[tuple[str, str] | None]) -> None:
    """Nothing, unless words stand below marked headings and are followed by a colon: some of them, or one by one."""
    marked = [line.text.startswith(("#", "[")) and bool(line.heading) for line in lines]
    under = [
        (line, pair)
        for at, (line, pair) in enumerate(zip(lines, pairs, strict=True))
        if any(marked[:at]) and not line.heading
    ]
    with_colon = [line for line, pair in under if pair]
    some = any(pair is None and not line.has_several for line, pair in under)
    if with_colon and (some or (sum(marked) > 1 and not any(line.has_several for line, _ in under))):
        first = with_colon[0]
        raise InputError(
            tr(
                "Line {line} stands under a heading and has a colon: “{text}”. Leave out what is no word, or the "
                "heading.",
                line=first.number,
                text=shortened(first.text),
            )
        )


def _check_goes_on(line: Line, texts: Sequence[str], pair: tuple[str, str] | None) -> None:
    """Nothing, if a line without a category may go on with the words of the one before it."""
    if pair and not line.indent and not line.has_bullet and not BETWEEN.match(texts[-1][-1:]):
        raise InputError(
            tr(
                "Line {line} has no category: “{text}”. Begin every line with one and a colon, as in “fruit: apple, "
                "pear”.",
                line=line.number,
                text=shortened(line.text),
            )
        )


def _headed(lines: Sequence[Line], is_heading: Sequence[bool], remark: str = "") -> Found:
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


def _under_lines_without_bullet(lines: Sequence[Line]) -> Found:
    return _headed(lines, [not line.has_bullet for line in lines])


def _under_margin(lines: Sequence[Line]) -> Found:
    """Indented lines under lines that are not, as in lists within lists."""
    margin = min(line.indent for line in lines)
    if any("\t" in line.text for line in lines):
        return None  # cells
    return _headed(lines, [line.indent == margin for line in lines])


def _in_blocks(lines: Sequence[Line]) -> Found:
    """A name and words below it, with an empty line before the next name."""
    return _headed(lines, [line.starts_block for line in lines], tr("first line of each block read as its category"))


def _in_turns(lines: Sequence[Line]) -> Found:
    """A name in a line of its own, and words with commas in the next."""
    return _headed(lines, [not line.has_several for line in lines], tr("lines without commas read as categories"))
