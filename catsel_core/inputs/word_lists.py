"""Word lists: named categories of words.

A :class:`WordList` is plain data. What is wrong or worth knowing about one is said by ``word_list_checks``;
reading and writing files is in ``word_list_files``.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

MAX_WORDS = 240
"""Words that one list may hold, and categories: the browser gets every layer's full matrix at once."""

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#7F5AF0", "#8C564B")
"""Category colours in order of use (after Okabe & Ito, chosen to stay apart for colour-blind eyes)."""

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
    """Categories in display order. Built freely, used only once validated."""

    categories: tuple[Category, ...]

    def labelled_words(self) -> Iterator[tuple[Category, str]]:
        """Every word with its category, category by category."""
        for category in self.categories:
            for word in category.words:
                yield category, word

    def without(self, words: Container[tuple[str, str]]) -> "WordList":
        """The list without these (category, word); a category that is emptied goes too."""
        thinned = (
            replace(category, words=tuple(word for word in category.words if (category.name, word) not in words))
            for category in self.categories
        )
        return WordList(tuple(category for category in thinned if category.words))

    @property
    def colors(self) -> dict[str, str]:
        """Colour of every category name."""
        return {category.name: category.color for category in self.categories}


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


def without_duplicates(words: WordList) -> WordList:
    """``words`` with each word kept only where it stands first."""
    seen: set[str] = set()
    thinned: list[Category] = []
    for category in words.categories:
        fresh = [word for word in dict.fromkeys(category.words) if word not in seen]
        seen.update(fresh)
        thinned.append(replace(category, words=tuple(fresh)))
    return WordList(tuple(thinned))
