"""Contexts of ordinary text, to which the vectors of other items can be compared: the same for everybody."""

import numpy as np

from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.inputs.corpus import corpus_of
from catsel_core.inputs.items import InputSet, Item
from catsel_core.inputs.tokenizer import TextTokenizer

PASSAGES, LENGTH, EVERY = 32, 32, 4
"""Passages that lie evenly over the text, tokens in each, and which of these tokens end a context: every fourth."""

N_CONTEXTS = PASSAGES * (LENGTH // EVERY)

NAME = "reference"


def reference_contexts(tokenizer: TextTokenizer) -> InputSet:
    """256 contexts of 4 to 32 tokens from the built-in text, whose last tokens are the targets.

    Raises:
        InputError: if this Python came without the text.
    """
    corpus = corpus_of(builtin_text(), tokenizer)
    starts = np.linspace(0, corpus.n_tokens - LENGTH, PASSAGES).astype(int).tolist()
    opening, items = tokenizer.opening, []
    for start in starts:
        ids = tuple(corpus.tokens.ids[start : start + LENGTH].tolist())
        for stop in range(EVERY, LENGTH + 1, EVERY):
            tokens, text = (*opening, *ids[:stop]), corpus.between(start, start + stop)
            target = len(tokens) - 1, len(tokens)
            items.append(Item(f"{start + stop}", NAME, text, tokens, target, (tokenizer.piece(tokens[-1]),)))
    return InputSet(tuple(items), (), "last")
