"""What stands around the words of a list and is no part of them: brackets, quotation marks, counts."""

import re
from collections.abc import Sequence

from catsel_core.inputs.word_lists import COLOR, split_words, tidy
from catsel_core.language import tr

_BRACKETS = {"[": "]", "(": ")", "{": "}"}
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»", "»": "«", "「": "」", "`": "`"}
# Quantifiers that give nothing back (*+, ++) keep a cell of thousands of blanks from taking minutes.
_NUMBER = re.compile(
    r"[<>~≈=]?\s*+[-+−±]?\s*+[$€£¥]?\s*+(?:\d[\d.,'’\s]*+|\.\d++\s*+)(?:[eE][-+]?\d++\s*+)?[%‰]?\s*+(?:\([^()]*+\))?"
)
_MISSING = frozenset(("na", "n/a", "nan", "-", "–", "—", ".", "?", "null", "none"))
_COUNTED = re.compile(r"(.*\S)\s*[(\[]\s*\d[\d.,\s]*%?\s*[)\]]")

Lines = Sequence[Sequence[str]]


def is_number(cell: str) -> bool:
    """Whether there is a number, a share, a price, a mean with its deviation, or a colour code and no word."""
    return bool(_NUMBER.fullmatch(cell) or COLOR.fullmatch(cell))


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether a column has nothing in it but numbers, and perhaps signs that one is missing."""
    return any(map(is_number, cells)) and all(is_number(cell) or cell.casefold() in _MISSING for cell in cells)


def bare_words(text: str) -> tuple[str, ...]:
    """Words of a text, without brackets around all of them, as in ``[apple, pear]``, or quotation marks around each."""
    text = text.strip()
    end = _BRACKETS.get(text[:1])
    if end and text.endswith(end) and text.count(text[0]) == text.count(end) == 1:
        text = text[1:-1]
    words = split_words(text)
    if words and all(len(word) > 2 and _QUOTES.get(word[0]) == word[-1] for word in words):
        words = tuple(filter(None, (tidy(word[1:-1]) for word in words)))
    return words


def bare_name(name: str) -> str:
    """The name of a category without quotation marks around it."""
    return name[1:-1].strip() if len(name) > 2 and _QUOTES.get(name[0]) == name[-1] else name


def without_counts(lines: Lines) -> tuple[list[tuple[str, ...]], str]:
    """Lines of words without the numbers that stand behind every word, and a remark if there were any.

    Either ``apple (12), pear (3)``, or ``apple, 12`` in every one of several lines.
    """
    words = [word for line in lines for word in line]
    if words and all(map(_COUNTED.fullmatch, words)):
        return [tuple(_COUNTED.sub(r"\1", word) for word in line) for line in lines], tr("numbers in brackets left out")
    plain = [tuple(word for word in line if not is_number(word)) for line in lines]
    if len(lines) > 1 and all(len(line) > 1 and not is_number(line[0]) and is_number(line[-1]) for line in lines):
        return plain, tr("numbers beside the words left out")
    return [tuple(line) for line in lines], ""
