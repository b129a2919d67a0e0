"""Where a word stands in a text: as tokens, or where the writing has no spaces between words, as characters.

The model reads left to right, so at a word's last token it has seen the same whatever follows: a word is looked for as
the tokens that it has in running text. Without spaces the tokens of a word depend on its neighbours. There it is found
wherever its characters stand, with all tokens that touch them, some of which may hold more than the word.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import Indices
from catsel_core.inputs.corpus import Corpus
from catsel_core.inputs.targets import Form, forms_of
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.inputs.writing import goes_on, is_unspaced


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Every place of one word, in the order of the text.

    pieces: its tokens, as text; where they depend on the place, those that it has most often.
    firsts, lasts: (place,) token positions of the first and the last piece.
    continued: (place,) whether the word goes on after it.
    wider: (place,) whether the tokens hold more than the word.
    other_forms: (form, number) of spellings that are other tokens: capitalised, or at the start of a line.
    """

    pieces: tuple[str, ...]
    firsts: Indices
    lasts: Indices
    continued: NDArray[np.bool_]
    wider: NDArray[np.bool_]
    other_forms: tuple[tuple[str, int], ...] = ()


def places_of(corpus: Corpus, word: str, other_forms: bool, tokenizer: TextTokenizer) -> Places:
    """Every place of ``word``; those of its other forms too if ``other_forms``.

    Raises:
        InputError: if the vocabulary cannot spell the word.
    """
    if is_unspaced(word):
        return _of_characters(corpus, word, tokenizer)
    main, *others = forms_of(word, tokenizer)
    starts = {form: _starts(corpus, form) for form in (main, *others)}
    counts = tuple((form.text, len(starts[form])) for form in others if len(starts[form]))
    firsts, lasts = _in_text_order(starts if other_forms else {main: starts[main]})
    continued = np.array([corpus.ends_inside_a_word(last) for last in lasts.tolist()], bool)
    return Places(main.pieces, firsts, lasts, continued, np.zeros(len(firsts), bool), counts)


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


def _of_characters(corpus: Corpus, word: str, tokenizer: TextTokenizer) -> Places:
    """The tokens that touch the word's characters, wherever these stand; a place that the model cannot read is none."""
    spelled, content = forms_of(word, tokenizer)[0].ids, corpus.text.content
    found = [
        (start, first, last, ids)
        for start, first, last in _touching(corpus, word)
        if not tokenizer.special & set(ids := tuple(corpus.tokens.ids[first : last + 1].tolist()))
    ]
    usual = Counter(ids for *_, ids in found).most_common(1)
    ends = [start + len(word) for start, *_ in found]
    return Places(
        tuple(map(tokenizer.piece, usual[0][0] if usual else spelled)),
        np.array([first for _, first, _, _ in found], np.int64),
        np.array([last for _, _, last, _ in found], np.int64),
        np.array([goes_on(word[-1], content[end : end + 1]) for end in ends], bool),
        np.array([corpus.between(first, last + 1).strip() != word for _, first, last, _ in found], bool),
    )


def _touching(corpus: Corpus, word: str) -> list[tuple[int, int, int]]:
    """(first character, first token, last token) of each place of the word, with all tokens that touch it."""
    starts = np.array([found.start() for found in re.finditer(re.escape(word), corpus.text.content)], np.int64)
    stops = np.maximum.accumulate(corpus.tokens.stops)  # they rise, but for what a tokenizer says of odd characters
    lefts = np.minimum.accumulate(corpus.tokens.starts[::-1])[::-1]
    firsts = np.searchsorted(stops, starts, "right").tolist()
    lasts = (np.searchsorted(lefts, starts + len(word), "left") - 1).tolist()
    return [place for place in zip(starts.tolist(), firsts, lasts, strict=True) if place[1] <= place[2]]
