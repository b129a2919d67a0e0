"""Words of a text that make good targets: one token, often enough but not too often, and not everywhere."""

import functools
import re
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from catsel_core.inputs.corpus import Corpus
from catsel_core.inputs.tokenizer import TextTokenizer
from catsel_core.inputs.word_lists import in_word

SUITABLE = (15, 80)
"""Fewest and most occurrences of a suggested word: enough pairs, and all of them can be looked at."""

_WORD = re.compile(r" [^\W\d_]{4,}")
_WHOLE = 0.9  # of the occurrences of a token must be a word's end: “ gar” of “garage” is no word


def suggested_targets(corpus: Corpus, tokenizer: TextTokenizer, count: int = 12) -> tuple[str, ...]:
    """Up to ``count`` words, those first whose occurrences come in the densest clumps.

    A word with a topic of its own comes in clumps, one that is only grammar is spread evenly:
    the standard deviation of the gaps between occurrences over their mean tells them apart
    (Ortuño et al. 2002, Europhysics Letters 57:759).
    """
    ids, totals = np.unique(corpus.tokens.ids, return_counts=True)
    low, high = SUITABLE
    chosen = ids[(totals >= low) & (totals <= high)]
    places = _places(corpus, chosen)
    scored: list[tuple[float, str]] = []
    for token in chosen.tolist():
        word = tokenizer.piece(token)
        if not _WORD.fullmatch(word) or word.strip().lower() in _function_words() or not word.strip().islower():
            continue
        if _ends_words(corpus, places[token]) >= _WHOLE:
            gaps = np.diff(places[token], prepend=-1, append=corpus.n_tokens)  # both ends count: one clump is one
            scored.append((float(gaps.std() / gaps.mean()), word.strip()))
    return tuple(word for _, word in sorted(scored, reverse=True)[:count])


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
