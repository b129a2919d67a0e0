"""What is wrong or worth knowing about a word list, said before any model sees it."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catsel_core.errors import InputError
from catsel_core.inputs.quotations import first_of_a_kind, shortened
from catsel_core.inputs.word_lists import COLOR, MAX_WORD_CHARACTERS, MAX_WORDS, WordList, is_no_character
from catsel_core.language import tr

UNBALANCED_RATIO = 2
"""A largest category this many times the smallest earns a remark."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a word list; an ``error`` keeps the list from being used."""

    level: Literal["error", "note"]
    message: str


def check(words: WordList) -> tuple[Finding, ...]:
    """What is worth saying about ``words`` before any model sees them, errors first.

    Of a list that is too long only that is said: its words are not looked at. Of many findings of one kind the
    first few are given, and how many more there are.
    """
    too_long = tuple(Finding("error", message) for message in _size_errors(words))
    if too_long:
        return too_long
    errors = (Finding("error", message) for kind in _errors(words) for message in first_of_a_kind(kind))
    notes = (Finding("note", message) for kind in _notes(words) for message in first_of_a_kind(kind))
    return (*errors, *notes)


def validated(words: WordList) -> WordList:
    """``words`` itself, if it can be used.

    Raises:
        InputError: with the first reason why it cannot.
    """
    for finding in check(words):
        if finding.level == "error":
            raise InputError(finding.message)
    return words


def _size_errors(words: WordList) -> Iterator[str]:
    total = sum(len(category.words) for category in words.categories)
    if total > MAX_WORDS:
        yield tr(
            "The list has {total} words; at most {most} can be shown at once. Remove {surplus}.",
            total=total,
            most=MAX_WORDS,
            surplus=total - MAX_WORDS,
        )
    surplus = len(words.categories) - MAX_WORDS
    if surplus > 0:
        yield tr(
            "The list has {count} categories; at most {most} fit. Remove {surplus}.",
            count=len(words.categories),
            most=MAX_WORDS,
            surplus=surplus,
        )


def _errors(words: WordList) -> Iterator[Iterator[str]]:
    """Everything that keeps a list of a bearable size from being used, kind by kind."""
    yield _too_few_categories(words)
    yield from _name_errors(words)
    yield _empty_categories(words)
    yield from _unusable_texts(words)
    yield from _repeated_words(words)
    yield _no_pair_within(words)


def _too_few_categories(words: WordList) -> Iterator[str]:
    if not words.categories:
        yield tr("At least two categories are needed to compare; this list has none. Add two.")
    elif len(words.categories) < 2:
        yield tr("At least two categories are needed to compare; this list has one. Add another.")


def _empty_categories(words: WordList) -> Iterator[str]:
    for category in words.categories:
        if not category.words:
            yield tr("Category “{name}” is empty. Give it words or remove it.", name=_cut(category.name))


def _no_pair_within(words: WordList) -> Iterator[str]:
    if words.categories and all(len(category.words) < 2 for category in words.categories):
        yield tr("No category has two words, so there is no within-category pair. Give one category a second word.")


def _name_errors(words: WordList) -> Iterator[Iterator[str]]:
    yield (
        tr("Category {position} has no name. Give it one.", position=position)
        for position, category in enumerate(words.categories, start=1)
        if not category.name
    )
    times = Counter(category.name for category in words.categories)
    yield (_called_alike(name, count) for name, count in times.items() if name and count > 1)
    yield (
        tr(
            "Colour “{color}” of category “{category}” must look like #1f77b4.",
            color=_cut(category.color),
            category=_cut(category.name),
        )
        for category in words.categories
        if not COLOR.fullmatch(category.color)
    )


def _called_alike(name: str, count: int) -> str:
    if count == 2:
        return tr("Two categories are called “{name}”. Rename one.", name=_cut(name))
    return tr("{count} categories are called “{name}”. Rename one.", count=count, name=_cut(name))


