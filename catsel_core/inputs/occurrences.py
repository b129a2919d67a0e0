"""Words in a whole text: where they occur, and the windows of tokens that end with them.

A target is looked for as tokens. The model reads left to right, so at the word's last token it has
seen the same whatever follows; a word that runs on (“lawn” in “lawnmower”) is found and counted.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import freeze
from catsel_core.errors import InputError
from catsel_core.inputs.items import InputSet, Item, TokenPooling, target_tokens
from catsel_core.inputs.texts import Text
from catsel_core.inputs.tokenizer import TextTokenizer, TokenArrays
from catsel_core.inputs.word_lists import MAX_WORD_CHARACTERS, in_word, split_words

MAX_TARGETS = 8
WINDOWS = (5, 200)
"""Smallest and largest number of tokens before a target."""

DEFAULT_WINDOW = 50
DEFAULT_MOST = 80
"""Occurrences of one word that are looked at, if it has more."""

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """A text and its tokens."""

    text: Text
    tokens: TokenArrays
    n_unique: int

    @property
    def n_tokens(self) -> int:
        """Length of the text in tokens."""
        return len(self.tokens.ids)

    def between(self, first: int, stop: int) -> str:
        """The text that the tokens [first, stop) cover."""
        if stop <= first:
            return ""
        return self.text.content[self.tokens.starts[first] : self.tokens.stops[stop - 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where one word stands, in the order of the text. Arrays are read-only.

    word: as asked for, without the space before it.
    pieces: its tokens, as text.
    firsts, lasts: (occurrence,) token positions of the first and the last piece, of all that were found.
    used: (window,) indices of the occurrences that are looked at.
    n_early: occurrences with too few tokens before them for a window; never used.
    n_overlapping: windows in use that share tokens with another one, of whatever word.
    n_continued: occurrences after which the word goes on.
    other_forms: (form, number) of spellings that are other tokens: capitalised, or at the start of a line.
    """

    word: str
    pieces: tuple[str, ...]
    firsts: Indices
    lasts: Indices
    used: Indices
    n_early: int
    n_overlapping: int
    n_continued: int
    other_forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """How windows are cut and which are used.

    window: tokens before the target.
    most: windows per word, drawn by ``seed`` if there are more; None for all.
    other_forms: also take capitalised forms and those at the start of a line.
    """

    window: int = DEFAULT_WINDOW
    most: int | None = DEFAULT_MOST
    other_forms: bool = False
    seed: int = 25


def corpus_of(text: Text, tokenizer: TextTokenizer) -> Corpus:
    """Split a text into tokens (about 2 s for 3 MB)."""
    tokens = tokenizer.encode_long(text.content)
    return Corpus(text, tokens, len(np.unique(tokens.ids)))


def split_targets(text: str) -> tuple[str, ...]:
    """Target words of a typed text, separated by commas, semicolons or line ends; spaces around them do not count."""
    return split_words(text)


def checked_targets(targets: Sequence[str]) -> tuple[str, ...]:
    """``targets`` themselves, if there are 1 to :data:`MAX_TARGETS` different ones.

    Raises:
        InputError: otherwise.
    """
    if not targets:
        raise InputError("No target word is given. Type one to eight words, separated by commas.")
    if len(targets) > MAX_TARGETS:
        raise InputError(f"{len(targets)} target words are given; at most {MAX_TARGETS} fit. Remove some.")
    for target in targets:
        if not target.strip() or any(unicodedata.category(character) in ("Cc", "Cs") for character in target):
            raise InputError(f"The target {target!a} is empty or no text. Type it anew.")
        if targets.count(target) > 1:
            raise InputError(f"The target “{target}” is given twice. Keep one.")
        if len(target) > MAX_WORD_CHARACTERS:
            raise InputError(
                f"The target “{target[:30]}…” has {len(target)} characters; at most {MAX_WORD_CHARACTERS} are allowed."
            )
    return tuple(targets)


