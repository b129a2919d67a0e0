"""Words in a whole text: which of the places where they stand are looked at.

A word that runs on (“lawn” in “lawnmower”) is found and counted, and left out if somebody wants whole words only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from catsel_core.arrays import Indices, freeze
from catsel_core.errors import InputError
from catsel_core.inputs.corpus import Corpus
from catsel_core.inputs.places import Places, places_of
from catsel_core.inputs.quotations import quoted
from catsel_core.inputs.targets import check_forms_apart, checked_targets
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.language import tr, tr_count

WINDOWS = (5, 200)
"""Smallest and largest number of tokens before a target."""

DEFAULT_WINDOW = 50
DEFAULT_MOST = 80
"""Occurrences of one word that are looked at, if it has more."""


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where one word stands, in the order of the text. Arrays are read-only.

    word: as asked for, without the space before it.
    pieces: its tokens, as text.
    firsts, lasts: (occurrence,) token positions of the first and the last piece, of all that were found.
    used: (window,) indices of the occurrences that are looked at.
    n_early: occurrences with too few tokens before them for a window, of those that are not left out; never used.
    n_overlapping: windows in use that share tokens with another one, of whatever word.
    n_continued: occurrences after which the word goes on.
    n_wider: occurrences whose tokens hold more than the word, in writing without spaces between words.
    n_left_out: occurrences of both kinds that are not looked at, since whole words only were asked for.
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
    n_wider: int = 0
    n_left_out: int = 0

    @property
    def places_in_use(self) -> list[tuple[int, int]]:
        """(window,) token positions of the first and the last piece."""
        return list(zip(self.firsts[self.used].tolist(), self.lasts[self.used].tolist(), strict=True))

    @property
    def is_sampled(self) -> bool:
        """Whether there are more occurrences that could be used."""
        return len(self.used) + self.n_early + self.n_left_out < len(self.firsts)


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """How windows are cut and which are used.

    window: tokens before the target.
    most: windows per word, drawn by ``seed`` if there are more; None for all.
    other_forms: also take capitalised forms and those at the start of a line.
    whole_words: leave out occurrences after which the word goes on, or whose tokens hold more than the word.
    """

    window: int = DEFAULT_WINDOW
    most: int | None = DEFAULT_MOST
    other_forms: bool = False
    seed: int = 25
    whole_words: bool = False


def checked_choice(choice: WindowChoice) -> WindowChoice:
    """``choice`` itself, if its numbers can be used.

    Raises:
        InputError: otherwise.
    """
    low, high = WINDOWS
    if not low <= choice.window <= high:
        raise InputError(
            tr(
                "window must be between {low} and {high} tokens; got {window}.",
                low=low,
                high=high,
                window=choice.window,
            )
        )
    if choice.most is not None and choice.most < 2:
        raise InputError(tr("At least 2 occurrences of a word are needed to compare; got {most}.", most=choice.most))
    if choice.seed < 0:
        raise InputError(tr("The seed must be 0 or more; got {seed}.", seed=choice.seed))
    return choice


def find_targets(
    corpus: Corpus, targets: Sequence[str], choice: WindowChoice, tokenizer: TextTokenizer
) -> tuple[Occurrences, ...]:
    """Every occurrence of every target, and which of them are used.

    Raises:
        InputError: targets or numbers that cannot be used, or a target without any window.
    """
    checked_choice(choice)
    words = checked_targets(targets)
    if choice.other_forms:
        check_forms_apart(words)
    found = [_find(corpus, word, choice, tokenizer) for word in words]
    counts = _overlapping(found, choice.window)
    return tuple(replace(one, n_overlapping=count) for one, count in zip(found, counts, strict=True))


def _find(corpus: Corpus, word: str, choice: WindowChoice, tokenizer: TextTokenizer) -> Occurrences:
    """Occurrences of one word; how many windows overlap is not known yet."""
    places = places_of(corpus, word, choice.other_forms, tokenizer)
    left_out = (places.continued | places.wider) & choice.whole_words
    early = (places.firsts < choice.window) & ~left_out
    usable = np.flatnonzero(~early & ~left_out)
    if not len(usable):
        raise InputError(_no_window(word, places, int(left_out.sum()), choice))
    used = _sampled(usable, choice.most, choice.seed)
    freeze(places.firsts, places.lasts, used)
    return Occurrences(
        word,
        places.pieces,
        places.firsts,
        places.lasts,
        used,
        n_early=int(early.sum()),
        n_overlapping=0,
        n_continued=int(places.continued.sum()),
        other_forms=places.other_forms,
        n_wider=int(places.wider.sum()),
        n_left_out=int(left_out.sum()),
    )


def _sampled(usable: Indices, most: int | None, seed: int) -> Indices:
    """At most ``most`` of them, in order; a larger sample contains every smaller one of the same seed."""
    if most is None or len(usable) <= most:
        return usable
    return np.sort(np.random.default_rng(seed).permutation(usable)[:most])


def _overlapping(found: Sequence[Occurrences], window: int) -> list[int]:
    """Per word, how many of its windows share a token with any other window."""
    starts = np.concatenate([one.firsts[one.used] - window for one in found])  # (window,) of all words
    stops = np.concatenate([one.lasts[one.used] + 1 for one in found])
    owner = np.repeat(np.arange(len(found)), [len(one.used) for one in found])
    order = np.argsort(starts, kind="stable")
    starts, stops, owner = starts[order], stops[order], owner[order]
    shared = np.zeros(len(starts), bool)
    shared[1:] |= starts[1:] < np.maximum.accumulate(stops)[:-1]
    shared[:-1] |= starts[1:] < stops[:-1]
    return [int(n) for n in np.bincount(owner[shared], minlength=len(found))]


def _no_window(word: str, places: Places, n_left_out: int, choice: WindowChoice) -> str:
    """Why none of the places can be used."""
    count = len(places.firsts)
    if count and n_left_out == count:
        return tr_count(
            "“{word}” occurs {count} time, but only as part of something longer, which “whole words only” leaves out. "
            "Take such places too, or choose another word.",
            "“{word}” occurs {count} times, but only as part of something longer, which “whole words only” leaves out. "
            "Take such places too, or choose another word.",
            count,
            word=word,
        )
    if count:
        return _too_early(word, count - n_left_out, n_left_out > 0, choice.window)
    if places.other_forms and not choice.other_forms:
        forms = ", ".join(f"{quoted(form)} ({number})" for form, number in places.other_forms)
        return tr(
            "“{word}” does not occur behind a space, but in other forms: {forms}. Count other forms too.",
            word=word,
            forms=forms,
        )
    return tr(
        "“{word}” does not occur in this text. Look at its spelling, or choose one of the suggested words.", word=word
    )


def _too_early(word: str, count: int, as_whole_word: bool, window: int) -> str:
    if as_whole_word:
        return tr_count(
            "“{word}” occurs {count} time as a whole word, but never with {window} tokens before it. Use a smaller "
            "window or a longer text.",
            "“{word}” occurs {count} times as a whole word, but never with {window} tokens before it. Use a smaller "
            "window or a longer text.",
            count,
            word=word,
            window=window,
        )
    return tr_count(
        "“{word}” occurs {count} time, but never with {window} tokens before it. Use a smaller window or a longer "
        "text.",
        "“{word}” occurs {count} times, but never with {window} tokens before it. Use a smaller window or a longer "
        "text.",
        count,
        word=word,
        window=window,
    )
