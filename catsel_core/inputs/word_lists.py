"""Word lists: named categories of words, checked once, here.

A :class:`WordList` is plain data. :func:`check` says everything that is wrong or worth knowing
about one; :func:`validated` refuses a broken one. Reading and writing files is in ``wordfiles``.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from catsel_core.errors import InputError

MAX_WORDS = 240
"""Words that one list may hold: the browser gets every layer's full matrix at once."""

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#7F5AF0", "#8C564B")
"""Category colours in order of use (after Okabe & Ito, chosen to stay apart for colour-blind eyes)."""

UNBALANCED_RATIO = 2
"""A largest category this many times the smallest earns a remark."""

MAX_WORD_CHARACTERS = 80
"""Longer ones are no words, and would not fit the axes."""

_SEPARATORS = re.compile(r"[,;\t\r\n]+")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
"""What a category's colour must look like."""


@dataclass(frozen=True, slots=True)
class Category:
    """One group of words; ``color`` is ``#rrggbb``."""

    name: str
    words: tuple[str, ...]
    color: str


@dataclass(frozen=True, slots=True)
class WordList:
    """Categories in display order. Built freely, used only once :func:`validated`."""

    categories: tuple[Category, ...]

    def labelled_words(self) -> Iterator[tuple[Category, str]]:
        """Every word with its category, category by category."""
        for category in self.categories:
            for word in category.words:
                yield category, word

    def without(self, words: Container[tuple[str, str]]) -> "WordList":
        """The list without these (category, word); a category that is emptied goes too."""
        kept = (
            replace(category, words=tuple(word for word in category.words if (category.name, word) not in words))
            for category in self.categories
        )
        return WordList(tuple(category for category in kept if category.words))

    @property
    def colors(self) -> dict[str, str]:
        """Colour of every category name."""
        return {category.name: category.color for category in self.categories}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a word list; an ``error`` keeps the list from being used."""

    level: Literal["error", "note"]
    message: str


def split_words(text: str) -> tuple[str, ...]:
    """Words of a typed or pasted text: separated by commas, semicolons, tabs or line ends.

    Inner runs of white space become one space, so ``ice  cream`` is the two-word item ``ice cream``.
    """
    return tuple(word for part in _SEPARATORS.split(text) if (word := " ".join(part.split())))


def in_word(character: str) -> bool:
    """Whether this is a character of words (letter, its mark, digit, underscore); no character is none."""
    return bool(character) and (character == "_" or unicodedata.category(character)[0] in "LMN")


def make_word_list(categories: Iterable[tuple[str, Iterable[str]]], colors: Iterable[str] = ()) -> WordList:
    """A word list from (name, words) pairs; colours not given come from :data:`PALETTE`."""
    made: list[Category] = []
    given = list(colors)
    for index, (name, words) in enumerate(categories):
        color = given[index] if index < len(given) else PALETTE[index % len(PALETTE)]
        made.append(Category(" ".join(name.split()), tuple(" ".join(word.split()) for word in words), color))
    return WordList(tuple(made))


def check(words: WordList) -> tuple[Finding, ...]:
    """Everything worth saying about ``words`` before any model sees them, errors first."""
    errors = [Finding("error", message) for message in _errors(words)]
    return (*errors, *(Finding("note", message) for message in _notes(words)))


def validated(words: WordList) -> WordList:
    """``words`` itself, if it can be used.

    Raises:
        InputError: with the first reason why it cannot.
    """
    for finding in check(words):
        if finding.level == "error":
            raise InputError(finding.message)
    return words


def without_duplicates(words: WordList) -> WordList:
    """``words`` with each word kept only where it stands first."""
    seen: set[str] = set()
    kept: list[Category] = []
    for category in words.categories:
        fresh = [word for word in dict.fromkeys(category.words) if word not in seen]
        seen.update(fresh)
        kept.append(replace(category, words=tuple(fresh)))
    return WordList(tuple(kept))


def _errors(words: WordList) -> Iterator[str]:
    categories = words.categories
    if len(categories) < 2:
        yield f"At least two categories are needed to compare; this list has {len(categories)}. Add one."
    yield from _name_errors(categories)
    for category in categories:
        if not category.words:
            yield f"Category “{category.name}” is empty. Give it words or remove it."
    yield from _unusable_texts(words)
    yield from _repeated_words(words)
    total = sum(len(category.words) for category in categories)
    if total > MAX_WORDS:
        yield f"The list has {total} words; at most {MAX_WORDS} can be shown at once. Remove {total - MAX_WORDS}."
    if categories and all(len(category.words) < 2 for category in categories):
        yield "No category has two words, so there is no within-category pair. Give one category a second word."


def _name_errors(categories: tuple[Category, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for position, category in enumerate(categories, start=1):
        if not category.name:
            yield f"Category {position} has no name. Give it one."
        elif category.name in seen:
            yield f"Two categories are called “{category.name}”. Rename one."
        if not COLOR.fullmatch(category.color):
            yield f"Colour “{category.color}” of category “{category.name}” must look like #1f77b4."
        seen.add(category.name)


def _unusable_texts(words: WordList) -> Iterator[str]:
    texts = [(f"The name of category {at}", c.name) for at, c in enumerate(words.categories, start=1)]
    texts += [(f"A word of “{category.name}”", word) for category, word in words.labelled_words()]
    for what, text in texts:
        if len(text) > MAX_WORD_CHARACTERS:
            yield f"{what} has {len(text)} characters (“{text[:30]}…”); at most {MAX_WORD_CHARACTERS} are allowed."
        kinds = {unicodedata.category(character) for character in text}
        if kinds & {"Cc", "Cs"} or (text and not any(kind[0] in "LMNPS" for kind in kinds)):
            yield f"{what} has characters that are no text: {text[:30]!a}. Type it anew."


def _repeated_words(words: WordList) -> Iterator[str]:
    home: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for category, word in words.labelled_words():
        first = home.setdefault(word, category.name)
        if (word, category.name) in told:
            continue
        if first == category.name and category.words.count(word) > 1:
            yield f"“{word}” stands {category.words.count(word)} times in “{first}”. Keep one."
        elif first != category.name:
            yield (
                f"“{word}” is in “{first}” and in “{category.name}”: the model would see the same prompt twice. "
                "Keep it in one."
            )
        told.add((word, category.name))


def _notes(words: WordList) -> Iterator[str]:
    sizes = {category.name: len(category.words) for category in words.categories if category.words}
    for name, size in sizes.items():
        if size == 1:
            yield f"“{name}” has one word, so it adds no within-category pair; it still counts across categories."
    if len(sizes) > 1 and max(sizes.values()) > UNBALANCED_RATIO * min(sizes.values()):
        large, small = max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__)
        yield (
            f"Sizes are unbalanced: “{large}” has {sizes[large]} words, “{small}” {sizes[small]}. "
            "A category's pairs grow with the square of its size, so the large one dominates the within mean."
        )
    lowered: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for _, word in words.labelled_words():
        other = lowered.setdefault(word.casefold(), word)
        if other != word and (other, word) not in told:
            told.add((other, word))
            yield f"“{other}” and “{word}” differ only in case; to the model they are different words."