def checked_choice(choice: WindowChoice) -> WindowChoice:
    """``choice`` itself, if its numbers can be used.

    Raises:
        InputError: otherwise.
    """
    low, high = WINDOWS
    if not low <= choice.window <= high:
        raise InputError(f"window must be between {low} and {high} tokens; got {choice.window}.")
    if choice.most is not None and choice.most < 2:
        raise InputError(f"At least 2 occurrences of a word are needed to compare; got {choice.most}.")
    if choice.seed < 0:
        raise InputError(f"The seed must be 0 or more; got {choice.seed}.")
    return choice


def find_targets(
    corpus: Corpus, targets: Sequence[str], choice: WindowChoice, tokenizer: TextTokenizer
) -> tuple[Occurrences, ...]:
    """Every occurrence of every target, and which of them are used.

    Raises:
        InputError: targets or numbers that cannot be used, or a target without any window.
    """
    checked_choice(choice)
    if choice.other_forms:
        _check_forms_apart(targets)
    found = [_find(corpus, word, choice, tokenizer) for word in checked_targets(targets)]
    counts = _overlapping(found, choice.window)
    return tuple(replace(one, n_overlapping=count) for one, count in zip(found, counts, strict=True))


def window_items(
    corpus: Corpus,
    occurrences: Sequence[Occurrences],
    choice: WindowChoice,
    pooling: TokenPooling,
    tokenizer: TextTokenizer,
) -> InputSet:
    """One item a window: the tokens before the target and the target, which comes last; word by word, in text order."""
    opening = tokenizer.opening
    items: list[Item] = []
    for found in occurrences:
        for first, last in zip(found.firsts[found.used].tolist(), found.lasts[found.used].tolist(), strict=True):
            ids = tuple(corpus.tokens.ids[first - choice.window : last + 1].tolist())
            stop = len(opening) + len(ids)
            text = corpus.between(first - choice.window, last + 1)
            span = (len(text) - len(corpus.between(first, last + 1)), len(text))
            pieces = tuple(tokenizer.piece(token) for token in ids[first - last - 1 :])
            target = (stop - (last + 1 - first), stop)
            items.append(Item(found.word, found.word, text, (*opening, *ids), target, pieces, span))
    return InputSet(tuple(items), (), pooling)


