"""Word lists: named categories of words.

A :class:`WordList` is plain data. What is wrong or worth knowing about one is said by ``word_list_checks``;
reading and writing files is in ``word_list_files``.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import shortened
from catsel_core.language import tr

MAX_WORDS = 240
"""Words that one list may hold, and categories: the browser gets every layer's full matrix at once."""

PALETTE = (
    *("#0072B2", "#C8321E", "#009E73", "#CC79A7", "#56B4E9", "#84546C", "#CC009C", "#4890FC"),
    *("#007830", "#9C78D8", "#F06078", "#0054C0", "#E448FC", "#A85454", "#A80090", "#00A8C0"),
    *("#6C6CD8", "#006090", "#C02478", "#E478CC", "#CC909C", "#848448", "#A86C9C", "#B448CC"),
    *("#3C7854", "#84600C", "#48A854", "#8478B4", "#E43C3C", "#9C48A8"),
)
"""Category colours in order of use, each as far as can be from those before it, for colour-blind eyes too.

The first row begins with Okabe & Ito's. None of them is a colour that figures use for something else.
"""

MAX_WORD_CHARACTERS = 80
"""Longer ones are no words, and would not fit the axes."""

SEPARATORS = ",;，；、､،؛፣"
"""Characters between words, as several languages write them; tabs and line ends are others."""

_BETWEEN = re.compile(rf"[{SEPARATORS}\t\r\n\v\f\x85\u2028\u2029]+")
_HALF = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
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


def tidy(text: str) -> str:
    """A name, a word or a sentence as it is kept: letters composed (NFC), white space as single spaces.

    An é that is written as e and an accent is the same é to everybody but a computer. Likewise marks that are not seen,
    such as those of the direction of writing that come along when Hebrew is pasted, are no part of a word.
    """
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def split_words(text: str) -> tuple[str, ...]:
    """Words of a typed or pasted text: between commas, semicolons (of any language), tabs or line ends, and tidy.

    A word may have spaces in it: ``ice  cream`` is the two-word item ``ice cream``.
    """
    return tuple(word for part in _BETWEEN.split(text) if (word := tidy(part)))


def in_word(character: str) -> bool:
    """Whether this is a character of words (letter, its mark, digit, underscore); no character is none."""
    return bool(character) and (character == "_" or unicodedata.category(character)[0] in "LMN")


def is_no_character(character: str) -> bool:
    """Whether Unicode keeps this code from ever being a character: two in every plane, and U+FDD0 to U+FDEF."""
    return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"


def whole(text: str) -> str:
    """``text`` with half characters, which nothing can write or show, replaced by “�”."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _HALF.search(text) else text


def make_word_list(categories: Iterable[tuple[str, Iterable[str]]], colors: Iterable[str] = ()) -> WordList:
    """A word list from (name, words) pairs; colours not given come from :data:`PALETTE`."""
    made: list[Category] = []
    given = list(colors)
    for index, (name, words) in enumerate(categories):
        color = given[index] if index < len(given) else PALETTE[index % len(PALETTE)]
        made.append(Category(tidy(name), tuple(filter(None, map(tidy, words))), color))
    return WordList(tuple(made))


def checked_color(color: object, category: str) -> str:
    """The colour of a category itself, if it is one; empty stands for none.

    Raises:
        InputError: otherwise.
    """
    if color == "" or (isinstance(color, str) and COLOR.fullmatch(color)):
        return str(color)
    raise InputError(
        tr(
            "Colour “{color}” of category “{category}” must look like #1f77b4.",
            color=shortened(str(color)),
            category=shortened(category),
        )
    )


def without_duplicates(words: WordList) -> WordList:
    """``words`` with each word kept only where it stands first; a category that this empties goes too."""
    seen: set[str] = set()
    thinned: list[Category] = []
    for category in words.categories:
        fresh = [word for word in dict.fromkeys(category.words) if word not in seen]
        seen.update(fresh)
        if fresh or not category.words:
            thinned.append(replace(category, words=tuple(fresh)))
    return WordList(tuple(thinned))
