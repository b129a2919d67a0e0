"""Words of a text that make good targets: often enough but not too often, and not everywhere.

They are one token, or in writing without spaces what looks like a word, or in other letters whole words.
"""

import functools
import re
from collections import defaultdict
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from catsel_core.inputs.corpus import Corpus
from catsel_core.inputs.occurrences import DEFAULT_WINDOW
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.inputs.unspaced_words import unspaced_words
from catsel_core.inputs.word_lists import in_word
from catsel_core.inputs.writing import is_mostly_unspaced, is_unspaced

SUITABLE = (15, 80)
"""Fewest and most occurrences of a suggested word: enough pairs, and all of them can be looked at."""

_FEWEST_IN_A_SHORT_TEXT = 3  # with a window of tokens before them

_WORD = re.compile(r" [^\W\d_]{4,}")
_OTHER_WORD = re.compile(r"(?<= )[^\W\d_A-Za-z](?:[^\W\d_A-Za-z]|[\u0300-\u036f\u0591-\u06ed\u0900-\u0dff]){2,}")
_WHOLE = 0.9  # of the occurrences of a token must be a word's end: “ gar” of “garage” is no word


def suggested_targets(corpus: Corpus, tokenizer: TextTokenizer, count: int = 12) -> tuple[str, ...]:
    """Up to ``count`` words, those first whose occurrences come in the densest clumps.

    A word with a topic of its own comes in clumps, one that is only grammar is spread evenly:
    the standard deviation of the gaps between occurrences over their mean tells them apart
    (Ortuño et al. 2002, Europhysics Letters 57:759). In a short text, rarer words do as well.
    """
    for fewest, after in ((SUITABLE[0], 0), (_FEWEST_IN_A_SHORT_TEXT, DEFAULT_WINDOW)):
        places = {**_words(corpus, fewest), **_sequences(corpus, fewest), **_tokens(corpus, tokenizer, fewest)}
        scored = [
            (_clumping(at, corpus.n_tokens), word)
            for word, at in places.items()
            if word.lower() not in _function_words() and np.count_nonzero(at >= after) >= fewest
        ]
        if scored:
            return tuple(word for _, word in sorted(scored, reverse=True)[:count])
    return ()


def _clumping(places: NDArray[np.intp], n_tokens: int) -> float:
    gaps = np.diff(places, prepend=-1, append=n_tokens)  # both ends count: one clump is one
    return float(gaps.std() / gaps.mean())


def _tokens(corpus: Corpus, tokenizer: TextTokenizer, fewest: int) -> dict[str, NDArray[np.intp]]:
    """{word: token positions} of the words of one token."""
    ids, totals = np.unique(corpus.tokens.ids, return_counts=True)
    chosen = ids[(totals >= fewest) & (totals <= SUITABLE[1])]
    places = _places(corpus, chosen)
    words = {token: tokenizer.piece(token) for token in chosen.tolist()}
    return {
        word.strip(): places[token]
        for token, word in words.items()
        if _WORD.fullmatch(word) and word.strip().islower() and _ends_words(corpus, places[token]) >= _WHOLE
    }


def _sequences(corpus: Corpus, fewest: int) -> dict[str, NDArray[np.intp]]:
    """{word: token positions} of the words of a text that is written without spaces."""
    content = corpus.text.content
    if not is_mostly_unspaced(content):
        return {}
    stops = np.maximum.accumulate(corpus.tokens.stops)
    found = unspaced_words(content, fewest, SUITABLE[1])
    return {word: np.searchsorted(stops, starts, "right") for word, starts in found.items()}


def _words(corpus: Corpus, fewest: int) -> dict[str, NDArray[np.intp]]:
    """{word: token positions} of the words in letters other than Latin ones, of which a model may have no whole one."""
    if corpus.text.content.isascii():
        return {}
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for found in _OTHER_WORD.finditer(corpus.text.content):
        starts[found[0]].append(found.start())
    stops = np.maximum.accumulate(corpus.tokens.stops)
    return {
        word: np.searchsorted(stops, at, "right")
        for word, at in starts.items()
        if fewest <= len(at) <= SUITABLE[1] and word == word.lower() and not is_unspaced(word)
    }


def _places(corpus: Corpus, chosen: NDArray[np.int32]) -> dict[int, NDArray[np.intp]]:
    """Token positions of every chosen id."""
    order = np.argsort(corpus.tokens.ids, kind="stable")
    ordered = corpus.tokens.ids[order]
    lefts, rights = np.searchsorted(ordered, chosen, "left"), np.searchsorted(ordered, chosen, "right")
    return {int(i): order[left:right] for i, left, right in zip(chosen, lefts, rights, strict=True)}


def _ends_words(corpus: Corpus, positions: NDArray[np.intp]) -> float:
    content, stops = corpus.text.content, corpus.tokens.stops[positions].tolist()
    whole: int = sum(stop >= len(content) or not in_word(content[stop]) for stop in stops)
    return whole / len(stops)


@functools.cache
def _function_words() -> frozenset[str]:
    return frozenset((files("catsel_core.inputs") / "function_words.txt").read_text(encoding="utf-8").split())