def keyword_in_context(corpus: Corpus, found: Occurrences, before: int) -> list[tuple[int, str, str]]:
    """(token position, up to ``before`` tokens before it, the word itself) of every occurrence in use."""
    places = zip(found.firsts[found.used].tolist(), found.lasts[found.used].tolist(), strict=True)
    return [
        (last, corpus.between(max(0, first - before), first), corpus.between(first, last + 1)) for first, last in places
    ]


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a word, as tokens of running text."""

    text: str
    ids: tuple[int, ...]
    pieces: tuple[str, ...]


def _find(corpus: Corpus, word: str, choice: WindowChoice, tokenizer: TextTokenizer) -> Occurrences:
    main, *others = _forms(word, tokenizer)
    firsts = _places(corpus, main)
    lasts = firsts + len(main.ids) - 1
    extra = {form: _places(corpus, form) for form in others}
    if choice.other_forms:
        lasts = np.concatenate([lasts, *(places + len(form.ids) - 1 for form, places in extra.items())])
        firsts = np.concatenate([firsts, *extra.values()])
        order = np.argsort(firsts, kind="stable")
        firsts, lasts = firsts[order], lasts[order]
    other_forms = tuple((form.text, len(places)) for form, places in extra.items() if len(places))
    usable = np.flatnonzero(firsts >= choice.window)
    if not len(usable):
        raise InputError(_no_window(word, len(firsts), choice, other_forms))
    used = _sampled(usable, choice.most, choice.seed)
    freeze(firsts, lasts, used)
    continued = sum(_goes_on(corpus, last) for last in lasts.tolist())
    return Occurrences(word, main.pieces, firsts, lasts, used, len(firsts) - len(usable), 0, continued, other_forms)


def _check_forms_apart(targets: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for target in targets:
        other = seen.setdefault(target[:1].lower() + target[1:], target)
        if other != target:
            raise InputError(f"“{other}” and “{target}” are forms of one word. Keep one, or do not count other forms.")


def _forms(word: str, tokenizer: TextTokenizer) -> list[_Form]:
    """The form of running text (behind a space) first, then those that are other tokens."""
    capital = word[:1].upper() + word[1:]
    forms: dict[tuple[int, ...], _Form] = {}
    for before, spelled in ((" ", word), ("\n", word), (" ", capital), ("\n", capital)):
        (encoding,) = tokenizer.encode([f"a{before}{spelled}"])
        try:
            first, last = target_tokens(encoding, spelled, 2, tokenizer)
        except InputError:
            if not forms:
                raise
            continue  # a form that the vocabulary cannot spell is in no text
        ids = encoding.ids[first:last]
        pieces = tuple(tokenizer.piece(token) for token in ids)
        forms.setdefault(ids, _Form(before.strip("\n") + spelled, ids, pieces))
    return list(forms.values())


def _places(corpus: Corpus, form: _Form) -> Indices:
    """Token positions at which the form begins; without a space of its own it must not begin inside a word."""
    ids = corpus.tokens.ids
    count = max(0, len(ids) - len(form.ids) + 1)
    match = np.ones(count, bool)
    for offset, token in enumerate(form.ids):
        match &= ids[offset : offset + count] == token
    places = np.flatnonzero(match)
    whole = [at for at in places.tolist() if not _begins_inside(corpus, at)]
    return np.array(whole, np.int64)


def _begins_inside(corpus: Corpus, position: int) -> bool:
    start, content = int(corpus.tokens.starts[position]), corpus.text.content
    return 0 < start < len(content) and in_word(content[start]) and in_word(content[start - 1])


def _goes_on(corpus: Corpus, position: int) -> bool:
    stop, content = int(corpus.tokens.stops[position]), corpus.text.content
    return 0 < stop < len(content) and in_word(content[stop - 1]) and in_word(content[stop])


def _sampled(usable: Indices, most: int | None, seed: int) -> Indices:
    """At most ``most`` of them, in order; a larger sample contains every smaller one of the same seed."""
    if most is None or len(usable) <= most:
        return usable
    return np.sort(np.random.default_rng(seed).permutation(usable)[:most])


def _overlapping(found: Sequence[Occurrences], window: int) -> list[int]:
    """Per word, how many of its windows share a token with any other window."""
    starts = np.concatenate([one.firsts[one.used] - window for one in found])
    stops = np.concatenate([one.lasts[one.used] + 1 for one in found])
    owner = np.repeat(np.arange(len(found)), [len(one.used) for one in found])
    order = np.argsort(starts, kind="stable")
    starts, stops, owner = starts[order], stops[order], owner[order]
    shared = np.zeros(len(starts), bool)
    shared[1:] |= starts[1:] < np.maximum.accumulate(stops)[:-1]
    shared[:-1] |= starts[1:] < stops[:-1]
    return [int(n) for n in np.bincount(owner[shared], minlength=len(found))]


def _no_window(word: str, count: int, choice: WindowChoice, other_forms: Sequence[tuple[str, int]]) -> str:
    if count:
        return (
            f"“{word}” occurs {count} time{'s' * (count > 1)}, but never with {choice.window} tokens before it. "
            "Use a smaller window or a longer text."
        )
    if other_forms and not choice.other_forms:
        forms = ", ".join(f"“{form}” ({number})" for form, number in other_forms)
        return f"“{word}” does not occur behind a space, but in other forms: {forms}. Count other forms too."
    return f"“{word}” does not occur in this text. Look at its spelling, or choose one of the suggested words."
