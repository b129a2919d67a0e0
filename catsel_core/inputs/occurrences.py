"""Words in a whole text: where they occur, and which occurrences are looked at.

A target is looked for as tokens. The model reads left to right, so at the word's last token it has
seen the same whatever follows; a word that runs on (“lawn” in “lawnmower”) is found and counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from catsel_core.arrays import Indices, freeze
from catsel_core.errors import InputError
from catsel_core.inputs.corpus import Corpus
from catsel_core.inputs.targets import Form, check_forms_apart, checked_targets, forms_of
from catsel_core.inputs.tokenizer import TextTokenizer

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

    @property
    def places_in_use(self) -> list[tuple[int, int]]:
        """(window,) token positions of the first and the last piece."""
        return list(zip(self.firsts[self.used].tolist(), self.lasts[self.used].tolist(), strict=True))


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
    words = checked_targets(targets)
    if choice.other_forms:
        check_forms_apart(words)
    found = [_find(corpus, word, choice, tokenizer) for word in words]
    counts = _overlapping(found, choice.window)
    return tuple(replace(one, n_overlapping=count) for one, count in zip(found, counts, strict=True))


def _find(corpus: Corpus, word: str, choice: WindowChoice, tokenizer: TextTokenizer) -> Occurrences:
    """Occurrences of one word; how many windows overlap is not known yet."""
    main, *others = forms_of(word, tokenizer)
    starts = {form: _starts(corpus, form) for form in (main, *others)}
    other_forms = tuple((form.text, len(starts[form])) for form in others if len(starts[form]))
    firsts, lasts = _in_text_order(starts if choice.other_forms else {main: starts[main]})
    usable = np.flatnonzero(firsts >= choice.window)
    if not len(usable):
        raise InputError(_no_window(word, len(firsts), choice, other_forms))
    used = _sampled(usable, choice.most, choice.seed)
    freeze(firsts, lasts, used)
    n_continued = sum(corpus.ends_inside_a_word(last) for last in lasts.tolist())
    return Occurrences(word, main.pieces, firsts, lasts, used, len(firsts) - len(usable), 0, n_continued, other_forms)


def _in_text_order(starts: Mapping[Form, Indices]) -> tuple[Indices, Indices]:
    """(occurrence,) first and last token positions of all forms together."""
    firsts = np.concatenate(list(starts.values()))
    lasts = np.concatenate([places + len(form.ids) - 1 for form, places in starts.items()])
    order = np.argsort(firsts, kind="stable")
    return firsts[order], lasts[order]


def _starts(corpus: Corpus, form: Form) -> Indices:
    """(occurrence,) tokens at which the form begins; without a space of its own it must not begin inside a word."""
    ids = corpus.tokens.ids
    count = max(0, len(ids) - len(form.ids) + 1)
    match = np.ones(count, bool)
    for offset, token in enumerate(form.ids):
        match &= ids[offset : offset + count] == token
    places = np.flatnonzero(match)
    whole = [at for at in places.tolist() if not corpus.begins_inside_a_word(at)]
    return np.array(whole, np.int64)


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


def _no_window(word: str, count: int, choice: WindowChoice, other_forms: Sequence[tuple[str, int]]) -> str:
    """Why none of the ``count`` occurrences can be used."""
    if count:
        times = "1 time" if count == 1 else f"{count} times"
        return (
            f"“{word}” occurs {times}, but never with {choice.window} tokens before it. "
            "Use a smaller window or a longer text."
        )
    if other_forms and not choice.other_forms:
        forms = ", ".join(f"“{form}” ({number})" for form, number in other_forms)
        return f"“{word}” does not occur behind a space, but in other forms: {forms}. Count other forms too."
    return f"“{word}” does not occur in this text. Look at its spelling, or choose one of the suggested words."