def _cut(text: str) -> str:
    return shortened(text, MAX_WORD_CHARACTERS)


def _unusable_texts(words: WordList) -> Iterator[Iterator[str]]:
    texts = [(tr("The name of category {at}", at=at), c.name) for at, c in enumerate(words.categories, start=1)]
    texts += [(tr("A word of “{name}”", name=_cut(category.name)), word) for category, word in words.labelled_words()]
    yield (
        tr(
            "{what} has {length} characters (“{beginning}…”); at most {most} are allowed.",
            what=what,
            length=len(text),
            beginning=text[:30],
            most=MAX_WORD_CHARACTERS,
        )
        for what, text in texts
        if len(text) > MAX_WORD_CHARACTERS
    )
    yield (
        tr("{what} has characters that are no text: {beginning!a}. Type it anew.", what=what, beginning=text[:30])
        for what, text in texts
        if _is_no_text(text[:MAX_WORD_CHARACTERS])
    )


def _is_no_text(text: str) -> bool:
    """Whether there are control characters or halves of characters in it, or nothing that can be seen.

    A character that this Python does not know yet, such as a new emoji, is text.
    """
    kinds = {"Cc" if is_no_character(character) else unicodedata.category(character) for character in text}
    return bool(kinds & {"Cc", "Cs"}) or (bool(text) and not any(kind[0] in "LMNPS" or kind == "Cn" for kind in kinds))


def _repeated_words(words: WordList) -> Iterator[Iterator[str]]:
    """Words that stand more than once in their first category, and words that stand in a later one too."""
    times = Counter((word, category.name) for category, word in words.labelled_words())
    home: dict[str, str] = {}
    for word, name in times:
        home.setdefault(word, name)
    yield (
        tr("“{word}” stands {count} times in “{name}”. Keep one.", word=_cut(word), count=count, name=_cut(name))
        for (word, name), count in times.items()
        if count > 1 and home[word] == name
    )
    yield (
        tr(
            "“{word}” is in “{first}” and in “{second}”: the model would see the same prompt twice. Keep it in one.",
            word=_cut(word),
            first=_cut(home[word]),
            second=_cut(name),
        )
        for word, name in times
        if home[word] != name
    )


def repetitions(words: WordList) -> dict[str, tuple[str, ...]]:
    """Words that stand more than once, with the categories in which they do, one for each time."""
    places: dict[str, list[str]] = {}
    for category, word in words.labelled_words():
        places.setdefault(word, []).append(category.name)
    return {word: tuple(names) for word, names in places.items() if len(names) > 1}


def _notes(words: WordList) -> Iterator[Iterator[str]]:
    """What is worth knowing about a list that can be used, kind by kind."""
    sizes = {category.name: len(category.words) for category in words.categories if category.words}
    yield (
        tr(
            "“{name}” has one word, so it adds no within-category pair; it still counts across categories.",
            name=_cut(name),
        )
        for name, size in sizes.items()
        if size == 1
    )
    yield _unbalanced(sizes)
    yield _differ_in_case(words)


def _unbalanced(sizes: dict[str, int]) -> Iterator[str]:
    if len(sizes) > 1 and max(sizes.values()) > UNBALANCED_RATIO * min(sizes.values()):
        large, small = max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__)
        yield tr(
            "Sizes are unbalanced: “{large}” has {most} words, “{small}” {fewest}. A category's pairs grow with the "
            "square of its size, so the large one dominates the within mean.",
            large=_cut(large),
            most=sizes[large],
            small=_cut(small),
            fewest=sizes[small],
        )


def _differ_in_case(words: WordList) -> Iterator[str]:
    first: dict[str, str] = {}
    for word in dict.fromkeys(word for _, word in words.labelled_words()):
        other = first.setdefault(word.casefold(), word)
        if other != word:
            yield tr(
                "“{other}” and “{word}” differ only in case; to the model they are different words.",
                other=_cut(other),
                word=_cut(word),
            )
