"""Windows of tokens that end with a target: as items for a model, and as lines to read."""

from collections.abc import Sequence

from catsel_core.inputs.corpus import Corpus
from catsel_core.inputs.items import InputSet, Item, TokenPooling
from catsel_core.inputs.occurrences import Occurrences, WindowChoice
from catsel_core.inputs.tokenizer import TextTokenizer


def window_items(
    corpus: Corpus,
    occurrences: Sequence[Occurrences],
    choice: WindowChoice,
    pooling: TokenPooling,
    tokenizer: TextTokenizer,
) -> InputSet:
    """One item a window: the tokens before the target and the target, which comes last; word by word, in text order.

    The special tokens with which the model expects every prompt to begin stand before the window.
    """
    opening = tokenizer.opening
    items: list[Item] = []
    for found in occurrences:
        for first, last in found.places_in_use:
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
    return [
        (last, corpus.between(max(0, first - before), first), corpus.between(first, last + 1))
        for first, last in found.places_in_use
    ]
